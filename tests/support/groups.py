"""Working groups for tests, set up through the actions by a headquarters that was activated."""

from datetime import datetime
from typing import Any

from plan.groups import Group
from plan.levels import ResponseLevel
from response.actions.groups import add_member, set_up_group
from response.models import Headquarters, WorkingGroup
from tests.support.people import actor, organisation
from tests.support.reports import NOON
from tests.support.response import active


def headquarters(
    level: ResponseLevel = ResponseLevel.III, *, at: datetime = NOON, **more: Any
) -> Headquarters:
    """The headquarters of a running response."""
    return active(level, at=at, **more).headquarters


def group_of(
    command: Headquarters,
    group: Group | None = Group.INVESTIGATION,
    *,
    by: str = "city-commission",
    at: datetime = NOON,
    **more: Any,
) -> WorkingGroup:
    """A group set up by the headquarters."""
    return set_up_group(headquarters=command, group=group, **more, by=actor(by), at=at)


def set_up_for_doors(*, at: datetime) -> tuple[str, dict[str, int]]:
    """An incident with a group that has a member more: its number, and what the doors to groups lead to."""
    command = headquarters(at=at)
    group = group_of(command, at=at)
    member = add_member(
        group=group, organisation=organisation("city-agriculture"), by=actor("city-fso"), at=at
    )
    return command.response.incident.number, {
        "response:set_up_group": command.pk,
        "response:group_report": group.pk,
        "response:change_group": group.pk,
        "response:leave_group": member.pk,
    }
