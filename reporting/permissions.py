"""May this person do this to a report's delivery or a bearer?"""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import actor_has, check_actor_may, own_county
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with, involved_counties
from plan.offices import OUTSIDE, OfficeKind
from plan.refusal import PlanRefusal
from reporting.models import Report


def check_actor_can_withdraw(actor: Actor, report: Report) -> None:
    """Raise a refusal (403) unless the actor is of the office whose report it is (5.1)."""
    if actor.organisation is None or actor.organisation.pk != report.organisation_id:
        raise PlanRefusal(_("报告只能由报出单位撤回。"), clause="5.1", code="not_the_reporter", status=403)


def check_actor_can_record_delivery(
    actor: Actor, *incidents: Incident, bearer: Organisation, recipient: Organisation
) -> None:
    """Raise a refusal (403) unless the actor is of the side that reported or of the office that received (A18, A50).

    For a county government its own office, the county food-safety office and the county regulator may speak; for an
    operator or a unit, which have no place here, and a hospital that reports by phone, the desks that take its report. A
    receipt that counts for several incidents since a split (A56) is the matter of each.
    """
    counties = {pk for incident in incidents for pk in involved_counties(incident)}
    check_actor_may(actor, Right.RECORD_DELIVERY, counties=counties)
    if actor.organisation in {bearer, recipient}:
        return
    is_written_down = bearer.kind in OUTSIDE or bearer.kind == OfficeKind.HOSPITAL
    if is_written_down and actor_has(actor, Right.FILE_REPORT):
        return
    if speaks_for(actor, bearer):
        return
    raise PlanRefusal(
        _("报告的送达只能由报告一方或接收单位登记。"),
        clause="5.1(8)",
        code="not_a_side_of_the_report",
        status=403,
        next_step=_("请由报告单位（区县政府可由县级食药安办、监管部门代为登记）或接收单位登记。"),
    )


def check_actor_records_deliveries(actor: Actor, incident: Incident) -> None:
    """Raise a refusal (403) unless the actor's office writes down, in this incident, who was told (5.1(8), A50)."""
    check_actor_may_with(actor, Right.RECORD_DELIVERY, incident)


def check_actor_keeps_calendar(actor: Actor) -> None:
    """Raise a refusal (403) unless the actor's office keeps the calendar of important events (A22)."""
    check_actor_may(actor, Right.KEEP_CALENDAR)


def speaks_for(actor: Actor, bearer: Organisation) -> bool:
    """Say whether the actor's office is the bearer, or one of the county that acts for its government (A50)."""
    county = own_county(actor)
    return actor.organisation == bearer or (
        bearer.kind == OfficeKind.COUNTY_GOVERNMENT
        and county is not None
        and bearer.jurisdiction_id == county.pk
    )


def check_actor_speaks_for_recipient(actor: Actor, recipient: Organisation) -> None:
    """Raise a refusal (403) unless the actor's office is the recipient itself or 市食药安办 (A54)."""
    if actor.organisation == recipient or actor_has(actor, Right.KEEP_CALENDAR):
        return
    raise PlanRefusal(
        _("接收单位的紧急信息渠道由该单位或市食药安办办理。"),
        clause="5.1(8)",
        code="not_the_recipient",
        status=403,
        next_step=_("请联系%s或市食药安办。") % recipient.name,
    )


def check_actor_can_name_bearers(actor: Actor, incident: Incident) -> None:
    """Raise a refusal (403) unless the actor's office chooses the city units concerned (A21)."""
    check_actor_may_with(actor, Right.NAME_BEARERS, incident)


def check_actor_can_record_operator(actor: Actor, incident: Incident) -> None:
    """Raise a refusal (403) unless the actor's desk takes the reports of operators and units (5.1(1), 5.1(2))."""
    check_actor_may_with(actor, Right.FILE_REPORT, incident)


def check_actor_speaks_for(actor: Actor, incident: Incident, office: Organisation) -> None:
    """Raise a refusal (403) unless the actor is of this office, or of a desk that writes down what others do (5.1(6))."""
    check_actor_may_with(actor, Right.SEE_INCIDENTS, incident)
    if actor.organisation == office or actor_has(actor, Right.FILE_REPORT):
        return
    raise PlanRefusal(
        _("只能登记本单位的通报、核实和转送。"),
        clause="5.1(6)",
        code="speaks_for_another",
        status=403,
        next_step=_("请由%s登记，或请食品安全监管部门代为登记。") % office.name,
    )


def check_actor_can_review_leap(actor: Actor) -> None:
    """Raise a refusal (403) unless the actor's office looks at leaps on grounds the plan doesn't name (A25)."""
    check_actor_may(actor, Right.NAME_BEARERS)
