"""The county regulator's triage: taken up, closed or passed on, each once, by the right county alone (5.1, 5.2, A46)."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.actors import ANONYMOUS, Actor
from audit.models import AuditEvent
from audit.verify import verify
from incidents.models import Fact, FactKind, Incident
from outbox.models import Message
from plan.refusal import PlanRefusal
from reporting.actions.public import add_to_public_report
from reporting.actions.triage import (
    close_public_report,
    pass_on_public_report,
    read_contact,
    start_triage,
    take_up_public_report,
)
from reporting.models import Delivery, Obligation, PublicReport, Report
from reporting.public_choices import PublicOutcome, PublicState, ReporterKind
from reporting.public_words import Said
from tests.support.checksums import table_checksums
from tests.support.clocks import leg
from tests.support.people import actor
from tests.support.public import public
from tests.support.reports import HAISHU, NOON, YINZHOU, county, incident, minutes, restaurant, stated

pytestmark = pytest.mark.django_db
REGULATOR, OTHER = "330212-regulator", "330203-regulator"
LATER = NOON + minutes(10)


def fresh(report: PublicReport) -> PublicReport:
    return PublicReport.objects.get(pk=report.pk)


def take_up(report: PublicReport, *, by: str = REGULATOR, at: Any = LATER, **more: Any) -> Report:
    own = {name: more.pop(name) for name in ("reporter", "discovered_at") if name in more}
    said = stated(3, at=NOON, **{"area": report.county.code, **more})
    return take_up_public_report(report=report, stated=said, **own, by=actor(by), at=at)


def close(report: PublicReport, *, by: str = REGULATOR, reason: str = "已核实") -> PublicReport:
    outcome = PublicOutcome.NOT_FOOD
    return close_public_report(report=report, outcome=outcome, reason=reason, by=actor(by), at=LATER)


def pass_on(report: PublicReport, *, by: str = REGULATOR, area: str = HAISHU, reason: str = "在海曙") -> Any:
    return pass_on_public_report(report=report, area=county(area), reason=reason, by=actor(by), at=LATER)


def start(report: PublicReport, *, by: str = REGULATOR) -> PublicReport:
    return start_triage(report=report, by=actor(by), at=LATER)


@pytest.mark.clause(94)
def test_a_report_opens_an_incident_known_since_it_came() -> None:
    report = public(contact_phone="13800138000", words="隔壁老李也吐了")
    filed = take_up(report)
    report = fresh(report)
    assert (report.state, report.incident, report.report) == (PublicState.OPENED, filed.incident, filed)
    assert filed.incident.known_at == NOON
    assert Fact.objects.get(kind=FactKind.ILLNESS).value == 3
    tip = Obligation.objects.get(clause="5.1(4)")
    assert (tip.limit_at, tip.bearer.code) == (None, "individual-330212")
    said = str([list(model._default_manager.values()) for model in (Report, Incident, Fact, AuditEvent)])
    assert "老李" not in said
    assert "138001" not in said
    assert verify().breaks == []


def test_a_report_joins_the_incident_chosen_or_the_one_of_its_registered_place() -> None:
    place = restaurant("甬味轩餐厅")
    case = incident(40, place=place)
    first, second = public(), public()
    assert take_up(first, join=case).incident == case
    assert take_up(second, place=place).incident == case
    assert set(PublicReport.objects.values_list("state", flat=True)) == {PublicState.JOINED}


@pytest.mark.clause(91)
@pytest.mark.parametrize(("received", "state"), [(60, "in_time"), (61, "late")])
def test_an_operators_hour_is_answered_when_the_report_reached_the_regulators_system(
    received: int, state: str
) -> None:
    report = public(kind=ReporterKind.OPERATOR, reporter="甬江饭店", at=NOON + minutes(received))
    filed = take_up(report, discovered_at=NOON, at=NOON + minutes(200))
    (clock,) = Obligation.objects.filter(clause="5.1(1)")
    found = leg(filed.incident, "report", to=REGULATOR, bearer=clock.bearer.code, at=NOON + minutes(200))
    assert (found.verdict.state, clock.limit_at) == (state, NOON + minutes(60))


@pytest.mark.clause(92)
def test_a_units_hour_runs_from_when_its_people_fell_ill() -> None:
    filed = take_up(public(kind=ReporterKind.UNIT, reporter="某小学"), reporter="某小学")
    clock = Obligation.objects.get(clause="5.1(2)")
    assert (clock.bearer.name, clock.anchor_latest, clock.incident) == ("某小学", NOON, filed.incident)
    assert Delivery.objects.get(bearer=clock.bearer).received_at == NOON


def test_without_a_start_no_hour_is_invented() -> None:
    take_up(public(kind=ReporterKind.OPERATOR, reporter="甬江饭店"))
    assert not Obligation.objects.filter(clause="5.1(1)").exists()


@pytest.mark.clause(91)
def test_a_report_to_the_wrong_county_is_on_record_there_and_counts_when_it_was_passed_on() -> None:
    report = public(kind=ReporterKind.OPERATOR, reporter="甬江饭店", area=HAISHU)
    pass_on(report, by=OTHER, area=YINZHOU)
    report = fresh(report)
    assert (report.county, report.reached_at, report.state) == (county(), LATER, PublicState.RECEIVED)
    assert Message.objects.filter(recipient=REGULATOR, link=f"/triage/{report.pk}/").exists()
    filed = take_up(report, discovered_at=NOON, at=LATER + minutes(1))
    clock = Obligation.objects.get(clause="5.1(1)")
    received = Delivery.objects.filter(bearer=clock.bearer).order_by("received_at")
    reached = list(received.values_list("recipient__code", "received_at"))
    assert reached == [(OTHER, NOON), (REGULATOR, LATER)]
    found = leg(filed.incident, "report", to=REGULATOR, bearer=clock.bearer.code, at=LATER)
    assert found.verdict.received_at == LATER


@pytest.mark.parametrize("act", [start, take_up, close, pass_on])
@pytest.mark.parametrize(
    "by", [OTHER, "city-fso", "city-regulator", "330212-fso", "330212-health", "330212-gov"]
)
def test_only_the_regulator_of_the_county_acts(act: Callable[..., object], by: str) -> None:
    report = public()
    actor(by)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        act(report, by=by)
    assert refused.value.status == 403
    assert table_checksums() == before


@pytest.mark.parametrize("act", [start, take_up, close, pass_on])
def test_what_is_decided_is_decided_once(act: Callable[..., object]) -> None:
    report = public()
    close(report)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        act(report)
    assert (refused.value.code, refused.value.status) == ("already_decided", 409)
    assert table_checksums() == before


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda report: close(report, reason="  "), "reason_missing"),
        (lambda report: pass_on(report, reason=""), "reason_missing"),
        (lambda report: pass_on(report, area=YINZHOU), "same_county"),
        (lambda report: take_up(report, area=HAISHU), "of_another_county"),
        (lambda report: (start(report), start(report)), "already_taken"),
    ],
)
def test_a_refused_act_changes_nothing(act: Callable[[PublicReport], object], code: str) -> None:
    report = public()
    if code == "already_taken":
        start(report)
    else:
        actor(REGULATOR)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        act(report)
    assert refused.value.code == code
    assert table_checksums() == before


@pytest.mark.clause(94)
def test_who_sent_it_is_read_with_a_reason_that_stays_on_record() -> None:
    report = public(contact_name="王小明", contact_phone="13800138000")
    add_to_public_report(report=report, said=Said(contact_phone="13900139000"), by=ANONYMOUS, at=LATER)
    by = actor(REGULATOR)
    with pytest.raises(PlanRefusal):
        read_contact(report=report, reason=" ", by=by, at=LATER)
    known = read_contact(report=report, reason="核实人数", by=by, at=LATER)
    assert [(each.name, each.phone) for each in known] == [("", "13900139000"), ("王小明", "13800138000")]
    event = AuditEvent.objects.get(action="reporting.read_contact")
    assert (event.actor, "核实人数" in event.payload, "138001" in event.payload) == (by.ref, True, False)


@pytest.mark.clause(94)
def test_the_author_of_a_tip_off_stays_with_the_office_that_received_it() -> None:
    tip, plain = public(contact_name="王小明", is_tip_off=True), public(contact_name="王小明")
    tip, plain = fresh(pass_on(tip)), fresh(pass_on(plain))

    def reads(report: PublicReport, by: Actor) -> bool:
        try:
            return bool(read_contact(report=report, reason="核实", by=by, at=LATER))
        except PlanRefusal as refusal:
            return refusal.status != 403

    here, there, city = actor(REGULATOR), actor(OTHER), actor("city-fso")
    assert [reads(tip, by) for by in (here, there, city)] == [True, False, False]
    assert [reads(plain, by) for by in (here, there, city)] == [True, True, False]
