"""May the response end on these conditions now? Each check raises the reason and its clause (6.4.2)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from plan.recovery import Judgement, Recovery
from plan.refusal import PlanRefusal
from plan.termination import TERMINATION_CONDITIONS, Finding, TerminationCondition
from response.models import AssessmentReport

CLAUSE = "6.4.2"
NOT_AN_INCIDENT = "6.4.2(4)"
CONDITIONS: dict[str, TerminationCondition] = {each.clause: each for each in TERMINATION_CONDITIONS}


def check_assessed(report: AssessmentReport | None, *, started_at: datetime) -> None:
    """Raise a refusal unless there is an assessment (422) made since the response started (409) (6.4.2, A33)."""
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


def check_proposal(conditions: Sequence[str], findings: Mapping[Finding, str]) -> None:
    """Raise a refusal (422) unless a condition is named and every finding it consists of is signed (6.4.2, A33).

    Those of 6.4.2(1) are computed, not signed.
    """
    if not conditions or not set(conditions) <= set(CONDITIONS):
        raise PlanRefusal(_("请指明符合四项终止条件中的哪一项。"), clause=CLAUSE, code="no_condition_named")
    for name in conditions:
        condition = CONDITIONS[name]
        if condition.needs_patients:
            continue
        lacking = [each.label_zh for each in condition.findings if not findings.get(each, "").strip()]
        if lacking:
            raise PlanRefusal(_("尚缺认定：%s。") % "、".join(lacking), clause=name, code="finding_missing")


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
    if len(others) < len(conditions):
        _check_patients(recovery)


def _check_patients(recovery: Judgement) -> None:
    if recovery.state == Recovery.MET:
        return
    raise PlanRefusal(
        _("尚不符合6.4.2(1)：%s。")
        % "、".join([*recovery.reasons_zh, *(each.label_zh for each in recovery.missing)] or [_("无患者")]),
        clause="6.4.2(1)",
        code=f"patients_{recovery.state.value}",
        status=409,
        next_step=_("请更新患者情况；不适用的，可按6.4.2(2)或(3)认定。"),
    )
