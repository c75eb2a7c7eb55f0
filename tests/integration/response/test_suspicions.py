"""Which records raise a suspicion, and which correction overtakes it (5.1, 7.3; A16, A23, A24, A48, A57, A58)."""

import pytest

from incidents.actions.facts import correct_fact
from incidents.actions.findings import find_not_an_incident
from incidents.models import FactKind, Incident
from plan.accountability import AccountabilityGround
from reporting.actions.deliveries import correct_delivery, retract_delivery
from reporting.actions.excuses import lodge_oral_explanation
from response.selectors.accountability import prompts_for, prompts_of
from tests.support.accountability import silent_operator
from tests.support.clocks import COUNTY, DUTY_ROOM, OFFICE, after, deliver, major
from tests.support.people import actor, organisation
from tests.support.reports import NOON, report

pytestmark = [pytest.mark.django_db, pytest.mark.clause(90, 170)]
COUNTY_OFFICE = "330212-fso"


def states(found: Incident, at: float) -> list[tuple[str, str, str]]:
    """Each suspicion of a clock: leg, recipient, and whether it stands."""
    return [
        (
            each.lateness.leg.obligation.leg,
            each.lateness.leg.recipient.code,
            "overtaken" if each.is_overtaken else "open",
        )
        for each in prompts_of(found, after(at))
        if each.lateness
    ]


@pytest.mark.parametrize(("known", "minute", "raised"), [(0, 60, 0), (0, 61, 2), (40, 100, 0), (40, 101, 2)])
def test_a_report_raises_one_only_later_than_the_limit_from_knowledge(
    known: float, minute: float, raised: int
) -> None:
    found = major(at=after(known), occurred_earliest=NOON, occurred_latest=NOON)
    for to in (DUTY_ROOM, OFFICE):
        deliver(found, after(minute + 59 / 60), to=to)
    assert states(found, minute + 1) == [("phone", to, "open") for to in (DUTY_ROOM, OFFICE)][:raised]


@pytest.mark.parametrize(("minute", "raised"), [(60 + 59 / 60, 0), (61, 2), (120 + 59 / 60, 2), (121, 4)])
def test_a_leg_not_reported_raises_one_when_the_limit_from_knowledge_is_over(
    minute: float, raised: int
) -> None:
    assert len(states(major(), minute)) == raised


def test_an_excuse_given_in_time_raises_none() -> None:
    found = major()
    told_of = [organisation(to) for to in (DUTY_ROOM, OFFICE)]
    for to in (DUTY_ROOM, OFFICE):
        deliver(found, after(20), to=to)
    lodge_oral_explanation(
        incident=found,
        bearer=organisation(COUNTY),
        recipients=told_of,
        lodged_at=after(100),
        reason="道路中断",
        receiver="值班员甲",
        by=actor("330212-regulator"),
        at=after(100),
    )
    assert states(found, 400) == []


def test_what_is_entered_later_but_came_in_time_overtakes_it() -> None:
    found = major()
    deliver(found, after(20), to=OFFICE)
    deliver(found, after(30), at=after(90))
    assert states(found, 95) == [("phone", DUTY_ROOM, "overtaken")]


def test_a_corrected_receipt_overtakes_it_and_a_retracted_one_raises_it() -> None:
    found = major()
    call = deliver(found, after(20), to=OFFICE)
    wrong = deliver(major(place_text="慈湖酒楼"), after(70))
    by = actor("330212-regulator")
    correct_delivery(delivery=wrong, received_at=after(50), reason="以通话清单为准", by=by, at=after(200))
    assert ("phone", DUTY_ROOM, "overtaken") in states(wrong.incident, 201)
    assert ("phone", OFFICE, "open") not in states(found, 61)
    retract_delivery(delivery=call, reason="未接通", by=by, at=after(30))
    assert ("phone", OFFICE, "open") in states(found, 61)


def test_a_moved_start_overtakes_the_old_clocks_and_is_judged_anew() -> None:
    first = report(120)
    found = first.incident
    assert len(states(found, 70)) == 2
    occurred = found.facts.get(kind=FactKind.OCCURRED)
    later = after(30).isoformat()
    correct_fact(
        fact=occurred,
        value={"earliest": later, "latest": later},
        reason="以病历为准",
        by=actor("330212-regulator"),
        at=after(70),
    )
    assert {state for _leg, _to, state in states(found, 71)} == {"overtaken"}
    assert states(found, 91).count(("phone", OFFICE, "open")) == 1


def test_a_finding_that_ends_the_clocks_overtakes_it() -> None:
    found = major()
    find_not_an_incident(incident=found, reason="经查不是食品引起", by=actor(OFFICE), at=after(70))
    assert states(found, 71) == [("phone", to, "overtaken") for to in (DUTY_ROOM, OFFICE)]


@pytest.mark.clause(91, 169)
@pytest.mark.parametrize(("minute", "raised"), [(60 + 59 / 60, False), (61, True)])
def test_an_operators_hour_raises_the_ground_of_the_first_paragraph(minute: float, raised: bool) -> None:
    case = report(5).incident
    silent_operator(case, discovered_at=NOON, received_at=after(minute), at=after(100))
    grounds = [
        each.grounds for each in prompts_for(actor(COUNTY_OFFICE), case, after(100)) if not each.is_overtaken
    ]
    assert grounds == ([(AccountabilityGround.NOT_REPORTED,)] if raised else [])
