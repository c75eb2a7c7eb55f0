"""May this actor take this step of a response? Rights say which office; here it is held against the incident and the person."""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import is_city_wide, own_county
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from plan.refusal import PlanRefusal
from response.models import Response, Track


def check_actor_may_on(actor: Actor, right: Right, response: Response) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it has the right and the response is its own (A15).

    The city's offices act on the city's response, a county's on that county's.
    """
    office = check_actor_may_with(actor, right, response.incident)
    is_own = is_city_wide(actor) if response.track == Track.CITY else own_county(actor) == response.county
    if not is_own:
        raise PlanRefusal(
            _("这是%s的应急响应，由其指挥机构办理。")
            % (response.county.name if response.county else _("市级")),
            clause="3.5",
            code="response_of_another_track",
            status=403,
        )
    return office


def check_actor_in_city(actor: Actor, right: Right, incident: Incident) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it is a city office with the right (6.2.1–6.2.3)."""
    office = check_actor_may_with(actor, right, incident)
    if not is_city_wide(actor):
        raise PlanRefusal(
            _("区县（市）不能启动或批准Ⅲ级及以上应急响应。"),
            clause="6.2.3",
            code="county_may_not",
            status=403,
            next_step=_("请报市食药安办。"),
        )
    return office


def check_actor_in_county(actor: Actor, right: Right, incident: Incident) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it is an office of a county concerned (6.2.4)."""
    office = check_actor_may_with(actor, right, incident)
    if is_city_wide(actor):
        raise PlanRefusal(
            _("Ⅳ级应急响应和县级酌情处置由事发地区县（市）办理。"),
            clause="6.2.4",
            code="city_may_not",
            status=403,
        )
    return office
