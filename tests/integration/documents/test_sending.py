"""A report counts for the clock when it is received: through this system with the sending, else when it reached them."""

from typing import Any

import pytest

from reporting.actions.deliveries import correct_delivery, retract_delivery
from reporting.actions.dispatching import confirm_receipt, send_document
from reporting.actions.documents import draft_new_version, record_call
from reporting.actions.signing import sign_document
from reporting.document_page import document_page
from reporting.models import Delivery, SendChannel
from reporting.verdicts import VerdictState
from tests.support.clocks import COUNTY, DUTY_ROOM, OFFICE, PHONE, WRITTEN, after, leg, major
from tests.support.documents import DRAFTER, SIGNER, draft, sent, signed, texts
from tests.support.measures import refused
from tests.support.people import actor, organisation

FAX, SYSTEM = SendChannel.FAX, SendChannel.SYSTEM

pytestmark = pytest.mark.django_db


@pytest.mark.clause(102)
@pytest.mark.parametrize(
    ("minute", "state"),
    [
        (60.99, VerdictState.MET_IN_TARGET),
        (61, VerdictState.MET),
        (120.99, VerdictState.MET),
        (121, VerdictState.LATE),
    ],
)
def test_sent_through_this_system_it_is_received_with_the_sending_in_both_offices(
    minute: float, state: VerdictState
) -> None:
    case = major()
    sent(signed(case), at=after(minute))
    for office in (DUTY_ROOM, OFFICE):
        found = leg(case, WRITTEN, to=office, at=after(minute))
        assert (found.verdict.state, found.verdict.received_at) == (state, after(minute))


@pytest.mark.clause(102)
def test_sent_to_one_office_the_other_is_still_owed() -> None:
    case = major()
    sent(signed(case), DUTY_ROOM, at=after(30))
    assert leg(case, WRITTEN, to=DUTY_ROOM, at=after(31)).verdict.state == VerdictState.MET_IN_TARGET
    assert leg(case, WRITTEN, to=OFFICE, at=after(31)).verdict.is_owed


@pytest.mark.clause(102)
def test_a_fax_counts_from_when_it_reached_them_once_that_is_confirmed() -> None:
    case = major()
    (dispatch,) = sent(signed(case), DUTY_ROOM, at=after(50), channel=FAX)
    assert leg(case, WRITTEN, at=after(70)).verdict.is_owed
    receipt = confirm_receipt(
        dispatch=dispatch, received_at=after(60), receiver="值班员甲", by=actor(DUTY_ROOM), at=after(130)
    )
    found = leg(case, WRITTEN, at=after(130))
    assert (found.verdict.state, found.verdict.received_at) == (VerdictState.MET_IN_TARGET, after(60))
    assert receipt.delivery.is_back_entry


def test_confirming_what_came_through_this_system_makes_no_second_receipt() -> None:
    case = major()
    (dispatch,) = sent(signed(case), DUTY_ROOM, at=after(50))
    receipt = confirm_receipt(dispatch=dispatch, receiver="值班员甲", by=actor(DUTY_ROOM), at=after(55))
    again = confirm_receipt(dispatch=dispatch, receiver="值班员乙", by=actor(DUTY_ROOM), at=after(56))
    assert (receipt.delivery, again) == (dispatch.delivery, receipt)
    assert Delivery.objects.exclude(leg="onward").count() == 1


def test_sent_twice_the_same_way_it_is_one() -> None:
    report = signed(major())
    assert sent(report, at=after(50)) == sent(report, at=after(51))
    assert Delivery.objects.exclude(leg="onward").count() == 2


@pytest.mark.parametrize(
    ("received", "receiver", "code"),
    [
        (None, "值班员甲", "received_at_missing"),
        (49, "值班员甲", "received_before_sent"),
        (62, "值班员甲", "received_in_future"),
        (55, " ", "receiver_missing"),
    ],
)
def test_a_receipt_that_can_not_be_is_refused(received: float | None, receiver: str, code: str) -> None:
    (dispatch,) = sent(signed(major()), DUTY_ROOM, at=after(50), channel=FAX)
    moment = None if received is None else after(received)
    refusal = refused(
        lambda: confirm_receipt(
            dispatch=dispatch, received_at=moment, receiver=receiver, by=actor(DUTY_ROOM), at=after(61)
        ),
        DUTY_ROOM,
    )
    assert refusal.code == code


