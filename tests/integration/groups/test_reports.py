"""Groups report to the headquarters' office at the interval it sets; the late ones are chased (3.4)."""

import uuid
from datetime import datetime
from functools import partial

import pytest

from accounts.actors import CLOCK
from audit.models import AuditEvent
from outbox.models import Message
from plan.groups import Group
from response.actions.group_reports import chase_late_reports, report_of_group
from response.actions.groups import set_interval, stand_down_group
from response.models import GroupReport, WorkingGroup
from response.selectors.groups import due_of, overdue_groups
from tests.support.groups import group_of, headquarters
from tests.support.measures import REGULATOR, refused
from tests.support.people import actor
from tests.support.reports import NOON, minutes

pytestmark = [pytest.mark.django_db, pytest.mark.clause(58)]
LEAD, OFFICE = "city-regulator", "city-fso"


@pytest.fixture
def group() -> WorkingGroup:
    """A group that reports every hour from noon on."""
    made = group_of(headquarters())
    return set_interval(group=made, every_min=60, by=actor(OFFICE), at=NOON)


def reported(group: WorkingGroup, at: datetime, by: str = LEAD, content: str = "") -> GroupReport:
    return report_of_group(group=group, content=content, by=actor(by), at=at)


def late(at: datetime) -> list[WorkingGroup]:
    return [due.group for due in overdue_groups(at)]


def test_a_report_is_late_after_the_interval_and_an_empty_one_is_a_report(group: WorkingGroup) -> None:
    assert late(NOON + minutes(60)) == []
    assert late(NOON + minutes(60.01)) == [group]
    reported(group, NOON + minutes(61))
    assert late(NOON + minutes(121)) == []
    assert late(NOON + minutes(122)) == [group]
    stand_down_group(group=group, by=actor(OFFICE), at=NOON + minutes(122))
    assert late(NOON + minutes(500)) == []


def test_without_an_interval_nothing_is_due() -> None:
    made = group_of(headquarters())
    (due,) = due_of(WorkingGroup.objects.filter(pk=made.pk))
    assert due.due_at is None
    assert (
        refused(partial(set_interval, group=made, every_min=0, by=actor(OFFICE), at=NOON), OFFICE).status
        == 422
    )


def test_the_late_group_is_chased_once_for_each_report_that_is_due(group: WorkingGroup) -> None:
    def chase(after: float) -> int:
        return chase_late_reports(by=CLOCK, at=NOON + minutes(after))

    def told() -> list[str]:
        messages = Message.objects.filter(kind="group_report_late")
        return sorted(messages.values_list("recipient", flat=True))

    assert (chase(60), told()) == (0, [])
    assert (chase(61), chase(62)) == (1, 0)
    assert told() == [OFFICE, LEAD]
    reported(group, NOON + minutes(70))
    assert (chase(130), chase(131)) == (0, 1)
    assert told() == [OFFICE, OFFICE, LEAD, LEAD]
    assert AuditEvent.objects.filter(action="response.chase_report").count() == 2


def test_only_the_group_reports(group: WorkingGroup) -> None:
    for office in (REGULATOR, "city-health", OFFICE, "city-gov"):
        assert refused(partial(reported, group, NOON, office), office).status == 403
    assert reported(group, NOON, "city-police").organisation.code == "city-police"


def test_for_a_group_without_lead_the_office_speaks() -> None:
    experts = group_of(headquarters(), Group.EXPERTS)
    assert reported(experts, NOON, OFFICE).organisation.code == OFFICE


def test_sent_twice_it_is_one(group: WorkingGroup) -> None:
    token = uuid.uuid4()
    send = partial(report_of_group, group=group, content="已采样", form_token=token, by=actor(LEAD), at=NOON)
    assert send() == send()
    assert GroupReport.objects.count() == 1


def test_a_group_stood_down_reports_no_more(group: WorkingGroup) -> None:
    stand_down_group(group=group, by=actor(OFFICE), at=NOON)
    assert refused(partial(reported, group, NOON), LEAD).code == "group_stood_down"
