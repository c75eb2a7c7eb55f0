"""Phone and written reports are recorded with the receiver's time and close their legs (5.1(8); A18, A46, A50, A54)."""

from datetime import datetime
from typing import Any

import pytest

from audit.models import AuditEvent
from incidents.models import CountyRole, Incident
from outbox.models import Message
from plan.refusal import PlanRefusal
from reporting.actions.clocks import fire_due
from reporting.actions.deliveries import correct_delivery, retract_delivery
from reporting.models import Delivery, LegCode, StageCode
from reporting.verdicts import VerdictState
from tests.support.checksums import table_checksums
from tests.support.clocks import (
    COUNTY,
    DUTY_ROOM,
    OFFICE,
    PHONE,
    WRITTEN,
    after,
    deliver,
    fired,
    leg,
    major,
)
from tests.support.evidence import broken_links
from tests.support.people import actor
from tests.support.reports import HAISHU, county, report

pytestmark = [pytest.mark.django_db, pytest.mark.clause(101, 102)]

REGULATOR = "330212-regulator"


def next_of(found: Incident, how: str = PHONE, to: str = DUTY_ROOM) -> tuple[str, datetime | None]:
    own = leg(found, how, to=to).obligation
    return own.next_stage, own.next_due_at


@pytest.mark.parametrize(
    "by", [COUNTY, "330212-fso", REGULATOR, DUTY_ROOM], ids=["government", "office", "regulator", "receiver"]
)
def test_either_side_of_a_report_may_record_it(by: str) -> None:
    found = major()
    made = deliver(found, after(10), by=by)
    assert made.office == by
    assert leg(found, at=after(11)).received == made
    assert leg(found, to=OFFICE, at=after(11)).verdict.state == VerdictState.RUNNING


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (OFFICE, "not_a_side_of_the_report"),
        ("330212-health", "office_lacks_right"),
        ("330203-regulator", "outside_jurisdiction"),
    ],
)
def test_anybody_else_is_refused_without_a_trace(by: str, code: str) -> None:
    found, _who = major(), actor(by)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        deliver(found, after(10), by=by)
    assert (refused.value.code, refused.value.status) == (code, 403)
    assert table_checksums() == before


def test_a_county_may_not_speak_for_another_one_of_the_same_incident() -> None:
    found = major(counties=((county(HAISHU), CountyRole.HARM),))
    with pytest.raises(PlanRefusal) as refused:
        deliver(found, after(10), bearer="330203-gov")
    assert refused.value.code == "not_a_side_of_the_report"
    assert deliver(found, after(10), bearer="330203-gov", by="330203-fso").bearer.code == "330203-gov"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"received_at": after(10), "at": after(9)}, "received_in_future"),
        ({"received_at": after(10), "receiver": "  "}, "receiver_missing"),
        ({"received_at": after(10), "how": LegCode.SYSTEM}, "leg_not_recordable"),
    ],
)
def test_what_cannot_be_is_refused_with_clause_and_reason_and_without_a_trace(
    more: dict[str, Any], code: str
) -> None:
    found, _who = major(), actor(REGULATOR)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        deliver(found, **more)
    assert (refused.value.code, refused.value.status, refused.value.clause) == (code, 422, "5.1(8)")
    assert table_checksums() == before


def test_a_report_attached_must_be_of_the_incident() -> None:
    found = major()
    other = report(5, place_text="另一家")
    with pytest.raises(PlanRefusal) as refused:
        deliver(found, after(10), report=other)
    assert refused.value.code == "report_of_another_incident"
    own = found.reports.get()
    assert deliver(found, after(10), report=own).report == own


@pytest.mark.parametrize(("entered", "marked"), [(5, False), (5.1, True)])
def test_an_entry_long_after_the_receipt_is_marked(entered: float, marked: bool) -> None:
    found = major()
    made = deliver(found, after(0), at=after(entered))
    assert made.is_back_entry is marked
    assert (made.received_at, made.entered_at) == (after(0), after(entered))


def test_the_same_delivery_entered_twice_is_one() -> None:
    found = major()
    first = deliver(found, after(10))
    assert deliver(found, after(10), at=after(11)) == first
    assert deliver(found, after(12)) != first
    assert Delivery.objects.filter(leg=PHONE).count() == 2


