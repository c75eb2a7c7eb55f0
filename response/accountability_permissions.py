"""Which office deals with a suspicion, and so alone may see it (7.3): decided here and nowhere else."""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from plan.offices import OUTSIDE, OfficeKind
from plan.refusal import PlanRefusal

# Whom a county's office may hold to account: those that are no authority.
BELOW_AUTHORITIES = OUTSIDE | {OfficeKind.HOSPITAL}


def is_in_charge_of(office: Organisation, accused: Organisation) -> bool:
    """Tell whether an office deals with suspicions against another, never against itself or the house it sits in (7.3).

    Authorities of one county speak for one another (A50), so that none of them judges another: the city's office does.
    """
    is_own_house = accused.houses_id is not None or accused.kind == OfficeKind.CITY_COMMISSION_OFFICE
    if office.kind == OfficeKind.CITY_COMMISSION_OFFICE:
        return not is_own_house
    if office.kind == OfficeKind.COUNTY_COMMISSION_OFFICE:
        return accused.kind in BELOW_AUTHORITIES and accused.jurisdiction.county == office.jurisdiction.county
    return office.kind == OfficeKind.CITY_GOVERNMENT and is_own_house


def check_actor_in_charge_of(actor: Actor, accused: Organisation, incident: Incident) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it is in charge of suspicions against this one (7.3)."""
    office = check_actor_may_with(actor, Right.KEEP_ACCOUNTABILITY, incident)
    if is_in_charge_of(office, accused):
        return office
    raise PlanRefusal(
        _("对%s的责任追究线索不由您单位处理。") % accused.name,
        clause="7.3",
        code="not_in_charge",
        status=403,
        next_step=_("市、县级单位的线索由市食药安办处理；市食药安办及其所在单位的由市政府处理。"),
    )
