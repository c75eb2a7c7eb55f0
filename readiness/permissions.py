"""May this office see, keep, use what stands ready here (3.2, 8)? An area is the city or one of its counties."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Jurisdiction, JurisdictionKind, Organisation
from accounts.permissions import actor_has, check_actor_may, is_city_wide, own_county
from accounts.rights import Right
from plan.refusal import PlanRefusal
from readiness.models import SupportRequest
from readiness.register import Register


def visible_areas(actor: Actor) -> QuerySet[Jurisdiction]:
    """Return the areas whose registers the actor's office sees: all for the city, its own and the city's for a county."""
    areas = Jurisdiction.objects.exclude(kind=JurisdictionKind.ZONE).order_by("code")
    if is_city_wide(actor):
        return areas
    own = Q(kind=JurisdictionKind.CITY)
    county = own_county(actor)
    return areas.filter(own if county is None else own | Q(pk=county.pk))


def area_for(actor: Actor, code: str) -> Jurisdiction:
    """Return an area whose registers the actor sees; a refusal (403) without the right, (404) for another's."""
    check_actor_may(actor, Right.SEE_REGISTERS)
    area = visible_areas(actor).filter(code=code).first()
    if area is None:
        raise PlanRefusal(
            _("没有这个区域的登记册，或不在您单位的管辖范围内。"),
            clause="3.2",
            code="area_not_found",
            status=404,
            next_step=_("其他区县（市）的力量由市食药安办协调。"),
        )
    return area


def sees_contacts(actor: Actor) -> bool:
    """Tell whether the actor's office may read who is reached where, in the areas it sees."""
    return actor_has(actor, Right.SEE_CONTACTS)


def keeps(actor: Actor, register: Register, area: Jurisdiction) -> bool:
    """Tell whether the actor's office keeps this register of this area: the city's office the city's, a county's its own."""
    return actor_has(actor, register.right) and is_of(actor, area) and not _is_elsewhere(register, area)


def check_actor_keeps(actor: Actor, register: Register, area: Jurisdiction) -> Organisation:
    """Return the office acted for; a refusal (403) unless it keeps this register of this area (3.2)."""
    office = check_actor_may(actor, register.right)
    if not keeps(actor, register, area):
        raise PlanRefusal(
            _("这份登记册由该区域自己的食药安办或主管部门登记。"),
            clause="3.2",
            code="not_your_register",
            status=403,
            next_step=_("请联系登记单位更正。"),
        )
    return office


def check_actor_in_area(actor: Actor, right: Right, area: Jurisdiction) -> Organisation:
    """Return the office acted for; a refusal (403) unless it has the right and is the city's or of this county."""
    office = check_actor_may(actor, right)
    if not is_city_wide(actor) and not is_of(actor, area):
        raise PlanRefusal(
            _("不在您单位的管辖范围内。"), clause="3.2", code="outside_jurisdiction", status=403
        )
    return office


def concerns(actor: Actor, request: SupportRequest) -> bool:
    """Tell whether an office asked for support or was asked."""
    own = {request.sender_id, request.recipient_id}
    return actor.organisation is not None and actor.organisation.pk in own


def check_actor_answers(actor: Actor, request: SupportRequest) -> None:
    """Raise a refusal (403) unless the request for support is addressed to the actor's office."""
    if actor.organisation is None or actor.organisation.pk != request.recipient_id:
        raise PlanRefusal(
            _("这项请求由%s答复。") % request.recipient.name,
            clause="8",
            code="not_asked",
            status=403,
        )


def is_of(actor: Actor, area: Jurisdiction) -> bool:
    """Tell whether an office belongs to an area itself."""
    county = own_county(actor)
    return county.pk == area.pk if county else is_city_wide(actor) and area.kind == JurisdictionKind.CITY


def _is_elsewhere(register: Register, area: Jurisdiction) -> bool:
    return register.of_city and area.kind != JurisdictionKind.CITY