def test_a_delivery_stops_its_clock_and_no_other() -> None:
    found = major()
    deliver(found, after(10))
    assert next_of(found) == ("", None)
    assert next_of(found, to=OFFICE) == (StageCode.REMINDER, after(15))
    assert next_of(found, WRITTEN) == (StageCode.REMINDER, after(30))


def test_a_written_report_within_the_hour_stops_both_clocks() -> None:
    found = major()
    deliver(found, after(45), WRITTEN, receiver="", channel="政务邮箱")
    assert leg(found, PHONE, at=after(46)).verdict.state == VerdictState.MET
    assert leg(found, WRITTEN, at=after(46)).verdict.state == VerdictState.MET_IN_TARGET
    assert next_of(found) == ("", None)


def test_a_report_after_the_limit_is_late_and_ends_the_alerts() -> None:
    found = major()
    fire_due(source="test", at=after(61))
    deliver(found, after(75))
    view = leg(found, at=after(200))
    assert (view.verdict.state, view.verdict.late_min) == (VerdictState.LATE, 15)


def test_a_report_to_another_office_closes_nothing_and_is_shown() -> None:
    found = major()
    made = deliver(found, after(10), to="city-gov")
    view = leg(found, at=after(11))
    assert view.verdict.state == VerdictState.RUNNING
    assert view.elsewhere == (made,)
    assert next_of(found) == (StageCode.REMINDER, after(15))


def test_a_report_before_the_crossing_does_not_count() -> None:
    found = major(occurred_earliest=after(-10), occurred_latest=after(-10))
    deliver(found, after(-11), at=after(1))
    assert leg(found, at=after(2)).verdict.state == VerdictState.RUNNING
    deliver(found, after(-10), at=after(1))
    assert leg(found, at=after(2)).verdict.state == VerdictState.MET_IN_TARGET


def test_a_correction_is_a_new_row_and_moves_the_verdict() -> None:
    found = major()
    first = deliver(found, after(20))
    made = correct_delivery(
        delivery=first, received_at=after(40), reason="抄错时间", by=actor(DUTY_ROOM), at=after(50)
    )
    assert (made.corrects, made.receiver, made.office) == (first, first.receiver, DUTY_ROOM)
    view = leg(found, at=after(51))
    assert (view.verdict.state, view.deliveries) == (VerdictState.MET, (made,))


def test_a_retraction_starts_the_clock_again_where_it_stood() -> None:
    found = major()
    fire_due(source="test", at=after(15))
    made = deliver(found, after(20))
    retract_delivery(delivery=made, reason="拨错号码，对方非值班室", by=actor(DUTY_ROOM), at=after(40))
    assert leg(found, at=after(41)).verdict.state == VerdictState.RUNNING_PAST_TARGET
    assert next_of(found) == (StageCode.TARGET_MISSED, after(31))
    fire_due(source="test", at=after(41))
    of_phone = [row[1] for row in fired(found) if row[2:] == (PHONE, DUTY_ROOM)]
    assert of_phone == [StageCode.REMINDER, StageCode.TARGET_MISSED]


@pytest.mark.clause(90)
def test_corrections_without_reason_or_of_what_no_longer_stands_are_refused_without_a_trace() -> None:
    found = major()
    first = deliver(found, after(20))
    by = actor(REGULATOR)
    correct_delivery(delivery=first, receiver="值班员乙", reason="抄错", by=by, at=after(21))
    before = table_checksums()
    with pytest.raises(PlanRefusal) as twice:
        retract_delivery(delivery=first, reason="误登", by=by, at=after(22))
    with pytest.raises(PlanRefusal) as silent:
        retract_delivery(delivery=Delivery.objects.latest("pk"), reason=" ", by=by, at=after(22))
    assert (twice.value.status, silent.value.status) == (409, 422)
    assert table_checksums() == before


def test_the_other_side_is_told_and_the_chain_holds_no_name() -> None:
    found = major()
    deliver(found, after(10), by=DUTY_ROOM, receiver="王值班", content="初步情况")
    told = set(Message.objects.filter(kind="delivery").values_list("recipient", flat=True))
    assert told == {COUNTY, "330212-fso", REGULATOR}
    row = AuditEvent.objects.get(action="reporting.record_delivery")
    assert row.chain == found.chain
    assert "王值班" not in row.payload
    assert "初步情况" not in row.payload
    assert broken_links() == []


def test_nobody_outside_the_incidents_counties_learns_of_it() -> None:
    major()
    assert not Message.objects.filter(recipient__startswith=HAISHU).exists()
