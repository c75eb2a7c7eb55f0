"""What a first report could not say stays owed until it is said (5.2)."""

import pytest

from audit.models import AuditEvent
from incidents.actions.facts import NewFact, record_facts
from incidents.models import FactKind, Incident
from reporting.models import OpenDuty
from reporting.selectors import open_duties
from tests.support.clocks import after
from tests.support.people import actor
from tests.support.reports import incident, people

pytestmark = [pytest.mark.django_db, pytest.mark.clause(104)]

UNKNOWN = frozenset({"occurred", "place", "number"})


def vague() -> Incident:
    return incident(None, occurred_earliest=None, occurred_latest=None, place_text="", unknown=UNKNOWN)


def owed(found: Incident, minute: float = 60) -> list[str]:
    return sorted(view.duty.code for view in open_duties([found.pk], after(minute)))


def add(found: Incident, fact: NewFact, minute: float) -> None:
    record_facts(incident=found, entries=[fact], by=actor("330212-regulator"), at=after(minute))


def test_everything_unknown_is_owed_by_the_reporter_and_has_no_hours() -> None:
    found = vague()
    assert owed(found) == sorted(UNKNOWN)
    view = open_duties([found.pk], after(60))[0]
    assert (view.duty.bearer.code, view.duty.clause) == ("330212-regulator", "5.2")
    assert view.elapsed == after(60) - after(0)
    assert {view.label for view in open_duties([found.pk], after(60))} == {"事故发生时间", "事故地点", "人数"}


def test_a_number_not_said_yet_is_assessed_as_unknown_and_not_as_nought() -> None:
    found = vague()
    explained = [record.explanation for record in found.assessments.order_by("pk")]
    assert explained
    assert all("发病人数暂不清楚" in text and "发病0人" not in text for text in explained)
    add(found, people(12, at=after(5)), 5)
    assert "发病12人" in found.assessments.latest("pk").explanation


def test_each_is_settled_by_the_fact_that_says_it() -> None:
    found = vague()
    add(found, people(12, at=after(5)), 5)
    assert owed(found) == ["occurred", "place"]
    interval = {"earliest": after(-60).isoformat(), "latest": after(-30).isoformat()}
    add(found, NewFact(kind=FactKind.OCCURRED, value=interval, as_of=after(6)), 6)
    assert owed(found) == ["place"]
    add(found, NewFact(kind=FactKind.PLACE, value={"text": "甬江饭店"}, as_of=after(7)), 7)
    assert owed(found) == []
    number = OpenDuty.objects.get(code="number")
    assert (number.settled_at, number.settled_by) == (after(5), actor("330212-regulator").ref)
    assert AuditEvent.objects.filter(chain=found.chain, action="reporting.settle_duty").count() == 3


def test_what_is_known_opens_no_duty() -> None:
    assert owed(incident(5)) == []
    assert owed(incident(5, unknown=frozenset({"number"}))) == []
