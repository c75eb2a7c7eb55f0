"""One shift hands over to the next: under both names, the latest counts, and nothing of it is changed."""

import pytest
from django.test import Client

from audit.clock import database_now
from audit.models import AuditEvent
from outbox.models import Message
from response.actions.shifts import hand_over_shift, take_over_shift
from response.models import ShiftHandover
from tests.support.pages import opened
from tests.support.people import actor, holding, login
from tests.support.refusals import refused
from tests.support.response import colleague
from tests.support.shifts import handed_over

pytestmark = pytest.mark.django_db
OFFICE = "city-duty"


def test_a_watch_goes_from_one_person_to_another_with_what_was_open() -> None:
    case = opened(120)
    given, at = handed_over(OFFICE, note="等鄞州区回电"), database_now()
    assert given.on_record["incidents"] == [case.number]
    assert len(given.on_record["owed"]) == 6
    taken = take_over_shift(handover=given, by=actor(OFFICE), at=at)
    assert (taken.handover, taken.taken_by) == (given, actor(OFFICE).ref)
    said = AuditEvent.objects.filter(chain=f"org:{OFFICE}").order_by("seq").values_list("action", flat=True)
    assert [action for action in said if "shift" in action] == [
        "response.hand_over_shift",
        "response.take_over_shift",
    ]
    assert "等鄞州区回电" not in "".join(AuditEvent.objects.values_list("payload", flat=True))
    assert Message.objects.filter(recipient=OFFICE, kind="shift").count() == 1


def test_nobody_hands_over_to_themselves_or_to_another_office() -> None:
    by, at = actor(OFFICE), database_now()
    with refused("handover_to_oneself", 422, ""):
        hand_over_shift(to_person=holding(OFFICE).user, by=by, at=at)
    elsewhere = holding("city-gov").user
    with refused("not_of_this_office", 422, ""):
        hand_over_shift(to_person=elsewhere, by=by, at=at)


def test_only_who_was_named_takes_it_once_and_the_latest_handover_counts() -> None:
    first = handed_over(OFFICE)
    by, other, at = actor(OFFICE), colleague(OFFICE), database_now()
    with refused("handover_to_another", 403, ""):
        take_over_shift(handover=first, by=other, at=at)
    second = handed_over(OFFICE)
    with refused("handed_over_anew", 409, ""):
        take_over_shift(handover=first, by=by, at=at)
    take_over_shift(handover=second, by=by, at=at)
    with refused("already_taken", 409, ""):
        take_over_shift(handover=second, by=by, at=at)


def test_the_page_takes_both_signatures(client: Client) -> None:
    giver, taker = colleague(OFFICE), holding(OFFICE).user
    login(client, OFFICE)
    answer = client.post("/handover/", {"to_person": str(giver.ident), "note": "夜间平静"})
    assert answer.status_code == 302
    made = ShiftHandover.objects.get()
    assert (made.to_person_id, made.given_by) == (giver.ident, f"user:{taker.pk}")
    shown = client.get("/handover/").content.decode()
    assert "夜间平静" in shown
    assert "已核对，接班" not in shown
    assert client.post(f"/handover/{made.pk}/take/").status_code == 403
    mine = handed_over(OFFICE)
    assert "已核对，接班" in client.get("/handover/").content.decode()
    assert client.post(f"/handover/{mine.pk}/take/", {"note": "无异议"}).status_code == 302
    assert "无异议" in client.get("/handover/").content.decode()
    assert client.post("/handover/", {"to_person": str(taker.pk)}).status_code == 422
