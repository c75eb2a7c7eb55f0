"""May an assessment be asked for or made so? Each check raises the reason and its clause (6.1, 6.4.2)."""

from datetime import datetime

from django.utils.translation import gettext as _

from plan.agents import agents
from plan.refusal import PlanRefusal
from response.models import ConditionReport, DataRequest


def check_request(what: str, due_at: datetime, at: datetime) -> None:
    """Raise a refusal (422) unless a request says what is wanted and until when (6.1)."""
    if not what.strip() or due_at <= at:
        raise PlanRefusal(_("请写明需要的资料和今后的提供时间。"), clause="6.1", code="request_incomplete")


def check_answer(request: DataRequest, answer: str) -> None:
    """Raise a refusal unless the request waits for an answer (409) and gets one in words (422) (6.1)."""
    if request.answered_at is not None:
        raise PlanRefusal(_("这项资料已提供。"), clause="6.1", code="already_answered", status=409)
    if not answer.strip():
        raise PlanRefusal(_("请写明提供的资料。"), clause="6.1", code="answer_without_words")


def check_three_parts(harm: str, extent: str, trend: str) -> None:
    """Raise a refusal (422) unless an assessment has the plan's three parts (6.1)."""
    if not (harm.strip() and extent.strip() and trend.strip()):
        raise PlanRefusal(
            _("评估须写明健康损害后果及严重程度、影响范围及严重程度、发展蔓延趋势。"),
            clause="6.1",
            code="assessment_incomplete",
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
