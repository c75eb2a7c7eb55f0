"""Alone at night: the roster is looked at, nothing waits for it, and a second hand is asked for (5.1(8); architecture: at 2 a.m.)."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import resolve

from accounts.actions.duty import plan_shift
from accounts.actors import CLOCK, SYSTEM
from audit.models import AuditEvent
from incidents.models import Incident
from outbox.models import Message
from reporting.actions.countersigning import chase_countersignatures, countersign_document
from reporting.actions.signing import sign_document
from reporting.models import SignedAlone, SignedDocument
from tests.support.clocks import COUNTY
from tests.support.documents import DRAFTER, SIGNER, draft, signed
from tests.support.measures import refused
from tests.support.pages import opened, url
from tests.support.people import actor, holding, login, organisation
from tests.support.reports import minutes

pytestmark = [pytest.mark.django_db, pytest.mark.clause(102)]
SIDE = {COUNTY, SIGNER, DRAFTER}
SECOND = timedelta(seconds=1)


def on_duty(case: Incident, office: str) -> datetime:
    """The person of an office has its duty from now on; when that ends."""
    theirs, ends_at = holding(office), case.opened_at + minutes(60)
    plan_shift(
        organisation=organisation(office),
        person=theirs.user,
        from_at=case.opened_at,
        until_at=ends_at,
        by=SYSTEM,
        at=theirs.from_at,
    )
    return ends_at


def alone(case: Incident, at: datetime, *, is_unreached: bool = False) -> SignedDocument:
    made = draft(case, at=case.opened_at)
    return sign_document(
        document=made, alone_reason="夜间一人", is_unreached=is_unreached, by=actor(DRAFTER), at=at
    )


def test_while_another_is_on_duty_who_wrote_it_signs_only_what_they_could_not_be_reached_for() -> None:
    case = opened()
    made, last = draft(case, at=case.opened_at), on_duty(case, SIGNER) - SECOND
    for reason in ("夜间一人", ""):
        refusal = refused(
            partial(sign_document, document=made, alone_reason=reason, by=actor(DRAFTER), at=last),
            DRAFTER,
        )
        assert (refusal.code, refusal.status, refusal.clause) == ("others_on_duty", 422, "5.1(8)")
    report = alone(case, last, is_unreached=True)
    assert report.alone_roster == SignedAlone.UNREACHED
    assert report.content["alone_roster"] == "值班的其他人员联系不上"


def test_once_their_shift_is_over_nobody_else_is_on_duty() -> None:
    case = opened()
    assert alone(case, on_duty(case, SIGNER)).alone_roster == SignedAlone.NOBODY_ELSE


@pytest.mark.parametrize("office", [DRAFTER, "330203-regulator", "330212-health"])
def test_neither_the_own_shift_nor_that_of_another_side_counts(office: str) -> None:
    case = opened()
    report = alone(case, on_duty(case, office) - SECOND, is_unreached=True)
    assert report.alone_roster == SignedAlone.NOBODY_ELSE


def test_the_countersignature_is_asked_for_at_once_and_once_more_when_it_is_overdue() -> None:
    case = opened()
    signed(opened(5, place_text="别处"), at=case.opened_at)
    report = alone(case, case.opened_at.replace(second=30))
    asked = Message.objects.filter(kind="countersign")
    assert {each.recipient for each in asked} == SIDE
    assert not asked.filter(is_alarm=True).exists()
    due = report.signed_at.replace(second=0) + timedelta(hours=24)
    moments = [due + timedelta(seconds=59), due + minutes(1), due + minutes(2)]
    assert [chase_countersignatures(by=CLOCK, at=at) for at in moments] == [0, 1, 0]
    late = Message.objects.filter(kind="countersign_late")
    assert {(each.recipient, each.is_alarm) for each in late} == {(code, True) for code in SIDE}
    assert "测试" not in "".join(each.title + each.body for each in [*asked, *late])
    assert {resolve(each.link).view_name for each in [*asked, *late]} == {"reporting:document"}
    assert AuditEvent.objects.filter(action="reporting.chase_countersignature").count() == 1


def test_what_was_countersigned_in_time_is_not_asked_for_again() -> None:
    case = opened()
    report = alone(case, case.opened_at)
    countersign_document(signed=report, by=actor(SIGNER), at=case.opened_at + minutes(60))
    assert chase_countersignatures(by=CLOCK, at=case.opened_at + timedelta(days=3)) == 0


def test_the_form_names_who_is_on_duty_and_asks_whether_they_were_reached(client: Client) -> None:
    case = opened()
    made = draft(case, at=case.opened_at)
    on_duty(case, SIGNER)
    login(client, DRAFTER)
    address = url(case, "documents", str(made.pk), "sign")
    assert f"值班表上另有测试 {SIGNER}" in client.get(address).text
    said = {"alone_reason": "夜间一人"}
    assert client.post(address, said).status_code == 422
    assert client.post(address, said | {"is_unreached": "on"}).status_code == 302
    listed = client.get(url(case, "documents")).text
    assert "值班的其他人员联系不上" in listed
    assert "非预案规定" in listed
