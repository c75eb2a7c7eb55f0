"""May an assessment be asked for or made so? Each check raises the reason and its clause (6.1, 6.4.2)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from incidents.models import AssessmentRecord
from plan.agents import agents
from plan.refusal import PlanRefusal
from response.models import AssessmentReport, ConditionReport, DataRequest
from response.policies.termination import CONDITIONS


def check_request(what: str, due_at: datetime, at: datetime) -> None:
    """Raise a refusal (422) unless a request says what is wanted and until when (6.1)."""
    if not what.strip() or due_at <= at:
        raise PlanRefusal(_("请写明需要的资料和今后的提供时间。"), clause="6.1", code="request_incomplete")


def check_is_unanswered(request: DataRequest) -> None:
    """Raise a refusal (409) unless a request waits for an answer (6.1)."""
    if request.answered_at is not None:
        raise PlanRefusal(_("这项资料已提供。"), clause="6.1", code="already_answered", status=409)


def check_answer(request: DataRequest, answer: str) -> None:
    """Raise a refusal unless a request waits for an answer (409) and gets one in words (422) (6.1)."""
    check_is_unanswered(request)
    if not answer.strip():
        raise PlanRefusal(_("请写明提供的资料。"), clause="6.1", code="answer_without_words")


def check_conditions_named(conditions: Sequence[str]) -> None:
    """Raise a refusal (422) if an assessment names a condition that 6.4.2 does not have."""
    if not set(conditions) <= set(CONDITIONS):
        raise PlanRefusal(_("6.4.2只有四项终止条件。"), clause="6.4.2", code="no_such_condition")


def check_three_parts(harm: str, extent: str, trend: str) -> None:
    """Raise a refusal (422) unless an assessment has the plan's three parts (6.1)."""
    if not (harm.strip() and extent.strip() and trend.strip()):
        raise PlanRefusal(
            _("评估须写明健康损害后果及严重程度、影响范围及严重程度、发展蔓延趋势。"),
            clause="6.1",
            code="assessment_incomplete",
        )


def counts_what_stands(report: AssessmentReport, now: AssessmentRecord | None) -> bool:
    """Tell whether an assessment counted the facts that the machine counts now, and no others (6.1)."""
    return now is not None and set(now.fact_ids) == set(report.record.fact_ids)


def check_can_fix_on(
    report: AssessmentReport | None, family: Collection[int], now: AssessmentRecord | None, reason: str
) -> None:
    """Raise a refusal unless a level may be fixed on this assessment: of this incident (422), of the facts as they are (409).

    A reason lets it be fixed on an older one, or before there is one in writing: nothing waits for paper (6.1, A61).
    """
    if report is not None and report.incident_id not in family:
        raise PlanRefusal(_("所选评估不是这起事故的。"), clause="6.1", code="assessment_of_another_incident")
    if reason.strip():
        return
    if report is None:
        raise PlanRefusal(
            _("级别根据评估情况核定：请选定所依据的评估，尚无书面评估的写明理由。"),
            clause="6.1",
            code="fixed_without_assessment",
            next_step=_("请先在“应急响应”页作出评估；来不及的写明理由，评估后补。"),
        )
    if not counts_what_stands(report, now):
        raise PlanRefusal(
            _("所选评估作出后，计入的事实又有变化。"),
            clause="6.1",
            code="assessment_older_than_facts",
            status=409,
            next_step=_("请按现在的事实重新评估，或写明仍据以核定的理由。"),
        )


def check_condition(report: ConditionReport, at: datetime) -> None:
    """Raise a refusal (422) unless a report on the patients can be true (6.4.2(1))."""
    moments = (report.as_of, report.stable_since, report.last_onset_at, report.last_exposure_at)
    if any(moment is not None and moment > at for moment in moments):
        raise PlanRefusal(_("时间不能晚于现在。"), clause="6.4.2(1)", code="time_in_future")
    if max(report.in_hospital, report.untraced) > report.patients:
        raise PlanRefusal(
            _("在院和失去联系的人数不能多于患者人数。"), clause="6.4.2(1)", code="patients_do_not_add_up"
        )
    if report.agent and report.agent not in agents():
        raise PlanRefusal(_("没有这种致病因子的代码。"), clause="6.4.2(1)", code="agent_unknown")
    if report.incubation_h is not None and (report.incubation_h <= 0 or not report.expert.strip()):
        raise PlanRefusal(
            _("另定最长潜伏期的，须写明作出判断的专家和时数。"),
            clause="6.4.2(1)",
            code="incubation_without_expert",
        )
