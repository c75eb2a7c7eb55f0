"""May this actor? One check for every page, list, API call and live event."""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Jurisdiction, JurisdictionKind, Organisation
from accounts.rights import RIGHTS, Right
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal


def actor_has(actor: Actor, right: Right) -> bool:
    """Tell whether the actor's office carries the right at all, whatever the place."""
    if actor.organisation is None:
        return False
    return right in RIGHTS.get(OfficeKind(actor.organisation.kind), frozenset())


def is_city_wide(actor: Actor) -> bool:
    """Tell whether the actor's office reaches over every county."""
    organisation = actor.organisation
    return (
        organisation is not None
        and organisation.jurisdiction.kind == JurisdictionKind.CITY
        and organisation.kind != OfficeKind.HOSPITAL
    )


def own_county(actor: Actor) -> Jurisdiction | None:
    """Return the county the actor's office belongs to, or None for a city office and for nobody."""
    if actor.organisation is None or actor.organisation.jurisdiction.kind == JurisdictionKind.CITY:
        return None
    return actor.organisation.jurisdiction.county


def check_actor_may(actor: Actor, right: Right, *, counties: set[int] | None = None) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it carries the right in one of these counties.

    `counties` are ids of counties the matter concerns; None asks for the right itself.
    """
    organisation = actor.organisation
    if organisation is None or not actor_has(actor, right):
        raise PlanRefusal(
            _("您当前的职务没有此项权限。"),
            clause="3.2",
            code="office_lacks_right",
            status=403,
            next_step=_("请切换到有此权限的职务，或联系本单位管理员。"),
        )
    if counties is None or is_city_wide(actor):
        return organisation
    county = own_county(actor)
    if county is None or county.pk not in counties:
        raise PlanRefusal(
            _("该事故不在您单位的管辖范围内。"),
            clause="5.1(7)",
            code="outside_jurisdiction",
            status=403,
            next_step=_("请向事发地区县（市）食品安全监管部门通报。"),
        )
    return organisation
