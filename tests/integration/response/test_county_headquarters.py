"""A county leads its own territory beside the city's response, and takes over what the city hands over (3.5, A38, A63)."""

from typing import Any

import pytest

from accounts.actors import Actor
from incidents.actions.incidents import involve_county
from incidents.models import CountyRole, Incident
from plan.adjustment import Element
from plan.levels import IncidentLevel, ResponseLevel
from plan.termination import Finding
from response.actions.activation import take_over
from response.actions.adjustment import apply_adjustment, decide_adjustment
from response.actions.commanders import appoint_commander, designate_lead_county
from response.actions.commands import execute_command, issue_command
from response.actions.counties import set_up_county_headquarters
from response.actions.termination import answer_proposal, propose_end
from response.models import CommandAddressee, CommandEntry, CommanderBasis, CommandKind, Response
from response.selectors.command import Mode, commander_of, handling_of
from response.selectors.running import city_response, county_response
from tests.integration.response.test_side_by_side import side_by_side
from tests.support.people import actor, holding, organisation
from tests.support.refusals import refused
from tests.support.reports import CIXI, HAISHU, NOON, YINZHOU, county, minutes
from tests.support.response import active, colleague, commanded, spoken, weigh_all

pytestmark = pytest.mark.clause(75)
III, IV = ResponseLevel.III, ResponseLevel.IV
COMMISSION, OFFICE = "city-commission", "city-fso"
OWN, OWN_OFFICE, OWN_GOVERNMENT = f"{YINZHOU}-commission", f"{YINZHOU}-fso", f"{YINZHOU}-gov"


def set_up(found: Incident, by: Actor | None = None) -> Response:
    return set_up_county_headquarters(incident=found, by=by or actor(OWN), at=NOON)


def order(response: Response, by: str, to: str, **more: Any) -> CommandEntry:
    said: dict[str, Any] = {"kind": CommandKind.ORDER, "title": "封存", "text": "立即封存", **more}
    return issue_command(response=response, addressees=[organisation(to)], by=actor(by), at=NOON, **said)


def lowered(response: Response) -> Response:
    """The city's response lowered to Ⅳ."""
    weigh_all(response.incident, IncidentLevel.IV)
    findings = {
        Element.CONTROLLED: "已控制",
        Element.BELOW_FORMER_LEVEL: "见评估",
        Element.NO_FURTHER_SPREAD: "无",
    }
    filed = apply_adjustment(
        response=response, level=IV, findings=findings, note="论证", by=actor(OFFICE), at=NOON
    )
    return decide_adjustment(application=filed, is_approved=True, by=colleague(COMMISSION), at=NOON)


@pytest.mark.django_db
def test_a_county_sets_its_headquarters_up_while_the_city_responds() -> None:
    city = active(III)
    own = set_up(city.incident)
    assert set_up(city.incident) == own
    assert (own.beside, own.level, own.state, own.headquarters.body.code) == (city, "III", "active", OWN)
    assert f"{YINZHOU}-health" in own.headquarters.units
    assert not own.duties.exists()
    assert handling_of(city.incident).mode == Mode.CITY
    appoint_commander(
        response=own,
        holding=holding(OWN_GOVERNMENT),
        basis=CommanderBasis.IN_CHARGE,
        spoken=spoken(),
        by=colleague(OWN_GOVERNMENT),
        at=NOON,
    )
    assert order(own, OWN_OFFICE, f"{YINZHOU}-regulator").organisation.code == OWN_OFFICE
    assert (city_response(city.incident), county_response(city.incident, county())) == (city, own)


@pytest.mark.django_db
def test_each_headquarters_commands_in_its_own_log() -> None:
    city = active(III)
    own = set_up(city.incident)
    for response, office in ((city, OWN_OFFICE), (own, OFFICE)):
        actor(office)
        with refused("response_of_another_track", 403, "3.5"):
            order(response, office, f"{YINZHOU}-regulator")


@pytest.mark.django_db
def test_headquarters_beside_the_city_need_a_city_response_and_a_county_of_harm() -> None:
    alone = active(IV)
    by = actor(OWN)
    with refused("no_city_response", 409, "3.5"):
        set_up(alone.incident)
    city = active(III, place_text="另一家")
    source, stranger = actor(f"{HAISHU}-commission"), actor(f"{CIXI}-commission")
    involve_county(
        incident=city.incident, county=county(HAISHU), role=CountyRole.SOURCE, by=actor(OFFICE), at=NOON
    )
    set_up(city.incident, by)
    other = colleague(OWN)
    with refused("county_headquarters_stand", 409, "3.5"):
        set_up(city.incident, other)
    with refused("not_a_county_concerned", 422, "3.5"):
        set_up(city.incident, source)
    with refused("outside_jurisdiction", 403, "5.1(7)"):
        set_up(city.incident, stranger)
    with refused("city_may_not", 403, "6.2.4"):
        set_up(city.incident, actor(COMMISSION))


