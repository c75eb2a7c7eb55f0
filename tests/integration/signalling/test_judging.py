"""A person judges a signal, and may take it back; it grows instead of doubling, and comes back only clearly grown (4.1, A12)."""

from datetime import datetime
from typing import Any

import pytest

from audit.verify import verify
from incidents.models import Case, Fact, FactKind, Incident, IncidentStatus
from outbox.models import Message
from reporting.actions.judging import dismiss_signal, take_back_judgement, take_up_signal
from reporting.models import Report, ReportKind, ReportState, Signal, SignalState
from reporting.signalling.parameters import GROWN_BY
from tests.support.people import actor
from tests.support.refusals import refused
from tests.support.reports import HAISHU, NOON, YINZHOU, county, incident, minutes
from tests.support.signalling import only_signal, seen, take

pytestmark = pytest.mark.django_db
REGULATOR, OTHER = f"{YINZHOU}-regulator", f"{HAISHU}-regulator"
LATER = NOON + minutes(30)
PLACE = "慈湖酒楼"


def several(first: int, number: int, **more: Any) -> None:
    take(*(seen(first + each, place=PLACE, **more) for each in range(number)), at=more.get("at", NOON))


def open_(
    signal: Signal,
    *,
    by: str = REGULATOR,
    area: str = YINZHOU,
    reason: str = "同一餐",
    at: datetime = LATER,
    **more: Any,
) -> Report:
    return take_up_signal(
        signal=signal, area=county(area), place_text=PLACE, reason=reason, by=actor(by), at=at, **more
    )


def dismiss(signal: Signal, *, by: str = REGULATOR, reason: str = "两桌不同的婚宴") -> Signal:
    return dismiss_signal(signal=signal, reason=reason, by=actor(by), at=LATER)


def take_back(signal: Signal, *, by: str = REGULATOR, reason: str = "判断有误") -> Signal:
    return take_back_judgement(signal=signal, reason=reason, by=actor(by), at=LATER + minutes(5))


def ill(case: Incident) -> int | None:
    assessment = case.assessments.latest("pk")
    return assessment.ill


@pytest.mark.clause(81, 82)
def test_taken_up_the_cases_of_each_hospital_count_once_with_their_list() -> None:
    several(1, 2)
    take(seen(3, place=PLACE), seen(2, place=PLACE), hospital="hosp-first")
    report = open_(only_signal())
    case = Incident.objects.get()
    # Person 2 went to two hospitals.
    assert (report.kind, ill(case), Case.objects.count()) == (ReportKind.SIGNAL, 3, 4)
    assert set(Fact.objects.filter(kind=FactKind.ILLNESS).values_list("source__code", "value")) == {
        ("hosp-yinzhou-people", 2),
        ("hosp-first", 2),
    }
    assert (case.occurred_earliest, case.place_text) == (NOON - minutes(240), PLACE)
    assert only_signal().state == SignalState.OPENED
    assert verify().breaks == []


@pytest.mark.clause(82)
def test_a_case_more_of_what_was_taken_up_asks_again_and_counts_once_when_joined() -> None:
    several(1, 2)
    open_(only_signal())
    several(3, 1, at=LATER)
    signal = only_signal()
    assert (signal.state, signal.evidence.count()) == (SignalState.PROPOSED, 3)
    case = Incident.objects.get()
    open_(signal, join=case, at=LATER + minutes(1))
    assert (only_signal().state, ill(case), Incident.objects.count()) == (SignalState.JOINED, 3, 1)


@pytest.mark.clause(82)
def test_an_open_signal_grows_and_is_told_anew_only_when_it_has_doubled() -> None:
    several(1, 2)
    told = Message.objects.filter(kind="signal")
    assert set(told.values_list("recipient", flat=True)) == {REGULATOR, f"{YINZHOU}-health"}
    several(3, 1)
    assert (only_signal().units, told.count()) == (3, 2)
    several(4, 1)
    assert (only_signal().units, told.count()) == (4, 4)
    assert not told.filter(title__contains=PLACE).exists()


