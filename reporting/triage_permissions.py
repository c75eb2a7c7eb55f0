"""May this person triage this public report, see it, or learn who sent it?"""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import actor_has, check_actor_may, is_city_wide, own_county
from accounts.rights import Right
from plan.refusal import PlanRefusal
from reporting.models import PublicReport


def listed_reports(actor: Actor) -> QuerySet[PublicReport]:
    """Return the public reports an office may list: its county's and those it passed on; for the city office all."""
    if not actor_has(actor, Right.SEE_TRIAGE):
        return PublicReport.objects.none()
    if is_city_wide(actor):
        return PublicReport.objects.all()
    county = own_county(actor)
    return PublicReport.objects.filter(Q(county=county) | Q(filed_in=county))


def check_actor_can_see(actor: Actor, report: PublicReport) -> Organisation:
    """Raise a refusal (403) unless the actor's office triages the report, or received it first (5.1)."""
    return check_actor_may(actor, Right.TRIAGE, counties={report.county_id, report.filed_in_id})


def check_actor_can_triage(actor: Actor, report: PublicReport) -> Organisation:
    """Raise a refusal (403) unless the actor's office is the regulator of the report's county (5.1(1), (2), (4))."""
    return check_actor_may(actor, Right.TRIAGE, counties={report.county_id})


def check_actor_can_read_contact(actor: Actor, report: PublicReport) -> None:
    """Raise a refusal (403) unless the actor may learn who sent it: of a tip-off, at the office that received it alone (5.1(4))."""
    check_actor_can_see(actor, report)
    county = own_county(actor)
    if not report.is_tip_off and county is not None and county.pk == report.county_id:
        return
    if county is None or county.pk != report.filed_in_id:
        raise PlanRefusal(
            _("举报人的信息不随转办移送。"),
            clause="5.1(4)",
            code="tip_off_author",
            status=403,
            next_step=_("需要核实的，请通过最先接收的监管部门联系举报人。"),
        )
