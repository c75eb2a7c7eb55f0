"""May this office see, keep or finish an aftermath? Payees may be persons: their names are for those who pay them (7.1)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import actor_has, check_actor_may
from accounts.rights import Right
from aftermath.models import Entry
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from plan.refusal import PlanRefusal


def check_actor_sees(actor: Actor, incident: Incident) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it may read the aftermath of this incident."""
    return check_actor_may_with(actor, Right.SEE_AFTERMATH, incident)


def check_actor_keeps(actor: Actor, incident: Incident) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it settles something of this incident (7.1: 各有关单位)."""
    return check_actor_may_with(actor, Right.KEEP_AFTERMATH, incident)


def check_actor_keeps_insurance(actor: Actor, incident: Incident) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it organises or coordinates insurers (7.1)."""
    return check_actor_may_with(actor, Right.KEEP_INSURANCE, incident)


def check_actor_sees_insurance(actor: Actor, incident: Incident) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it reads the aftermath here, or organises insurers (7.1)."""
    right = Right.SEE_AFTERMATH if actor_has(actor, Right.SEE_AFTERMATH) else Right.KEEP_INSURANCE
    return check_actor_may_with(actor, right, incident)


def sees_names(actor: Actor) -> bool:
    """Tell whether the names of persons among payees and owners are shown: to those who settle with them alone."""
    return actor_has(actor, Right.KEEP_AFTERMATH)


def check_actor_changes(actor: Actor, entry: Entry, in_charge: Iterable[Organisation]) -> None:
    """Raise a refusal (403) unless the entry is the office's own, or the office is the regulator in charge (7.2)."""
    office = check_actor_may(actor, Right.KEEP_INSURANCE)
    if office.pk == entry.organisation_id or office in list(in_charge):
        return
    raise PlanRefusal(
        _("只能由登记单位或负责的食品安全监管部门更正。"),
        clause="7.1",
        code="entry_of_other_office",
        status=403,
        next_step=_("请联系登记单位。"),
    )


def check_actor_finishes(actor: Actor, incident: Incident, in_charge: Iterable[Organisation]) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it is the food-safety regulator in charge (7.2, A53)."""
    office, named = check_actor_keeps(actor, incident), list(in_charge)
    if office in named:
        return office
    raise PlanRefusal(
        _("善后工作结束由负责的食品安全监管部门宣布：%s。") % "、".join(each.name for each in named),
        clause="7.2",
        code="not_the_regulator_in_charge",
        status=403,
        next_step=_("请将情况告知上述部门。"),
    )
