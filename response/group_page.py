"""What the page of the working groups shows: the six presets with their tasks, and the groups headquarters set up (3.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from accounts.actors import Actor
from accounts.rights import Right
from incidents.models import Incident
from plan.checklist import CHECKLIST
from plan.groups import GROUPS, Group, group_of
from plan.groups import WorkingGroup as Preset
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from response.measure_page import Task, latest_tasks, task_of
from response.measure_permissions import check_actor_reports_for
from response.models import Headquarters, WorkingGroup
from response.permissions import check_actor_may_on
from response.selectors.groups import due_of, groups_of, headquarters_of
from response.selectors.measures import ground_of


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group: when its report is due, whether it is late, why this office can't report for it, whether it may change it."""

    group: WorkingGroup
    due_at: datetime | None
    is_overdue: bool
    report_refusal: PlanRefusal | None
    may_change: bool

    @property
    def unfilled(self) -> Sequence[str]:
        """What the plan names by function alone in this group and headquarters has not filled (3.4.1)."""
        named = group_of(Group(self.group.group)).others_zh if self.group.group else ()
        filled = {member.in_place_of for member in self.group.members.all()}
        return [each for each in named if each not in filled]


@dataclass(frozen=True, slots=True)
class Board:
    """One of the plan's six groups: its tasks, and whether each headquarters has set it up."""

    preset: Preset
    tasks: Sequence[Task]


@dataclass(frozen=True, slots=True)
class CommandView:
    """One headquarters and why this office can't set groups up for it."""

    headquarters: Headquarters
    refusal: PlanRefusal | None


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """The page at one instant."""

    commands: Sequence[CommandView]
    groups: Sequence[GroupView]
    boards: Sequence[Board]


def groups_page(incident: Incident, actor: Actor, at: datetime) -> GroupsPage:
    """Return the groups and the six task boards, which are there without groups as well (A60)."""
    ground, entries = ground_of(incident), latest_tasks(incident)
    commands = [
        CommandView(each, refusal_of(partial(check_actor_may_on, actor, Right.COMMAND, each.response)))
        for each in headquarters_of(incident)
    ]
    changing = {view.headquarters.pk for view in commands if view.refusal is None}
    return GroupsPage(
        commands=commands,
        groups=[
            GroupView(
                group=due.group,
                due_at=due.due_at,
                is_overdue=due.is_overdue(at),
                report_refusal=refusal_of(partial(check_actor_reports_for, actor, ground, due.group)),
                may_change=due.group.headquarters_id in changing and due.group.stood_down_at is None,
            )
            for due in due_of(groups_of(incident))
        ],
        boards=[
            Board(
                preset,
                [
                    task_of(item, entries, actor, ground)
                    for item in CHECKLIST.values()
                    if preset.group in item.groups
                ],
            )
            for preset in GROUPS
        ],
    )
