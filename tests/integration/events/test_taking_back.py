"""An oral explanation that never was is taken back with a reason, and excuses nothing any more (5.1, 5.1(8), A23)."""

import pytest
from django.test import Client

from audit.clock import database_now
from audit.models import AuditEvent
from incidents.actions.merging import merge_incidents, split_incident
from outbox.models import Message
from plan.refusal import PlanRefusal
from reporting.actions.clocks import fire_due
from reporting.actions.excuses import retract_explanation
from reporting.models import ExplanationRetraction, OralExplanation
from reporting.verdicts import VerdictState
from response.chronicle import chronicle_of
from tests.support.checksums import table_checksums
from tests.support.clocks import DUTY_ROOM, OFFICE, WRITTEN, after, fired, leg, major
from tests.support.events import explain
from tests.support.pages import opened, url
from tests.support.people import actor, login
from tests.support.reports import incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(103)]
BOTH = (DUTY_ROOM, OFFICE)
DESK = "330212-regulator"


def take_back(
    told: OralExplanation, minute: float, by: str = DESK, reason: str = "未曾说明"
) -> ExplanationRetraction:
    return retract_explanation(explanation=told, reason=reason, by=actor(by), at=after(minute))


def test_taken_back_to_one_recipient_it_excuses_neither_leg_and_the_limit_is_told() -> None:
    found = major()
    first, _second = explain(found, after(100), BOTH)
    fire_due(source="test", at=after(125))
    assert leg(found, WRITTEN, at=after(125)).verdict.state == VerdictState.EXCUSED
    take_back(first, 130)
    states = {leg(found, WRITTEN, to=to, at=after(131)).verdict.state for to in BOTH}
    assert states == {VerdictState.MISSED}
    fire_due(source="test", at=after(131))
    passed = [
        (to, stage) for _due, stage, how, to in fired(found) if how == WRITTEN and stage == "limit_passed"
    ]
    assert passed == [(to, "limit_passed") for to in BOTH]
    view = leg(found, WRITTEN, at=after(131))
    assert view.explanations[0].taken_back is not None
    assert view.explanations[0].taken_back.reason == "未曾说明"
    rows = AuditEvent.objects.filter(action="reporting.retract_explanation")
    assert rows.count() == 1
    assert "未曾说明" not in rows.get().payload
    told = [line for line in chronicle_of(found, limit=9) if line.what == "撤回口头说明"]
    assert [line.detail for line in told] == ["鄞州区政府→市委市政府值班室 书面报告"]
    assert Message.objects.filter(title__startswith="【口头说明撤回】").count() == 3


def test_a_version_closed_before_stays_judged_as_it_was() -> None:
    found = major()
    told = explain(found, after(100), BOTH)
    own = leg(found, WRITTEN, at=after(101)).obligation
    take_back(told[0], 110)
    assert told[0].stands(after(105))
    assert not OralExplanation.objects.get(pk=told[0].pk).stands(after(110))
    assert OralExplanation.objects.get(pk=told[0].pk).stands(after(109))
    assert own.closed_at is None


def test_after_a_split_both_sides_lose_what_never_was() -> None:
    first, second = incident(60), incident(60, place_text="姚江食堂")
    merge_incidents(whole=first, part=second, reason="同源", by=actor("city-fso"), at=after(10))
    told = explain(first, after(60), BOTH)
    split_incident(part=second, reason="不同源", by=actor("city-fso"), at=after(70))
    take_back(told[0], 80, by=OFFICE if told[0].recipient.code == OFFICE else DESK)
    states = {leg(each, WRITTEN, at=after(130)).verdict.state for each in (first, second)}
    assert states == {VerdictState.MISSED}
    assert ExplanationRetraction.objects.count() == 2


def test_what_was_taken_back_before_a_split_comes_back_on_neither_side() -> None:
    first, second = incident(60), incident(60, place_text="姚江食堂")
    merge_incidents(whole=first, part=second, reason="同源", by=actor("city-fso"), at=after(10))
    told = explain(first, after(60), BOTH)
    take_back(told[0], 65)
    split_incident(part=second, reason="不同源", by=actor("city-fso"), at=after(70))
    assert leg(second, WRITTEN, at=after(130)).verdict.state == VerdictState.MISSED


def test_a_refused_taking_back_changes_nothing() -> None:
    found = major()
    told = explain(found, after(100), BOTH)
    take_back(told[1], 101)
    sides = [actor(code) for code in (DESK, "330203-regulator", "city-health")]
    before = table_checksums()
    for row, reason, by, code, status in (
        (told[0], " ", sides[0], "correction_without_reason", 422),
        (told[1], "再撤", sides[0], "explanation_already_retracted", 409),
        (told[0], "误", sides[1], "outside_jurisdiction", 403),
        (told[0], "误", sides[2], "not_a_side_of_the_report", 403),
    ):
        with pytest.raises(PlanRefusal) as refused:
            retract_explanation(explanation=row, reason=reason, by=by, at=after(102))
        assert (refused.value.code, refused.value.status) == (code, status)
    assert table_checksums() == before


def test_it_is_taken_back_on_its_page_and_shown_on_the_leg(client: Client) -> None:
    case = opened()
    told = explain(case, database_now(), BOTH)
    login(client, DESK)
    address = url(case, "explanations", str(told[0].pk), "retract")
    assert address in client.get(url(case)).text
    assert client.post(address, {"reason": ""}).status_code == 422
    page = client.post(address, {"reason": "登记有误"}, follow=True).text
    assert "已撤回" in page
    assert "登记有误" in page
    assert address not in page
    assert (
        client.get(url(opened(5, place_text="别处"), "explanations", str(told[0].pk), "retract")).status_code
        == 404
    )
