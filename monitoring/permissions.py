"""May this person see it, enter it, warn of it? (4.1, 4.2, A44)"""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Jurisdiction, JurisdictionKind, Organisation
from accounts.permissions import actor_has, check_actor_may, is_city_wide, own_county
from accounts.rights import Right
from monitoring.models import FoodWarning, Hazard, Observation, WarningState
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal
from response.selectors.measures import stage_regulators

REGULATORS = frozenset({OfficeKind.CITY_REGULATOR, OfficeKind.COUNTY_REGULATOR})
HEALTH = frozenset({OfficeKind.CITY_HEALTH, OfficeKind.COUNTY_HEALTH})


def in_reach(actor: Actor, path: str = "area") -> Q:
    """Return the condition that something lies where the actor's office watches: everywhere for the city's (4.1(b))."""
    if is_city_wide(actor):
        # Not an empty condition: joined with another by "or" that would say nothing.
        return Q(**{f"{path}__isnull": False})
    county = own_county(actor)
    return (
        Q(**{path: county}) | Q(**{f"{path}__host": county}) | Q(**{f"{path}__kind": JurisdictionKind.CITY})
    )


def visible_observations(actor: Actor) -> QuerySet[Observation]:
    """Return the standing observations an office may see; what was corrected is left out."""
    if not actor_has(actor, Right.MONITOR):
        return Observation.objects.none()
    return Observation.objects.filter(in_reach(actor), corrected_by__isnull=True)


def visible_hazards(actor: Actor) -> QuerySet[Hazard]:
    """Return the hazards an office may see: of its own area, and those it was told of (4.1(f))."""
    if actor.organisation is None:
        return Hazard.objects.none()
    told = Q(acts__recipient=actor.organisation)
    mine = in_reach(actor) if actor_has(actor, Right.MONITOR) else Q(pk__in=())
    return Hazard.objects.filter(mine | told).distinct()


def visible_warnings(actor: Actor) -> QuerySet[FoodWarning]:
    """Return the warnings an office may see: those it issues, those sent to it, for the city's that watch all (4.2)."""
    office = actor.organisation
    if office is None:
        return FoodWarning.objects.none()
    issues = Q(drafts__issuers__contains=[office.code])
    sent = Q(bulletins__content__departments__contains=[office.code])
    watches = is_city_wide(actor) and actor_has(actor, Right.MONITOR)
    issued = Q(state__in=[WarningState.IN_FORCE, WarningState.LIFTED]) if watches else Q(pk__in=())
    return FoodWarning.objects.filter(issues | sent | issued).distinct()


def observation_for(actor: Actor, pk: int) -> Observation | None:
    """Return the observation that a hazard is found by, if the actor may see it."""
    return visible_observations(actor).filter(pk=pk).first()


def hazard_for(actor: Actor, pk: int) -> Hazard:
    """Return a hazard; a refusal (404) when there is none or the actor may not see it."""
    rows = visible_hazards(actor).select_related("area__host", "organisation", "observation", "signal")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise _nothing(_("没有这条隐患，或不在您单位的管辖范围内。"), "hazard_not_found", "4.1")
    return found


def warning_for(actor: Actor, pk: int) -> FoodWarning:
    """Return a warning; a refusal (404) when there is none or the actor may not see it."""
    rows = visible_warnings(actor).select_related("organisation__jurisdiction__host", "hazard", "signal")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise _nothing(_("没有这条预警，或没有发给您单位。"), "warning_not_found", "4.2.1")
    return found


def check_actor_can_monitor(actor: Actor, area: Jurisdiction) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it watches this area (4.1)."""
    office = check_actor_may(actor, Right.MONITOR)
    county = own_county(actor)
    if is_city_wide(actor) or (area.kind != JurisdictionKind.CITY and area.county == county):
        return office
    raise PlanRefusal(
        _("%s不在您单位的管辖范围内。") % area.name,
        clause="4.1",
        code="area_out_of_reach",
        status=403,
        next_step=_("请告知该地的食品安全监管部门，由其登记。"),
    )


def is_regulator(office: Organisation) -> bool:
    """Tell whether an organisation is a 食品安全监管部门: the market regulators, and those of a stage (3.4.2, A44)."""
    return office.kind in REGULATORS or office in stage_regulators().values()


def regulators() -> list[Organisation]:
    """Return every body that may issue a warning, the city's first (4.2.1, A44)."""
    stages = {each.pk for each in stage_regulators().values()}
    rows = Organisation.objects.filter(Q(kind__in=REGULATORS) | Q(pk__in=stages))
    return list(rows.select_related("jurisdiction__host").order_by("jurisdiction__code", "pk"))


def check_actor_can_warn(actor: Actor) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it is a 食品安全监管部门 (4.2.1, A44)."""
    office = check_actor_may(actor, Right.MONITOR)
    if is_regulator(office):
        return office
    raise PlanRefusal(
        _("预警由食品安全监管部门发布。"),
        clause="4.2.1",
        code="not_a_regulator",
        status=403,
        next_step=_("请把隐患或问题通报有关食品安全监管部门。"),
    )


def check_actor_issues(actor: Actor, issuers: Collection[str]) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it is one of the issuers (4.2.2)."""
    office = check_actor_can_warn(actor)
    if office.code in issuers:
        return office
    raise PlanRefusal(
        _("更新和解除由发布预警的部门办理。"),
        clause="4.2.2",
        code="not_the_issuer",
        status=403,
        next_step=_("请把情况告知发布部门。"),
    )


def _nothing(message: str, code: str, clause: str) -> PlanRefusal:
    return PlanRefusal(message, clause=clause, code=code, status=404, next_step=_("请从“监测预警”页面进入。"))
