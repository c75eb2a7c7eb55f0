"""Who may hold a drill, who may take part, who may see it (预案 9.2)."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Jurisdiction, JurisdictionKind, Organisation
from accounts.permissions import is_city_wide, own_county
from drills.models import Drill
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal
from response.replay.story import Story

# 食品安全监管部门组织: the regulators, and the commission offices they house (A42).
HOLDING = {
    OfficeKind.CITY_REGULATOR: OfficeKind.CITY_REGULATOR,
    OfficeKind.CITY_COMMISSION_OFFICE: OfficeKind.CITY_REGULATOR,
    OfficeKind.COUNTY_REGULATOR: OfficeKind.COUNTY_REGULATOR,
    OfficeKind.COUNTY_COMMISSION_OFFICE: OfficeKind.COUNTY_REGULATOR,
}


def may_hold(actor: Actor) -> bool:
    """Tell whether the actor's office may hold drills."""
    return actor.organisation is not None and OfficeKind(actor.organisation.kind) in HOLDING


def check_actor_may_hold(actor: Actor) -> Organisation:
    """Return the regulator that a drill held by the actor counts for; a refusal (403) for any other office."""
    if actor.organisation is None or not may_hold(actor):
        raise PlanRefusal(
            _("演练由市、区县（市）食品安全监管部门组织，您当前的职务不能组织演练。"),
            clause="9.2",
            code="holds_no_drill",
            status=403,
            next_step=_("请联系本级市场监管局或食药安办。"),
        )
    own = actor.organisation
    kind = HOLDING[OfficeKind(own.kind)]
    return Organisation.objects.select_related("jurisdiction__host").get(
        kind=kind, jurisdiction=own.jurisdiction
    )


def check_actor_may_hold_in(actor: Actor, county: Jurisdiction) -> Organisation:
    """Return the same for a drill that plays in this county; a refusal (403) for a county that is not the office's."""
    holder = check_actor_may_hold(actor)
    if not is_city_wide(actor) and own_county(actor) != county:
        raise PlanRefusal(
            _("区县（市）只能在本行政区域组织演练。"), clause="9.2", code="outside_jurisdiction", status=403
        )
    return holder


def check_actor_directs(actor: Actor, drill: Drill) -> None:
    """Refuse (403) whoever does not direct this drill: only the body that holds it moves its clock."""
    if check_actor_may_hold(actor) != drill.holder:
        raise PlanRefusal(
            _("只有组织本次演练的单位可以控制演练。"), clause="9.2", code="not_the_holder", status=403
        )


def check_actor_may_play(actor: Actor, drill: Drill, story: Story) -> None:
    """Refuse (403) an office that has no part in the script and does not hold the drill."""
    if actor.office not in story.roles and not _holds(actor, drill):
        raise PlanRefusal(
            _("本次演练没有您当前职务所在单位的角色。"),
            clause="9.2",
            code="no_part_in_drill",
            status=403,
            next_step=_("请切换职务，或联系组织单位。"),
        )


def visible_drills(actor: Actor) -> QuerySet[Drill]:
    """Return the drills an office may see: every one for the city, those held or played in its county for a county."""
    if actor.organisation is None:
        return Drill.objects.none()
    if is_city_wide(actor):
        return Drill.objects.all()
    county = own_county(actor)
    return Drill.objects.filter(county=county) if county else Drill.objects.none()


def drill_for(actor: Actor, pk: int) -> Drill:
    """Return the drill of this number; a refusal (404) when there is none or the office may not see it."""
    found = visible_drills(actor).select_related("county", "holder__jurisdiction").filter(pk=pk).first()
    if found is None:
        raise PlanRefusal(
            _("没有这次演练，或不在您单位的管辖范围内。"), clause="9.2", code="no_such_drill", status=404
        )
    return found


def counties_to_play_in(actor: Actor) -> QuerySet[Jurisdiction]:
    """Return where the actor's office may hold a drill."""
    county = own_county(actor)
    own = Q(pk=county.pk) if county else Q(kind=JurisdictionKind.COUNTY)
    return Jurisdiction.objects.filter(own, kind=JurisdictionKind.COUNTY).order_by("code")


def _holds(actor: Actor, drill: Drill) -> bool:
    return may_hold(actor) and check_actor_may_hold(actor) == drill.holder