@pytest.mark.django_db
@pytest.mark.clause(75, 149)
def test_it_ends_with_the_citys_response_and_not_before() -> None:
    city = commanded(III)
    own = set_up(city.incident)
    weigh_all(city.incident)
    findings = {Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"}
    ending: dict[str, Any] = {"conditions": ["6.4.2(3)"], "findings": findings, "at": NOON}
    government = actor(OWN_GOVERNMENT)
    with refused("ends_with_the_city", 409, "6.4.2"):
        propose_end(response=own, by=government, **ending)
    proposal = propose_end(response=city, by=government, **ending)
    answer_proposal(proposal=proposal, is_approved=True, by=actor("city-gov"), at=NOON + minutes(5))
    own = Response.objects.get(pk=own.pk)
    assert (own.state, own.ended_at) == ("ended", NOON + minutes(5))


@pytest.mark.django_db
@pytest.mark.clause(76)
def test_a_county_orders_its_own_bodies_and_one_that_leads_those_of_all_counties_concerned() -> None:
    own = active(IV)
    by = actor("city-gov")
    involve_county(
        incident=own.incident, county=county(HAISHU), role=CountyRole.HARM, by=actor(OFFICE), at=NOON
    )
    actor(OWN)
    for body in ("city-agriculture", f"{HAISHU}-regulator"):
        with refused("addressee_outside", 422, "3.5"):
            order(own, OWN, body)
    order(own, OWN, "city-agriculture", kind=CommandKind.CIRCULAR, must_act=False)
    designate_lead_county(incident=own.incident, county=county(YINZHOU), spoken=spoken(), by=by, at=NOON)
    assert order(own, OWN, f"{HAISHU}-regulator").addressees.count() == 1
    with refused("addressee_outside", 422, "3.5"):
        order(own, OWN, f"{CIXI}-regulator")


@pytest.mark.django_db
@pytest.mark.clause(148)
def test_lowered_to_four_the_headquarters_that_stand_go_on_and_take_over_what_is_open() -> None:
    city = active(III)
    own = set_up(city.incident)
    entry = order(city, COMMISSION, "city-agriculture")
    lowered(city)
    city, own = Response.objects.get(pk=city.pk), Response.objects.get(pk=own.pk)
    assert (city.state, own.state, own.level, own.beside) == ("replaced", "active", "IV", None)
    assert {duty.code for duty in own.duties.all()} == {"tell_city_office", "file_with_government"}
    handover = CommandEntry.objects.get(kind=CommandKind.HANDOVER)
    row = handover.addressees.get()
    assert (handover.response, handover.organisation.code, row.organisation.code) == (
        city,
        OFFICE,
        OWN_OFFICE,
    )
    assert handover.details["commands"] == [entry.addressees.get().pk]
    assert handover.details["duties"] == ["scene_team", "report_party", "report_government"]
    execute_command(addressee=row, outcome="已接收", by=actor(OWN_OFFICE), at=NOON + minutes(1))
    late = execute_command(
        addressee=entry.addressees.get(), outcome="已封存", by=actor("city-agriculture"), at=NOON + minutes(2)
    )
    assert late.executed_at == NOON + minutes(2)


@pytest.mark.django_db
@pytest.mark.clause(75)
def test_a_county_hands_over_to_the_city_that_takes_the_incident_over() -> None:
    own = active(IV)
    order(own, OWN, f"{YINZHOU}-regulator")
    taken = take_over(incident=own.incident, level=IV, spoken=spoken(), by=actor("city-gov"), at=NOON)
    handover = CommandAddressee.objects.get(entry__kind=CommandKind.HANDOVER)
    assert (handover.entry.response, handover.organisation.code) == (own, OFFICE)
    assert handover.entry.details["to_response"] == taken.pk
    assert commander_of(taken) is None


@pytest.mark.usefixtures("committed_db")
def test_of_two_who_set_a_countys_headquarters_up_one_wins_and_the_other_is_told() -> None:
    found, people = active(III).incident, [actor(OWN), colleague(OWN)]
    came = side_by_side(*(lambda by=by: set_up(found, by) for by in people))
    assert came == ["county_headquarters_stand", "done"]
    assert Response.objects.filter(beside__isnull=False).count() == 1
