"""What runs when two incidents become one, or two again: nothing stops, no order is lost (A56, A62, A63)."""

import pytest

from incidents.actions.merging import merge_incidents, split_incident
from incidents.fixing import fix_level
from incidents.models import Incident
from plan.levels import IncidentLevel, ResponseLevel
from plan.termination import Finding
from response.actions.activation import activate_response, answer_activation
from response.actions.commands import execute_command, issue_command
from response.actions.counties import set_up_county_headquarters
from response.actions.groups import add_member, set_interval
from response.actions.termination import answer_proposal, propose_end
from response.log_lines import log_of
from response.models import CommandEntry, CommandKind, Response, WorkingGroup
from response.selectors.command import commander_of
from response.selectors.running import city_response, county_response
from tests.support.evidence import broken_links
from tests.support.groups import group_of
from tests.support.people import actor, organisation
from tests.support.reports import NOON, YINZHOU, county, incident, minutes
from tests.support.response import active, commanded, spoken, weigh_all

pytestmark = [pytest.mark.django_db, pytest.mark.clause(20, 25)]
II, III, IV = ResponseLevel.II, ResponseLevel.III, ResponseLevel.IV
COMMISSION, OFFICE = "city-commission", "city-fso"


def merge(whole: Incident, part: Incident, minute: float = 10) -> None:
    merge_incidents(whole=whole, part=part, reason="同源", by=actor(OFFICE), at=NOON + minutes(minute))


def split(part: Incident, minute: float = 90) -> None:
    fresh = Incident.objects.get(pk=part.pk)
    split_incident(part=fresh, reason="不同源", by=actor(OFFICE), at=NOON + minutes(minute))


def now(found: Incident) -> Incident:
    return Incident.objects.get(pk=found.pk)


def states(found: Incident) -> list[tuple[str, str]]:
    rows = Response.objects.filter(incident=found).order_by("pk")
    return list(rows.values_list("level", "state"))


def order(response: Response, minute: float = 5) -> CommandEntry:
    return issue_command(
        response=response,
        kind=CommandKind.ORDER,
        title="封存",
        text="立即封存",
        addressees=[organisation("city-agriculture")],
        by=actor(COMMISSION),
        at=NOON + minutes(minute),
    )


def start(found: Incident, level: ResponseLevel, minute: float) -> Response:
    at = NOON + minutes(minute)
    fix_level(incident=found, level=IncidentLevel(level), note="评估", by=actor(OFFICE), at=at)
    answer_activation(
        incident=found, level=level, is_approved=True, spoken=spoken(at), by=actor("city-gov"), at=at
    )
    return activate_response(incident=found, level=level, by=actor(COMMISSION), at=at)


def test_of_two_running_responses_the_more_severe_leads_and_the_other_goes_on() -> None:
    whole, part = active(III), active(II, place_text="另一家")
    open_order = order(whole)
    merge(whole.incident, part.incident)
    assert city_response(whole.incident) == part
    assert (states(whole.incident), states(part.incident)) == ([("III", "active")], [("II", "active")])
    done = execute_command(
        addressee=open_order.addressees.get(),
        outcome="已封存",
        by=actor("city-agriculture"),
        at=NOON + minutes(20),
    )
    assert done.executed_at == NOON + minutes(20)
    assert order(whole, 30).response == whole


def test_equal_responses_the_wholes_own_leads_and_each_ends_by_itself() -> None:
    part, whole = commanded(III), commanded(III, place_text="另一家")
    merge(whole.incident, part.incident)
    assert city_response(whole.incident) == whole
    weigh_all(whole.incident)
    findings = {Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"}
    for response, left in ((whole, part), (part, None)):
        proposal = propose_end(
            response=response,
            conditions=["6.4.2(3)"],
            findings=findings,
            by=actor(OFFICE),
            at=NOON + minutes(20),
        )
        answer_proposal(proposal=proposal, is_approved=True, by=actor("city-gov"), at=NOON + minutes(21))
        assert city_response(whole.incident) == left


def test_a_new_level_for_the_whole_replaces_what_the_part_brought() -> None:
    whole, part = active(III), active(III, place_text="另一家")
    merge(whole.incident, part.incident)
    moved = start(now(whole.incident), II, 30)
    assert moved == whole
    assert (states(whole.incident), states(part.incident)) == ([("II", "active")], [("III", "replaced")])


def test_split_again_each_has_back_what_it_brought_and_nothing_else() -> None:
    whole, part = incident(120), active(III, place_text="另一家")
    merge(whole, part.incident)
    assert city_response(whole) == part
    split(part.incident)
    assert (city_response(whole), city_response(part.incident)) == (None, part)
    assert Response.objects.count() == 1


def members_of(group: WorkingGroup) -> set[str]:
    return set(group.members.values_list("organisation__code", flat=True))


def test_what_started_while_they_were_one_goes_on_in_both() -> None:
    whole, part = incident(120), incident(120, place_text="另一家")
    merge(whole, part)
    response = start(now(whole), III, 20)
    set_up_county_headquarters(incident=now(whole), by=actor(f"{YINZHOU}-commission"), at=NOON + minutes(25))
    order(response, 30)
    group = group_of(response.headquarters)
    add_member(group=group, organisation=organisation("city-agriculture"), by=actor(OFFICE), at=NOON)
    set_interval(group=group, every_min=60, by=actor(OFFICE), at=NOON)
    split(part)
    order(response, 100)
    carried = city_response(part)
    assert carried is not None
    assert (carried.carried_from, carried.level, carried.activated_at) == (
        response,
        "III",
        response.activated_at,
    )
    assert carried.headquarters.roster == response.headquarters.roster
    (own_group,) = carried.headquarters.groups.all()
    assert (own_group.lead, own_group.report_every_min) == (group.lead, 60)
    assert members_of(own_group) == members_of(group)
    assert {duty.code for duty in carried.duties.all()} == {duty.code for duty in response.duties.all()}
    own = county_response(part, county())
    assert own is not None
    assert own.beside == carried
    assert city_response(whole) == response
    assert [line.entry.response for line in log_of([part.pk])] == [response]
    assert len(log_of([whole.pk])) == 2
    assert broken_links() == []


def test_a_part_whose_own_response_was_replaced_is_not_left_without_one() -> None:
    whole, part = commanded(III), active(III, place_text="另一家")
    merge(whole.incident, part.incident)
    start(now(whole.incident), II, 30)
    split(part.incident)
    carried = city_response(part.incident)
    assert carried is not None
    assert (carried.carried_from, carried.level) == (whole, "II")
    before, after = commander_of(whole), commander_of(carried)
    assert before is not None
    assert after is not None
    assert after.holding == before.holding
    assert states(part.incident) == [("III", "replaced"), ("II", "active")]
    split_twice = Response.objects.filter(carried_from=whole)
    assert split_twice.count() == 1


def test_a_countys_own_response_goes_with_the_county_it_is_for() -> None:
    whole, part = active(IV), incident(45, area="330203", place_text="海曙分店")
    merge(whole.incident, part)
    split(part)
    assert Response.objects.count() == 1
    assert city_response(part) is None
