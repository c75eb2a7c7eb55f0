"""May this be done to an accountability file now? (3.4.1, 7.3)"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Organisation
from plan.accountability import NEXT_STEPS, REFERRALS, STEPS_WITH_REASON, ReferralKind, ReferralStep
from plan.refusal import PlanRefusal
from reporting.clocks import to_minute
from response.models import AccountabilityClosing, AccountabilityDecision, AccountabilityEntry, Referral


def refused(message: str, code: str, *, status: int = 422, next_step: str = "") -> PlanRefusal:
    """Return a refusal of 7.3."""
    return PlanRefusal(message, clause="7.3", code=code, status=status, next_step=next_step)


def check_is_file(entry: AccountabilityEntry) -> None:
    """Raise a refusal (404) unless a file was opened: a suspicion that was dismissed is none."""
    if entry.decision != AccountabilityDecision.OPENED:
        raise file_not_found()


def file_not_found() -> PlanRefusal:
    """Return the refusal (404) that reads the same for no file and for another office's."""
    return refused(
        _("没有由您单位办理的这份追责档案。"),
        "file_not_found",
        status=404,
        next_step=_("请从责任追究线索列表进入。"),
    )


def check_is_open(entry: AccountabilityEntry) -> None:
    """Raise a refusal (409) once a file is closed."""
    if AccountabilityClosing.objects.filter(entry=entry).exists():
        raise refused(
            _("这份档案已经办结。"),
            "file_closed",
            status=409,
            next_step=_("有新依据的，另行立案并写明理由。"),
        )


def check_is_on_record(*, is_found: bool) -> None:
    """Raise a refusal (422) unless what is to be linked stands in the evidence log of the file's own incident."""
    if not is_found:
        raise refused(
            _("所选记录不在这起事故的存证记录中。"),
            "evidence_not_of_incident",
            next_step=_("请从列出的记录中选择。"),
        )


def check_question(question: str, due_at: datetime, at: datetime) -> None:
    """Raise a refusal (422) unless it is said what the unit is asked, and by a time still to come (A58)."""
    if not question.strip():
        raise refused(_("请写明要求说明的事项。"), "question_missing")
    if to_minute(due_at) <= to_minute(at):
        raise refused(
            _("答复时间须晚于现在。"),
            "answer_due_in_past",
            next_step=_("预案没有规定时数，由办理单位确定合理的答复时间。"),
        )


def check_is_accused(office: Organisation | None, accused: Organisation) -> Organisation:
    """Return the organisation acted for; a refusal (404) unless it is the one that was asked."""
    if office is None or office.pk != accused.pk:
        raise refused(
            _("没有要求您单位说明的这一事项。"),
            "question_not_found",
            status=404,
            next_step=_("请从消息或待办事项进入。"),
        )
    return office


def check_answer_to(*, is_answered: bool, answer: str) -> None:
    """Raise a refusal for a second answer to one question (409) or an empty one (422)."""
    if is_answered:
        raise refused(
            _("这一事项已经答复。"),
            "question_answered",
            status=409,
            next_step=_("需要补充的，由办理单位再次要求说明。"),
        )
    if not answer.strip():
        raise refused(_("请填写说明。"), "answer_missing")


def check_source(source: str, answered_at: datetime, asked_at: datetime, at: datetime) -> None:
    """Raise a refusal (422) unless an answer entered for the unit says how it was received, and when (7.3)."""
    if not source.strip():
        raise refused(
            _("代为登记的，须写明说明的来源。"),
            "answer_without_source",
            next_step=_("例如：来函文号、谈话笔录及日期。"),
        )
    if answered_at > at:
        raise refused(_("时间不能晚于现在。"), "answer_in_future")
    if to_minute(answered_at) < to_minute(asked_at):
        raise refused(_("答复时间不能早于要求说明的时间。"), "answer_before_question")


def check_kind(kind: str) -> ReferralKind:
    """Return the plan's words on a kind of referral; a refusal (422) for one it doesn't know."""
    if kind not in REFERRALS:
        raise refused(_("请选择移送事由。"), "referral_kind_unknown")
    return REFERRALS[kind]


