"""May the response end on these conditions now? Each check raises the reason and its clause (6.4.2)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from plan.recovery import Judgement, Recovery
from plan.refusal import PlanRefusal
from plan.termination import TERMINATION_CONDITIONS, Finding, TerminationCondition
from response.models import AssessmentReport, MeasureRecord

CLAUSE = "6.4.2"
NOT_AN_INCIDENT = "6.4.2(4)"
CLEANED = "6.4.2(2)"
PATIENTS = "6.4.2(1)"
# What a proposal keeps beside the findings: who takes over, and test reports of elsewhere.
HANDED_TO, OUTSIDE = "handed_to", "outside"
CONDITIONS: dict[str, TerminationCondition] = {each.clause: each for each in TERMINATION_CONDITIONS}


def check_assessed(report: AssessmentReport | None, *, started_at: datetime) -> AssessmentReport:
    """Return the assessment an end may be proposed on (6.4.2: 评估认为符合下列响应终止条件之一时, A33).

    A refusal unless there is one (422), made since the response started, that names a condition (409).
    """
    if report is None:
        raise PlanRefusal(
            _("终止建议须以评估为依据。"),
            clause=CLAUSE,
            code="not_assessed",
            next_step=_("请先按6.1作出评估。"),
        )
    if report.made_at < started_at:
        raise PlanRefusal(
            _("现有评估作出于响应启动之前，不能作为终止的依据。"),
            clause=CLAUSE,
            code="assessed_before_response",
            status=409,
            next_step=_("请按6.1就现在的危害、范围和趋势重新评估。"),
        )
    if not report.conditions:
        raise PlanRefusal(
            _("现行评估没有指明符合哪一项终止条件。"),
            clause=CLAUSE,
            code="assessment_names_no_condition",
            status=409,
            next_step=_("请重新评估，并指明符合6.4.2的哪一项。"),
        )
    return report


def check_proposal(
    conditions: Sequence[str], findings: Mapping[Finding, str], report: AssessmentReport
) -> None:
    """Raise a refusal unless a condition is named, and every finding it consists of is signed (422) (6.4.2, A33).

    Each must be one that the assessment names (409). The findings of 6.4.2(1) are computed, not signed.
    """
    if not conditions or not set(conditions) <= set(CONDITIONS):
        raise PlanRefusal(_("请指明符合四项终止条件中的哪一项。"), clause=CLAUSE, code="no_condition_named")
    check_named(conditions, report)
    for name in conditions:
        condition = CONDITIONS[name]
        if condition.needs_patients:
            continue
        lacking = [each.label_zh for each in condition.findings if not findings.get(each, "").strip()]
        if lacking:
            raise PlanRefusal(_("尚缺认定：%s。") % "、".join(lacking), clause=name, code="finding_missing")


def check_named(conditions: Sequence[str], report: AssessmentReport | None) -> None:
    """Raise a refusal (409) unless the current assessment holds each of these conditions met (6.4.2)."""
    held = report.conditions if report is not None else []
    unassessed = [name for name in conditions if name not in held]
    if unassessed:
        raise PlanRefusal(
            _("现行评估没有认为符合%s。") % "、".join(unassessed),
            clause=unassessed[0],
            code="condition_not_assessed",
            status=409,
            next_step=_("有依据的，请按6.1重新评估并指明。"),
        )


def check_handed_over(conditions: Sequence[str], handed_to: str) -> None:
    """Raise a refusal (422) unless what is no food-safety incident is handed to somebody (6.4.2(4))."""
    if NOT_AN_INCIDENT in conditions and not handed_to.strip():
        raise PlanRefusal(_("请写明移交给哪个部门。"), clause=NOT_AN_INCIDENT, code="handed_to_nobody")


def check_results(
    conditions: Sequence[str], results: Sequence[MeasureRecord], outside: str, on_record: Collection[int]
) -> None:
    """Raise a refusal (422) unless 6.4.2(2) rests on test results: of the record, or of elsewhere in words that say whose."""
    if {each.pk for each in results} - set(on_record):
        raise PlanRefusal(_("所选记录不是这起事故现行的检验结果。"), clause=CLEANED, code="not_a_result")
    if CLEANED in conditions and not results and not outside.strip():
        raise PlanRefusal(
            _("“符合相关标准”须以检验结果为据。"),
            clause=CLEANED,
            code="no_test_report",
            next_step=_("请选定登记在案的检验结果；报告来自系统以外的，写明出具单位和报告编号。"),
        )


def check_conditions_met(
    conditions: Collection[str], recovery: Judgement, in_hospital: int, note: str
) -> None:
    """Raise a refusal unless every condition named is met now; (2) or (3) with patients in hospital need reasons (A33)."""
    others = [name for name in conditions if not CONDITIONS[name].needs_patients]
    if others and in_hospital and not note.strip() and NOT_AN_INCIDENT not in others:
        raise PlanRefusal(
            _("仍有%s名患者在院，须写明终止的理由。") % in_hospital,
            clause=others[0],
            code="patients_in_hospital",
        )
    check_computed(conditions, recovery)


def check_computed(conditions: Collection[str], recovery: Judgement) -> None:
    """Raise a refusal (409) while 6.4.2(1), where it is named, is not met or can't be judged (A33)."""
    if recovery.state == Recovery.MET or PATIENTS not in conditions:
        return
    raise PlanRefusal(
        _("尚不符合6.4.2(1)：%s。")
        % "、".join([*recovery.reasons_zh, *(each.label_zh for each in recovery.missing)] or [_("无患者")]),
        clause=PATIENTS,
        code=f"patients_{recovery.state.value}",
        status=409,
        next_step=_("请更新患者情况；不适用的，可按6.4.2(2)或(3)认定。"),
    )