@pytest.mark.clause(82)
def test_a_dismissed_signal_comes_back_only_when_it_has_clearly_grown() -> None:
    several(1, 2)
    dismiss(only_signal())
    several(3, GROWN_BY - 1)
    assert only_signal().state == SignalState.DISMISSED
    several(3 + GROWN_BY - 1, 1)
    signal = only_signal()
    assert (signal.state, signal.units, signal.evidence.count()) == (SignalState.PROPOSED, 4, 4)


@pytest.mark.clause(82)
def test_a_dismissed_signal_of_many_needs_half_as_many_again() -> None:
    several(1, 6)
    dismiss(only_signal())
    several(7, 2)
    assert only_signal().state == SignalState.DISMISSED
    several(9, 1)
    assert only_signal().state == SignalState.PROPOSED


@pytest.mark.clause(82)
def test_a_severe_case_brings_a_dismissed_signal_back_as_an_alarm() -> None:
    several(1, 2)
    dismiss(only_signal())
    several(3, 1, is_severe=True)
    assert only_signal().state == SignalState.PROPOSED
    assert Message.objects.filter(kind="signal", is_alarm=True, recipient=REGULATOR).exists()


@pytest.mark.clause(81)
def test_a_judgement_taken_back_counts_no_longer_and_the_signal_waits() -> None:
    several(1, 2)
    report = open_(only_signal())
    take_back(only_signal())
    assert Report.objects.get(pk=report.pk).state == ReportState.WITHDRAWN
    assert only_signal().state == SignalState.PROPOSED
    assert Incident.objects.get().status == IncidentStatus.WITHDRAWN
    dismiss(only_signal())
    take_back(only_signal())
    assert [row.act for row in only_signal().decisions.order_by("pk")] == [
        "open",
        "take_back",
        "dismiss",
        "take_back",
    ]
    assert verify().breaks == []


@pytest.mark.clause(81)
def test_what_cannot_be_judged_is_refused_and_changes_nothing() -> None:
    several(1, 2)
    signal = only_signal()
    # Everybody is there before anybody tries.
    list(map(actor, (REGULATOR, OTHER, f"{YINZHOU}-health")))
    for judge in (open_, dismiss):
        with refused("outside_jurisdiction", 403, "5.1(7)"):
            judge(signal, by=OTHER)
        with refused("office_lacks_right", 403, "3.2"):
            judge(signal, by=f"{YINZHOU}-health")
        with refused("signal_without_reason", 422, "4.1"):
            judge(signal, reason=" ")
    with refused("signal_not_decided", 409, "4.1"):
        take_back(signal)
    with refused("outside_jurisdiction", 403, "5.1(7)"):
        open_(signal, area=HAISHU)
    dismiss(signal)
    for judge in (open_, dismiss):
        with refused("signal_decided", 409, "4.1"):
            judge(signal)


@pytest.mark.clause(81)
def test_a_signal_whose_cases_were_withdrawn_opens_nothing() -> None:
    several(1, 2)
    take(*(seen(number, place=PLACE, revision=2, is_withdrawn=True, reason="误录") for number in (1, 2)))
    actor(REGULATOR)
    with refused("signal_without_cases", 422, "5.2"):
        open_(only_signal())


@pytest.mark.clause(81)
def test_it_joins_no_closed_incident_and_no_drill() -> None:
    several(1, 2)
    drill = incident(8, place_text="演练酒楼", is_drill=True)
    actor(REGULATOR)
    with refused("merge_drill_and_real", 422, "2.3(2)"):
        open_(only_signal(), join=drill)


@pytest.mark.clause(82)
def test_a_wider_signal_takes_in_one_whose_cases_it_holds_all() -> None:
    take(*(seen(number, place="东店") for number in (1, 2)))
    take(*(seen(number, place="西店") for number in (3, 4)))
    everything = [(1, "东店"), (2, "东店"), (3, "西店"), (4, "西店")]
    take(*(seen(number, place=place, maker="甬上卤味", revision=2) for number, place in everything))
    states = list(Signal.objects.order_by("pk").values_list("state", flat=True))
    assert sorted(states) == [SignalState.ABSORBED, SignalState.PROPOSED]
    assert Signal.objects.get(state=SignalState.PROPOSED).evidence.count() == 4