def check_reaches(kind: ReferralKind, accused: Organisation) -> None:
    """Raise a refusal (422) where the plan's words on a referral speak of other bodies than this one (3.4.1)."""
    if accused.kind in kind.silent_on:
        raise PlanRefusal(
            _("这一移送事由针对行政机关、监管部门或者其他机关的工作人员，被追究单位不属于此列。"),
            clause=kind.clauses[0],
            code="ground_not_of_accused",
            next_step=_("请选择其他移送事由；涉及监管部门的，以该部门另行立案。"),
        )


def check_conjuncts(kind: ReferralKind, said: Mapping[str, str]) -> None:
    """Raise a refusal (422) unless each thing that the plan makes a condition is set down on its own (3.4.1, 7.3)."""
    lacking = [label for name, label in kind.conjuncts if not said.get(name, "").strip()]
    if lacking:
        raise PlanRefusal(
            _("移送须分别写明：%s。") % "；".join(lacking),
            clause=kind.clauses[0],
            code="conjunct_missing",
            next_step=_("只写记录和证据显示的情况，是否属实由受移送机关认定。"),
        )


def check_addressee(addressee: str) -> None:
    """Raise a refusal (422) unless the organ is named."""
    if not addressee.strip():
        raise PlanRefusal(_("请写明受移送机关的名称。"), clause="3.4.1", code="addressee_missing")


def check_step(standing: str, step: ReferralStep) -> None:
    """Raise a refusal (409) unless this step may follow the one a referral stands at."""
    if step not in NEXT_STEPS[standing]:
        raise refused(
            _("移送现为“%(standing)s”，不能登记为“%(step)s”。")
            % {
                "standing": ReferralStep(standing).label_zh if standing else _("已拟制，尚未送出"),
                "step": step.label_zh,
            },
            "referral_step_out_of_order",
            status=409,
            next_step=_("请按实际进展依次登记。"),
        )


def check_step_is_said(
    step: ReferralStep, *, reason: str, proof: str, happened_at: datetime, since: datetime, at: datetime
) -> None:
    """Raise a refusal (422) unless a step has its time, its proof where it left the house, its reason where it was a no."""
    if step in STEPS_WITH_REASON and not reason.strip():
        raise refused(_("请写明理由。"), "referral_step_without_reason")
    if step is not ReferralStep.VOID and not proof.strip():
        raise refused(
            _("请写明凭据：送出方式，或对方签收人、回执文号。"),
            "referral_step_without_proof",
        )
    if happened_at > at:
        raise refused(_("时间不能晚于现在。"), "referral_step_in_future")
    if to_minute(happened_at) < to_minute(since):
        raise refused(_("时间不能早于上一步。"), "referral_step_before_last")


def check_outcome(said: Collection[str], *, is_past: bool) -> None:
    """Raise a refusal (422) unless an outcome names the body that decided, its document's number and what it says."""
    if not all(one.strip() for one in said):
        raise refused(
            _("请写明作出处理的机关、文号和处理结果。"),
            "outcome_without_source",
            next_step=_("系统和本单位不作出处理结论，只登记有权机关的文件。"),
        )
    if not is_past:
        raise refused(_("作出日期不能晚于今天。"), "outcome_in_future")


def check_outcome_of(entry: AccountabilityEntry, referral: Referral | None, standing: str) -> None:
    """Raise a refusal for an outcome of another file's referral (422), or of one that never left the house (409)."""
    if referral is None:
        return
    if referral.entry_id != entry.pk:
        raise refused(_("所选移送不属于这份档案。"), "referral_of_another_file")
    if not standing or standing == ReferralStep.VOID:
        raise refused(_("这项移送没有送出，不会有处理结果。"), "referral_was_not_sent", status=409)


def check_can_close(*, has_outcome: bool, reason: str) -> None:
    """Raise a refusal (422) unless a file that is closed has an outcome on record, or it is said why not (7.3)."""
    if not has_outcome and not reason.strip():
        raise refused(
            _("尚未登记处理结果：请先登记有权机关的处理结果，或写明办结理由。"),
            "closed_without_ground",
        )
