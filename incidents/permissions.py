"""May this actor do this to this incident?"""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import actor_has, check_actor_may, is_city_wide
from accounts.rights import Right
from incidents.models import FactKind, Incident, InvolvedCounty
from plan.levels import IncidentLevel
from plan.refusal import PlanRefusal

# A finding of a named official, not a number: only an office that fixes levels records it (A10, A13).
FINDINGS = frozenset(
    {
        FactKind.DETERMINATION,
        FactKind.ASSESSED_PARTICULARLY_SERIOUS,
        FactKind.ASSESSED_POSSIBLE_SERIOUS,
        FactKind.NOVEL_CONTAMINANT,
    }
)


def involved_counties(incident: Incident) -> set[int]:
    """Return the ids of the counties an incident concerns."""
    return set(InvolvedCounty.objects.filter(incident=incident).values_list("county", flat=True))


def check_actor_may_with(actor: Actor, right: Right, incident: Incident) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it carries the right in a county concerned."""
    return check_actor_may(actor, right, counties=involved_counties(incident))


def check_actor_can_record(actor: Actor, incident: Incident, kind: str) -> None:
    """Raise a refusal (403) unless the actor may record or correct a fact of this kind."""
    check_actor_may_with(actor, Right.RECORD_FACT, incident)
    check_office_makes_findings(actor, kind)


def check_office_makes_findings(actor: Actor, kind: str) -> None:
    """Raise a refusal (403) if the fact is a finding and the actor's office makes none (6.1, A10, A13)."""
    if kind in FINDINGS and not actor_has(actor, Right.CONFIRM_LEVEL):
        raise PlanRefusal(
            _("评估结论和政府认定由市食药安办或县级食药安办登记。"),
            clause="6.1",
            code="finding_needs_office",
            status=403,
            next_step=_("请将材料报市食药安办或县级食药安办。"),
        )


def check_office_fixes(actor: Actor, incident: Incident, level: IncidentLevel) -> None:
    """Raise a refusal (403) unless the actor's office fixes this level: a county office Ⅳ and below alone (6.1, 6.2.4)."""
    fixed = IncidentLevel(incident.confirmed_level or IncidentLevel.BELOW)
    if is_city_wide(actor) or not (level.at_least(IncidentLevel.III) or fixed.at_least(IncidentLevel.III)):
        return
    raise PlanRefusal(
        _("较大及以上级别由市食药安办核定。"),
        clause="6.1",
        code="level_fixed_by_city",
        status=403,
        next_step=_("请将评估材料报市食药安办；5.1(8)的报告时限不等核定。"),
    )