def test_a_report_goes_to_the_offices_the_plan_names_and_from_the_bearers_side_alone() -> None:
    report = signed(major())
    to_health = refused(lambda: sent(report, "city-health", at=after(20)), DRAFTER)
    assert to_health.code == "recipient_missing"
    nobody = refused(lambda: send_document(signed=report, recipients=[], by=actor(DRAFTER), at=after(20)))
    assert nobody.code == "recipient_missing"
    by_the_duty_room = refused(lambda: sent(report, at=after(20), by=DUTY_ROOM), DUTY_ROOM)
    assert (by_the_duty_room.code, by_the_duty_room.status) == ("not_the_bearer", 403)


def test_a_version_that_was_replaced_is_not_sent() -> None:
    case = major()
    old = signed(case)
    made = draft_new_version(
        signed=old,
        by=actor(DRAFTER),
        at=after(20),
    )
    sign_document(document=made, by=actor(SIGNER), at=after(21))
    assert refused(lambda: sent(old, at=after(22)), DRAFTER).code == "version_replaced"


@pytest.mark.clause(101)
@pytest.mark.parametrize(
    ("minute", "state"),
    [
        (30.99, VerdictState.MET_IN_TARGET),
        (31, VerdictState.MET),
        (60.99, VerdictState.MET),
        (61, VerdictState.LATE),
    ],
)
def test_a_recorded_call_closes_the_phone_leg_at_once_signed_or_not(
    minute: float, state: VerdictState
) -> None:
    case = major()
    call: dict[str, Any] = {
        "incident": case,
        "bearer": organisation(COUNTY),
        "recipient": organisation(DUTY_ROOM),
        "called_at": after(minute),
        "receiver": "值班员甲",
        "by": actor(DRAFTER),
        "at": after(minute + 1),
    }
    record = record_call(**call)
    assert leg(case, PHONE, at=after(minute + 1)).verdict.state == state
    assert record_call(**call) == record
    assert "接报人：值班员甲。" in record.text["received"]
    report = sign_document(document=record, by=actor(DRAFTER), at=after(minute + 2))
    assert report.alone_reason == ""
    assert refused(lambda: sent(report, at=after(minute + 3)), DRAFTER).code == "call_is_not_sent"


@pytest.mark.clause(103)
def test_why_it_is_late_is_asked_for_from_the_first_minute_past_the_limit() -> None:
    case = major()
    made = draft(case)
    asked = [
        "lateness"
        in {field.code for field in document_page(actor(DRAFTER), case.number, made.pk, moment).fields}
        for moment in (after(120.99), after(121))
    ]
    assert asked == [False, True]


@pytest.mark.clause(103)
def test_a_report_past_its_limit_may_say_why_and_is_not_held_up_without() -> None:
    silent = signed(major(), at=after(122))
    assert sent(silent, at=after(123))
    said = signed(major(place_text="东港饭店"), at=after(122), lateness="现场通信中断。")
    assert texts(said.content)["lateness"] == "现场通信中断。"


def test_the_record_of_a_call_that_was_taken_back_is_not_signed() -> None:
    case = major()
    call = record_call(
        incident=case,
        bearer=organisation(COUNTY),
        recipient=organisation(DUTY_ROOM),
        called_at=after(20),
        receiver="陈值班",
        by=actor(DRAFTER),
        at=after(21),
    )
    assert call.delivery is not None
    later = correct_delivery(
        delivery=call.delivery, received_at=after(19), reason="看错", by=actor(DRAFTER), at=after(22)
    )
    assert document_page(actor(DRAFTER), case.number, call.pk, after(22)).row.called_otherwise_at == after(19)
    retract_delivery(delivery=later, reason="并未接通", by=actor(DRAFTER), at=after(23))
    page = document_page(actor(DRAFTER), case.number, call.pk, after(23))
    assert page.row.is_call_taken_back
    assert page.row.called_otherwise_at is None
    refusal = refused(lambda: sign_document(document=call, by=actor(DRAFTER), at=after(24)), DRAFTER)
    assert (refusal.code, refusal.status) == ("call_taken_back", 409)
    assert page.refusals["sign"] is not None
