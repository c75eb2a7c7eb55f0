"""Whose the response is: a county's at Ⅳ and below, the city's once it replaces or takes over (1.3, 6.2.4)."""

from collections.abc import Callable

import pytest

from accounts.actors import Actor
from incidents.actions.incidents import involve_county
from incidents.fixing import fix_level
from incidents.models import CountyRole, Incident
from plan.levels import IncidentLevel, ResponseLevel
from plan.refusal import PlanRefusal
from response.actions.activation import (
    activate_county_response,
    activate_response,
    answer_activation,
    apply_for_activation,
    take_over,
    weigh_impact,
)
from response.actions.below import close_handling, record_handling
from response.models import Response, ResponseState, Track
from response.policies.rounds import papers_owed
from response.selectors.running import decisions_of
from tests.support.people import actor
from tests.support.refusals import refused
from tests.support.reports import HAISHU, NOON, YINZHOU, county, incident, minutes
from tests.support.response import active, assessed, oral, spoken

pytestmark = pytest.mark.django_db
I, II, III, IV = ResponseLevel  # noqa: E741 - the plan's own numerals
COMMISSION, GOVERNMENT, OFFICE = "city-commission", "city-gov", "city-fso"


def activate(found: Incident, level: ResponseLevel = III, by: str = COMMISSION) -> Response:
    who = actor(by)
    return activate_response(incident=found, level=level, by=who, at=NOON + minutes(30))


@pytest.mark.clause(119, 122)
def test_four_is_the_countys_on_its_offices_assessment() -> None:
    found, by = incident(45), actor(f"{YINZHOU}-commission")
    with refused("not_assessed_at_level", 409, "6.2.4"):
        activate_county_response(incident=found, by=by, at=NOON)
    fix_level(incident=found, level=IncidentLevel.IV, by=actor(f"{YINZHOU}-fso"), at=NOON)
    response = activate_county_response(incident=found, by=by, at=NOON)
    assert (response.level, response.track, str(response.county)) == (IV, Track.COUNTY, "鄞州区")
    assert activate_county_response(incident=found, by=by, at=NOON) == response
    owed = {(duty.code, duty.clause) for duty in response.duties.all()}
    assert owed == {("tell_city_office", "6.2.4"), ("file_with_government", "6.2.4")}
    assert response.headquarters.body.code == f"{YINZHOU}-commission"


@pytest.mark.clause(119)
def test_each_county_of_a_joint_outbreak_starts_for_its_own_territory() -> None:
    first = active(IV)
    involve_county(
        incident=first.incident, county=county(HAISHU), role=CountyRole.HARM, by=actor(OFFICE), at=NOON
    )
    second = activate_county_response(incident=first.incident, by=actor(f"{HAISHU}-commission"), at=NOON)
    assert {first.county_id, second.county_id} == {county(YINZHOU).pk, county(HAISHU).pk}
    assert second.state == ResponseState.ACTIVE


@pytest.mark.clause(119)
def test_the_city_commission_does_not_start_four() -> None:
    found, by = assessed(IV), actor(COMMISSION)
    with refused("started_by_county", 422, "6.2.4"):
        activate_response(incident=found, level=IV, by=by, at=NOON)
    with refused("city_may_not", 403, "6.2.4"):
        activate_county_response(incident=found, by=by, at=NOON)


@pytest.mark.clause(108, 116)
def test_the_citys_response_replaces_the_countys() -> None:
    four = active(IV)
    fix_level(incident=four.incident, level=IncidentLevel.III, note="认定", by=actor(OFFICE), at=NOON)
    with pytest.raises(PlanRefusal, match="尚无市政府"):
        activate(four.incident)
    four = Response.objects.get(pk=four.pk)
    assert four.state == ResponseState.ACTIVE
    answer_activation(
        incident=four.incident, level=III, is_approved=True, spoken=spoken(), by=actor(GOVERNMENT), at=NOON
    )
    activate(four.incident)
    four = Response.objects.get(pk=four.pk)
    assert four.state == ResponseState.REPLACED


@pytest.mark.clause(7)
@pytest.mark.parametrize("level", [III, IV])
def test_the_government_takes_over_without_changing_the_incidents_level(level: ResponseLevel) -> None:
    four = active(IV)
    response = take_over(incident=four.incident, level=level, spoken=oral(), by=actor(GOVERNMENT), at=NOON)
    assert (response.track, response.level) == (Track.CITY, level)
    four = Response.objects.get(pk=four.pk)
    assert (four.state, four.incident.confirmed_level) == (ResponseState.REPLACED, "IV")
    assert response.headquarters.body.code == COMMISSION
    assert len(papers_owed(decisions_of(four.incident))) == 1


@pytest.mark.clause(6, 7)
def test_what_is_the_citys_anyway_is_not_taken_over() -> None:
    found, by = assessed(III), actor(GOVERNMENT)
    with refused("level_needs_activation", 409, "6.2"):
        take_over(incident=found, level=III, spoken=spoken(), by=by, at=NOON)


@pytest.mark.clause(123)
def test_below_four_the_county_handles_and_closes_and_may_open_again() -> None:
    found, by = incident(20), actor(f"{YINZHOU}-gov")
    with refused("nothing_handled", 409, "6.2.4"):
        close_handling(incident=found, note="已痊愈", by=by, at=NOON)
    first = record_handling(incident=found, note="现场调查", by=by, at=NOON)
    assert record_handling(incident=found, note="现场调查", by=by, at=NOON) == first
    closed = close_handling(incident=found, note="已痊愈", by=by, at=NOON)
    assert close_handling(incident=found, note="已痊愈", by=by, at=NOON) == closed
    record_handling(incident=found, note="又有一例", by=by, at=NOON)
    assert [one.step for one in decisions_of(found)] == ["act", "close", "act"]


@pytest.mark.clause(123)
def test_at_four_the_countys_discretion_ends() -> None:
    found, by = incident(30), actor(f"{YINZHOU}-gov")
    with refused("not_below", 409, "6.2.4"):
        record_handling(incident=found, note="现场调查", by=by, at=NOON)


ACTS: list[tuple[str, Callable[[Incident, Actor], object]]] = [
    (
        "330212-regulator",
        lambda found, by: weigh_impact(incident=found, impact="a", trend="b", by=by, at=NOON),
    ),
    (OFFICE, lambda found, by: take_over(incident=found, level=IV, spoken=spoken(), by=by, at=NOON)),
    (COMMISSION, lambda found, by: apply_for_activation(incident=found, level=III, note="", by=by, at=NOON)),
    (OFFICE, lambda found, by: record_handling(incident=found, note="a", by=by, at=NOON)),
]


@pytest.mark.clause(46)
@pytest.mark.parametrize(("office", "act"), ACTS)
def test_an_act_of_another_office_is_refused(office: str, act: Callable[[Incident, Actor], object]) -> None:
    found, by = incident(20), actor(office)
    with refused("office_lacks_right", 403, "3.2"):
        act(found, by)
