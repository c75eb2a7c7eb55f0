"""A first report by a channel nobody declared counts and is looked at; a call nobody answered is no report (5.1(8), A54)."""

from typing import Any

import pytest

from audit.verify import verify
from incidents.actions.merging import merge_incidents, split_incident
from plan.refusal import PlanRefusal
from reporting.actions.channels import (
    declare_channel,
    end_channel,
    record_attempt,
    retract_attempt,
    review_channel,
)
from reporting.actions.deliveries import correct_delivery, retract_delivery
from reporting.channels import open_reviews, recipient_rows
from reporting.models import CallAttempt, ChannelReview
from reporting.selectors import legs
from reporting.verdicts import VerdictState
from response.chronicle import chronicle_of
from tests.support.checksums import table_checksums
from tests.support.clocks import COUNTY, DUTY_ROOM, OFFICE, WRITTEN, after, deliver, leg, major
from tests.support.events import declared
from tests.support.people import actor, organisation
from tests.support.reports import incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(101)]
SYSTEM = "紧急信息报送系统"
DESK = "330212-regulator"


def questioned(minute: float, channel: str = SYSTEM, how: str = "phone", **more: Any) -> bool:
    return deliver(major(), after(minute), how, channel=channel, **more).review is not None


def test_a_declared_channel_and_the_telephone_are_asked_nothing() -> None:
    declared(SYSTEM, at=after(-100))
    assert not questioned(5)
    assert not questioned(5, "")
    assert not questioned(5, "值班电话")


def test_another_recipients_channel_or_one_not_valid_then_is_looked_at() -> None:
    declared(SYSTEM, at=after(-100), from_at=after(10), until_at=after(20))
    assert [questioned(minute) for minute in (9, 10, 19, 20)] == [True, False, False, True]
    assert questioned(15, to=OFFICE)


def test_the_written_report_may_come_as_it_comes() -> None:
    assert not questioned(5, "公文交换", WRITTEN)


def test_one_that_was_ended_is_declared_no_more_and_what_came_before_stays() -> None:
    channel = declared(SYSTEM, at=after(-100))
    before = deliver(major(), after(5), channel=SYSTEM)
    end_channel(channel=channel, by=actor(DUTY_ROOM), at=after(6))
    assert before.review is None
    assert questioned(6)


def test_what_came_by_an_undeclared_channel_counts_and_is_reviewed_with_a_note() -> None:
    found = major()
    came = deliver(found, after(10), channel="工作群")
    assert leg(found, at=after(11)).verdict.state == VerdictState.MET_IN_TARGET
    review = came.review
    assert review is not None
    rows = {row.organisation.code: row for row in recipient_rows(actor(DUTY_ROOM), after(11))}
    assert [list(rows[code].reviews) for code in (DUTY_ROOM, OFFICE)] == [[review], []]
    assert not any(row.reviews for row in recipient_rows(actor(DESK), after(11)))
    done = review_channel(review=review, note="已回拨核实", by=actor(OFFICE), at=after(20))
    assert (done.office, done.note) == (OFFICE, "已回拨核实")
    assert not open_reviews().exists()
    shown = leg(found, at=after(21)).received
    assert shown is not None
    assert shown.review == done


def test_a_corrected_or_retracted_delivery_asks_no_more_than_the_one_that_stands() -> None:
    found = major()
    came = deliver(found, after(10), channel="工作群")
    fixed = correct_delivery(delivery=came, channel="值班电话", reason="误填", by=actor(DESK), at=after(12))
    assert not open_reviews().exists()
    again = correct_delivery(delivery=fixed, channel="短信", reason="再核", by=actor(DESK), at=after(13))
    assert [review.delivery for review in open_reviews()] == [again]
    retract_delivery(delivery=again, reason="未送达", by=actor(DESK), at=after(14))
    assert not open_reviews().exists()


def attempt(found: Any, minute: float, **more: Any) -> CallAttempt:
    given = {"bearer": organisation(COUNTY), "recipient": organisation(DUTY_ROOM), "by": actor(DESK), **more}
    return record_attempt(incident=found, attempted_at=after(minute), **{"at": after(minute), **given})


def test_a_call_nobody_answered_is_shown_under_the_leg_and_closes_nothing() -> None:
    found = major()
    assert attempt(found, 20, channel="值班电话", note="占线") == attempt(
        found, 20, channel="值班电话", note="占线"
    )
    view = leg(found, at=after(61))
    assert view.verdict.state == VerdictState.MISSED
    assert [each.note for each in view.attempts] == ["占线"]
    assert leg(found, WRITTEN, at=after(61)).attempts == ()
    assert leg(found, to=OFFICE, at=after(61)).attempts == ()


def test_a_call_that_never_was_is_taken_back_and_told_in_the_chronicle() -> None:
    found = major()
    wrong = attempt(found, 20, note="误记")
    row = retract_attempt(attempt=wrong, reason="并未拨打", by=actor(DUTY_ROOM), at=after(25))
    (shown,) = leg(found, at=after(30)).attempts
    assert shown.taken_back == row
    (line,) = chronicle_of(found, limit=1)
    assert line.what == "撤回未接通的电话"
    assert line.detail == "鄞州区政府→市委市政府值班室 电话/紧急渠道报告"
    assert verify().breaks == []
    assert attempt(found, 20, note="误记") != wrong


