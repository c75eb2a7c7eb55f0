"""The assessment (6.1): ask departments, assess in three parts, report how the patients are (6.4.2(1))."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from plan.levels import IncidentLevel
from response.actions.deciding import lock_whole, tell, write_down
from response.actions.reopening import flag_condition
from response.models import AssessmentReport, ConditionReport, DataRequest
from response.permissions import check_actor_is
from response.policies.assessment import (
    check_answer,
    check_condition,
    check_conditions_named,
    check_request,
    check_three_parts,
)

# As the column holds it, so that the row is sealed as it is read back.
CENTI = Decimal("0.01")


@transaction.atomic
def request_data(
    *, incident: Incident, department: Organisation, what: str, due_at: datetime, by: Actor, at: datetime
) -> DataRequest:
    """Ask a department for information and papers by a time (6.1). The same request twice is one.

    Refused: by no office that assesses (403), without words or with a time that is past (422).
    """
    incident = lock_whole(incident)
    asker = check_actor_may_with(by, Right.ASSESS, incident)
    check_request(what, due_at, at)
    request, is_new = DataRequest.objects.get_or_create(
        incident=incident,
        department=department,
        what=what,
        answered_at=None,
        defaults={"asker": asker, "asked_by": by.ref, "asked_at": at, "due_at": due_at},
    )
    if is_new:
        payload = {"department": department.code}
        write_down(
            incident=incident, action="response.request_data", subject=request, payload=payload, by=by, at=at
        )
        title = _("请提供事故评估所需的资料")
        body = _("预案6.1：有关部门应当按规定及时提供相关信息和资料。")
        to, link = [department.code], f"/requests/{request.pk}/"
        tell(incident=incident, about=request, title=title, body=body, to=to, link=link, by=by, at=at)
    return request


@transaction.atomic
def answer_data_request(*, request: DataRequest, answer: str, by: Actor, at: datetime) -> DataRequest:
    """Provide what was asked for (6.1). Refused: for another department (403), twice (409), without words (422)."""
    incident = lock_whole(request.incident)
    request = DataRequest.objects.select_for_update().get(pk=request.pk)
    check_actor_is(by, request.department)
    check_answer(request, answer)
    request.answer, request.answered_by, request.answered_at = answer, by.ref, at
    request.save()
    write_down(incident=incident, action="response.answer_data", subject=request, by=by, at=at)
    if request.asker is not None:
        title, to = _("%s已提供评估资料") % request.department.name, [request.asker.code]
        tell(incident=incident, about=request, title=title, body="", to=to, by=by, at=at)
    return request


@transaction.atomic
def write_assessment(
    *,
    incident: Incident,
    harm: str,
    extent: str,
    trend: str,
    present_level: IncidentLevel,
    conditions: Sequence[str] = (),
    expert_opinions: str = "",
    measures: str = "",
    by: Actor,
    at: datetime,
) -> AssessmentReport:
    """Assess an incident in the plan's three parts (6.1, 6.2.4), on what the machine has counted by now.

    present_level: what harm, extent and trend amount to now; the level is fixed by `confirm_on_assessment`, and lowering
    the response looks at this one (A32). conditions: those of 6.4.2 held met, on which an end may be proposed.
    Refused: by no office that assesses (403), without a part, or for a condition that is none (422).
    """
    incident = lock_whole(incident)
    office = check_actor_may_with(by, Right.ASSESS, incident)
    check_three_parts(harm, extent, trend)
    check_conditions_named(conditions)
    report = AssessmentReport.objects.create(
        incident=incident,
        record=incident.assessments.latest("pk"),
        harm=harm,
        extent=extent,
        trend=trend,
        expert_opinions=expert_opinions,
        measures=measures,
        present_level=present_level,
        conditions=list(conditions),
        organisation=office,
        made_by=by.ref,
        made_at=at,
    )
    payload = {
        "assessment": report.record_id,
        "present_level": present_level.value,
        "conditions": report.conditions,
    }
    write_down(
        incident=incident, action="response.write_assessment", rows=[report], payload=payload, by=by, at=at
    )
    return report


@transaction.atomic
def report_condition(  # noqa: PLR0913  each is something 6.4.2(1) asks for
    *,
    incident: Incident,
    as_of: datetime,
    patients: int,
    all_treated: bool,
    in_hospital: int = 0,
    untraced: int = 0,
    stable_since: datetime | None = None,
    last_onset_at: datetime | None = None,
    last_exposure_at: datetime | None = None,
    agent: str = "",
    incubation_h: int | None = None,
    expert: str = "",
    by: Actor,
    at: datetime,
) -> ConditionReport:
    """Report how all patients are (6.4.2(1)); a relapse moves stable_since on, a new case last_onset_at.

    expert: who confirms the table's longest incubation of the agent, or sets another, in hours.
    Refused: without the right (403), for what can't be true (422).
    """
    incident = lock_whole(incident)
    office = check_actor_may_with(by, Right.RECORD_FACT, incident)
    report = ConditionReport(
        incident=incident,
        as_of=as_of,
        patients=patients,
        in_hospital=in_hospital,
        untraced=untraced,
        all_treated=all_treated,
        stable_since=stable_since,
        last_onset_at=last_onset_at,
        last_exposure_at=last_exposure_at,
        agent=agent,
        incubation_h=None if incubation_h is None else Decimal(incubation_h).quantize(CENTI),
        expert=expert,
        organisation=office,
        recorded_by=by.ref,
        recorded_at=at,
    )
    check_condition(report, at)
    report.save(force_insert=True)
    write_down(incident=incident, action="response.report_condition", rows=[report], by=by, at=at)
    flag_condition(incident, report, by, at)
    return report
