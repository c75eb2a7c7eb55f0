"""An oral explanation excuses a written leg only in time, with a reason, to both recipients (5.1(8), A23)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from audit.models import AuditEvent
from incidents.actions.merging import merge_incidents, split_incident
from incidents.models import Incident
from outbox.models import Message
from plan.refusal import PlanRefusal
from reporting.actions.clocks import fire_due
from reporting.actions.deliveries import retract_delivery
from reporting.actions.excuses import lodge_oral_explanation
from reporting.models import OralExplanation
from reporting.selectors import legs
from reporting.verdicts import VerdictState
from tests.support.checksums import table_checksums
from tests.support.clocks import COUNTY, DUTY_ROOM, OFFICE, WRITTEN, after, deliver, fired, leg, major
from tests.support.people import actor, organisation
from tests.support.reports import incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(103)]
BOTH = (DUTY_ROOM, OFFICE)


def explain(
    found: Incident, minute: float, to: Sequence[str] = BOTH, *, at: datetime | None = None, **more: Any
) -> list[OralExplanation]:
    """The county government explains at a minute, entered at once unless `at` says otherwise."""
    given = {"reason": "现场无网络", "receiver": "值班员甲", "by": actor("330212-regulator"), **more}
    return lodge_oral_explanation(
        incident=found,
        bearer=organisation(COUNTY),
        recipients=[organisation(code) for code in to],
        lodged_at=after(minute),
        at=at or after(minute),
        **given,
    )


def states(found: Incident, minute: float, how: str = WRITTEN) -> list[str]:
    return [leg(found, how, to=to, at=after(minute)).verdict.state for to in BOTH]


def passed(found: Incident) -> list[tuple[str, str]]:
    return [(how, to) for _due, stage, how, to in fired(found) if stage == "limit_passed" and how == WRITTEN]


@pytest.mark.parametrize("minute", [1, 90, 120, 120 + 59 / 60])
def test_in_time_to_both_it_excuses_and_the_report_stays_owed(minute: float) -> None:
    found = major()
    explain(found, minute, promised_at=after(200))
    assert states(found, minute) == states(found, 300) == [VerdictState.EXCUSED] * 2
    view = leg(found, WRITTEN, at=after(300))
    assert view.verdict.is_owed
    assert (view.verdict.late_min, view.obligation.limit_at) == (180, after(120))
    assert view.excuse is not None
    assert view.excuse.promised_at == after(200)
    fire_due(source="test", at=after(300))
    assert passed(found) == []
    deliver(found, after(310), WRITTEN)
    assert states(found, 311) == [VerdictState.LATE_EXCUSED, VerdictState.EXCUSED]


def test_a_minute_late_it_is_kept_and_changes_nothing() -> None:
    found = major()
    fire_due(source="test", at=after(121))
    before = fired(found)
    explain(found, 121)
    assert states(found, 130) == [VerdictState.MISSED] * 2
    assert leg(found, WRITTEN, at=after(130)).explained[0][1] is False
    assert (fired(found), OralExplanation.objects.count()) == (before, 2)
    deliver(found, after(140), WRITTEN)
    assert states(found, 141)[0] == VerdictState.LATE


def test_one_entered_late_excuses_if_it_was_given_in_time_and_what_fired_stays() -> None:
    found = major()
    fire_due(source="test", at=after(121))
    assert len(passed(found)) == 2
    (first, _second) = explain(found, 110, at=after(150))
    assert first.is_back_entry
    assert states(found, 151) == [VerdictState.EXCUSED] * 2
    assert len(passed(found)) == 2


def test_to_one_recipient_alone_it_excuses_neither_leg() -> None:
    found = major()
    explain(found, 100, [DUTY_ROOM])
    assert states(found, 110) == [VerdictState.RUNNING_PAST_TARGET] * 2
    fire_due(source="test", at=after(121))
    assert states(found, 121) == [VerdictState.MISSED] * 2
    assert passed(found) == [(WRITTEN, DUTY_ROOM), (WRITTEN, OFFICE)]


def test_who_has_the_report_itself_need_not_be_told_as_well() -> None:
    found = major()
    written = deliver(found, after(50), WRITTEN)
    explain(found, 100, [OFFICE])
    assert states(found, 130) == [VerdictState.MET_IN_TARGET, VerdictState.EXCUSED]
    retract_delivery(delivery=written, reason="未送达", by=actor("330212-regulator"), at=after(130))
    assert states(found, 131) == [VerdictState.MISSED] * 2
    fire_due(source="test", at=after(131))
    assert passed(found) == [(WRITTEN, DUTY_ROOM), (WRITTEN, OFFICE)]


def test_it_excuses_no_telephone_report_and_no_report_in_time_needs_it() -> None:
    found = major()
    explain(found, 30)
    assert states(found, 61, "phone") == [VerdictState.MISSED] * 2
    deliver(found, after(119), WRITTEN)
    assert states(found, 119)[0] == VerdictState.MET


def test_the_same_explanation_entered_twice_is_one_and_the_other_side_hears_of_it() -> None:
    found = major()
    assert explain(found, 30) == explain(found, 30)
    assert OralExplanation.objects.count() == 2
    told = Message.objects.filter(kind="explanation").values_list("recipient", flat=True)
    assert set(told) == {COUNTY, "330212-fso", DUTY_ROOM, OFFICE}
    rows = AuditEvent.objects.filter(action="reporting.lodge_oral_explanation")
    assert rows.count() == 2
    assert not any("现场无网络" in row.payload for row in rows)


def test_a_refused_explanation_changes_nothing() -> None:
    found = major()
    below = incident(5, place_text="另一家")
    neighbour, hospital_side = actor("330203-regulator"), actor("330212-health")
    desk = actor("330212-regulator")
    before = table_checksums()
    for case, changes, code, status in (
        (found, {"reason": "  "}, "explanation_without_reason", 422),
        (found, {"receiver": ""}, "receiver_missing", 422),
        (found, {"to": ()}, "explanation_without_recipient", 422),
        (found, {"minute": 91}, "explanation_in_future", 422),
        (found, {"promised_at": after(90)}, "promised_before_lodged", 422),
        (found, {"to": ("city-health",)}, "no_written_leg", 409),
        (found, {"by": neighbour}, "outside_jurisdiction", 403),
        (found, {"by": hospital_side}, "office_lacks_right", 403),
        (below, {}, "no_written_leg", 409),
    ):
        given: dict[str, Any] = {"minute": 90, "by": desk, **changes}
        with pytest.raises(PlanRefusal) as refused:
            explain(case, given.pop("minute"), given.pop("to", BOTH), at=after(90), **given)
        assert (refused.value.code, refused.value.status) == (code, status)
    assert table_checksums() == before


def test_the_duty_room_enters_only_what_it_was_told_itself() -> None:
    found = major()
    explain(found, 100, [DUTY_ROOM], by=actor(DUTY_ROOM))
    with pytest.raises(PlanRefusal) as refused:
        explain(found, 100, [OFFICE], by=actor(DUTY_ROOM))
    assert refused.value.code == "not_a_side_of_the_report"


def test_a_part_that_splits_off_keeps_what_excused_the_whole() -> None:
    first, second = incident(60), incident(60, place_text="姚江食堂")
    city = actor("city-fso")
    merge_incidents(whole=first, part=second, reason="同源", by=city, at=after(10))
    explain(first, 60)
    split_incident(part=second, reason="不同源", by=city, at=after(70))
    fire_due(source="test", at=after(130))
    assert states(second, 130) == states(first, 130) == [VerdictState.EXCUSED] * 2
    assert passed(second) == []
    merge_incidents(whole=first, part=second, reason="还是同源", by=city, at=after(140))
    (view,) = [
        each
        for each in legs([first.pk], after(141))
        if (each.obligation.leg, each.recipient.code) == (WRITTEN, OFFICE)
    ]
    assert len(view.explanations) == 1
