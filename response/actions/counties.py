"""A county sets its own headquarters up while the city responds (3.5)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import own_county
from accounts.rights import Right
from incidents.models import Incident
from incidents.policies import check_is_open
from plan.levels import ResponseLevel
from response.actions.deciding import lock_whole, tell, watchers
from response.actions.starting import start_response
from response.models import Response, Track
from response.permissions import check_actor_in_county
from response.policies.command import check_can_stand_beside
from response.selectors.command import handling_of
from response.selectors.running import city_response, county_response


@transaction.atomic
def set_up_county_headquarters(*, incident: Incident, by: Actor, at: datetime) -> Response:
    """Turn the county commission into headquarters for its territory beside the city's response (3.5, A29).

    It has a commander, groups and a log of its own, stands at the city's level and ends with it. A second click of the
    same person finds the first. Refused: by another office (403), without a city response or twice (409).
    """
    incident = lock_whole(incident)
    check_actor_in_county(by, Right.ACTIVATE, incident)
    check_is_open(incident)
    county = own_county(by)
    city, own = city_response(incident), county_response(incident, county)
    if own is not None and own.beside_id is not None and own.activated_by == by.ref:
        return own
    harmed = {each.pk for each in handling_of(incident).counties}
    city = check_can_stand_beside(city, own, county.pk if county else 0, harmed)
    response = start_response(
        incident=incident,
        level=ResponseLevel(city.level),
        track=Track.COUNTY,
        county=county,
        beside=city,
        by=by,
        at=at,
    )
    title = _("%s成立县级应急指挥机构") % county
    tell(incident=incident, about=response, title=title, body="", to=watchers(incident), by=by, at=at)
    return response