def test_what_was_taken_back_goes_to_neither_side_of_a_split_and_before_it_on_both() -> None:
    first, second = incident(60), incident(60, place_text="姚江食堂")
    city = actor(OFFICE)
    merge_incidents(whole=first, part=second, reason="同源", by=city, at=after(10))
    gone, kept = attempt(first, 20), attempt(first, 21)
    retract_attempt(attempt=gone, reason="误记", by=actor(DESK), at=after(22))
    split_incident(part=second, reason="不同源", by=city, at=after(40))
    assert [each.attempted_at for each in leg(second, at=after(41)).attempts] == [after(21)]
    retract_attempt(attempt=kept, reason="误记", by=actor(DESK), at=after(50))
    assert leg(second, at=after(51)).attempts[0].taken_back is not None


def test_both_sides_of_a_split_keep_what_was_tried_and_one_again_shows_it_once() -> None:
    first, second = incident(60), incident(60, place_text="姚江食堂")
    city = actor(OFFICE)
    merge_incidents(whole=first, part=second, reason="同源", by=city, at=after(10))
    attempt(first, 20)
    came = deliver(first, after(30), channel="工作群")
    split_incident(part=second, reason="不同源", by=city, at=after(40))
    for side in (first, second):
        assert len(leg(side, at=after(50)).attempts) == 1
        received = leg(side, at=after(50)).received
        assert received is not None
        assert received.review == came.review
    merge_incidents(whole=first, part=second, reason="还是同源", by=city, at=after(60))
    views = [view for view in legs([first.pk], after(61)) if view.attempts]
    assert [len(view.attempts) for view in views] == [1]


def test_what_is_refused_changes_nothing() -> None:
    found = major()
    channel = declared(SYSTEM, at=after(-100))
    asked = deliver(found, after(10), channel="工作群").review
    room, desk, fso = (actor(code) for code in (DUTY_ROOM, DESK, OFFICE))
    gone = end_channel(channel=declared("传真", at=after(-90)), by=room, at=after(1))
    own = {"organisation": organisation(DUTY_ROOM), "name": "群"}
    health = {"organisation": organisation("city-health"), "name": "群", "by": fso}
    call, side = tried(found), actor("city-health")
    before = table_checksums()
    cases: list[tuple[Any, dict[str, Any], str, int]] = [
        (declare_channel, own | {"by": desk}, "not_the_recipient", 403),
        (declare_channel, health, "not_a_recipient", 422),
        (declare_channel, own | {"name": " "}, "channel_without_name", 422),
        (declare_channel, own | {"until_at": after(19)}, "channel_period_invalid", 422),
        (declare_channel, own | {"name": SYSTEM}, "channel_already_declared", 409),
        (end_channel, {"channel": channel, "by": desk}, "not_the_recipient", 403),
        (end_channel, {"channel": gone}, "channel_already_ended", 409),
        (review_channel, {"review": asked, "note": "好", "by": desk}, "not_the_recipient", 403),
        (review_channel, {"review": asked, "note": " "}, "review_without_note", 422),
        (record_attempt, call | {"attempted_at": after(21), "by": desk}, "attempted_in_future", 422),
        (record_attempt, call | {"by": side}, "not_a_side_of_the_report", 403),
    ]
    for act, said, code, status in cases:
        with pytest.raises(PlanRefusal) as refused:
            act(**{"by": room, "at": after(20), **said})
        assert (refused.value.code, refused.value.status) == (code, status)
    assert table_checksums() == before


def test_a_refused_taking_back_of_a_call_changes_nothing() -> None:
    found, desk, side = major(), actor(DESK), actor("city-health")
    wrong, back = attempt(found, 6), attempt(found, 7)
    retract_attempt(attempt=back, reason="误记", by=desk, at=after(8))
    before = table_checksums()
    for row, reason, by, code, status in (
        (wrong, " ", desk, "correction_without_reason", 422),
        (back, "误", desk, "attempt_already_retracted", 409),
        (wrong, "误", side, "not_a_side_of_the_report", 403),
    ):
        with pytest.raises(PlanRefusal) as refused:
            retract_attempt(attempt=row, reason=reason, by=by, at=after(9))
        assert (refused.value.code, refused.value.status) == (code, status)
    assert table_checksums() == before


def tried(found: Any) -> dict[str, Any]:
    sides = {"bearer": organisation(COUNTY), "recipient": organisation(DUTY_ROOM)}
    return {"incident": found, "attempted_at": after(5), **sides}


def test_a_review_is_given_once() -> None:
    came = deliver(major(), after(10), channel="工作群")
    review_channel(review=came.channel_review, note="已核实", by=actor(DUTY_ROOM), at=after(20))
    with pytest.raises(PlanRefusal) as refused:
        review_channel(review=came.channel_review, note="再核", by=actor(DUTY_ROOM), at=after(21))
    assert refused.value.code == "channel_already_reviewed"
    assert ChannelReview.objects.get().note == "已核实"
