"""May this happen now to a paper, a team or an improvement of 7.2? Each check raises its reason."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import Organisation
from plan.investigation import INVESTIGATIONS
from plan.levels import IncidentLevel
from plan.papers import CLAUSE, PAPERS, PaperKind
from plan.refusal import PlanRefusal
from review.models import Direction, ImprovementStage, InvestigationTeam

ABOVE_THE_CITY = frozenset({IncidentLevel.I, IncidentLevel.II})
INVESTIGATED_HERE = frozenset({IncidentLevel.III, IncidentLevel.IV})
# Who reports to 市食药安办 and who answers it, and after what.
ENDED = frozenset({ImprovementStage.DONE, ImprovementStage.WITHDRAWN})


def refused(message: str, code: str, *, status: int = 422, next_step: str = "") -> PlanRefusal:
    """Return a refusal about what follows an incident (7.2)."""
    return PlanRefusal(message, clause=CLAUSE, code=code, status=status, next_step=next_step)


def check_can_draft_paper(kind: PaperKind, *, confirmed: str) -> None:
    """Raise a refusal unless the paper may be begun: a summary and a review any time, an investigation by its level (A40)."""
    if kind is not PaperKind.INVESTIGATION:
        return
    check_is_investigated_here(confirmed)


def check_is_investigated_here(confirmed: str) -> IncidentLevel:
    """Return the level; a refusal unless it is confirmed (409), and one that city or county investigates (422)."""
    if not confirmed:
        raise refused(
            _("事故级别尚未核定，调查组按事故级别组成。"),
            "level_not_confirmed",
            status=409,
            next_step=_("请先核定级别。"),
        )
    level = IncidentLevel(confirmed)
    if level in INVESTIGATED_HERE:
        return level
    if level in ABOVE_THE_CITY:
        raise refused(
            _("%(level)s级事故由%(team)s组成调查组。")
            % {"level": level.numeral, "team": INVESTIGATIONS[level].team_zh},
            "investigated_above",
            next_step=_("请登记向上级调查组提供的材料和收到的结果。"),
        )
    raise refused(_("未达一般级别的，预案没有规定调查组。"), "below_any_level")


def check_is_investigated_above(confirmed: str) -> IncidentLevel:
    """Return the level; a refusal (422) unless the state or the province investigates (7.2: Ⅰ, Ⅱ)."""
    level = IncidentLevel(confirmed or IncidentLevel.BELOW)
    if level not in ABOVE_THE_CITY:
        raise refused(_("只有特别重大、重大事故由上级组成调查组。"), "not_investigated_above")
    return level


def check_is_unsigned_paper(*, is_signed: bool) -> None:
    """Raise a refusal (409) if the paper is signed and frozen."""
    if is_signed:
        raise refused(
            _("文书已签发，内容不能再改。"),
            "paper_signed",
            status=409,
            next_step=_("更正请作新版本，原文书保留。"),
        )


def check_paper_was_seen(now: int, seen: int | None) -> None:
    """Raise a refusal (409) if the text was saved again since the person had it before them."""
    if seen is not None and seen != now:
        raise refused(
            _("文书在您打开以后又有人保存过。"),
            "paper_changed",
            status=409,
            next_step=_("请核对最新的内容后再提交。"),
        )


def check_can_sign_paper(
    kind: PaperKind,
    said: Mapping[str, str],
    *,
    finished_at: datetime | None,
    team: InvestigationTeam | None,
    at: datetime,
) -> None:
    """Raise a refusal unless the paper's own precondition holds (409) and every part says something (422; A40)."""
    if kind is PaperKind.SUMMARY and (finished_at is None or finished_at > at):
        raise refused(
            _("善后处置工作尚未结束，总结不能签发。"),
            "aftermath_not_finished",
            status=409,
            next_step=_("可以继续起草；善后处置宣布结束后签发。"),
        )
    if kind is PaperKind.INVESTIGATION and team is None:
        raise refused(
            _("尚未组成调查组，调查评估报告不能签发。"),
            "no_team",
            status=409,
            next_step=_("请先登记调查组及其成员。"),
        )
    lacking = [part.label_zh for part in PAPERS[kind].parts if not said.get(part.code, "").strip()]
    if lacking:
        raise refused(
            _("尚缺：%s。") % "、".join(lacking), "paper_incomplete", next_step=_("请逐项填写后签发。")
        )


def check_can_renew(*, is_replaced: bool) -> None:
    """Raise a refusal (409) if the signed paper was replaced by a newer version already."""
    if is_replaced:
        raise refused(
            _("这一版已有新版本。"), "paper_replaced", status=409, next_step=_("请从最新的一版更正。")
        )


def check_can_send_paper(recipients: Sequence[Organisation], *, is_replaced: bool) -> None:
    """Raise a refusal unless the newest version (409) goes to somebody (422)."""
    check_can_renew(is_replaced=is_replaced)
    if not recipients:
        raise refused(_("请选择接收单位。"), "recipient_missing")


def check_can_confirm_paper(received_at: datetime, sent_at: datetime, receiver: str, at: datetime) -> None:
    """Raise a refusal (422) unless it is said who has it, and since a time that can be."""
    if not receiver.strip():
        raise refused(_("请写明确认收到的人。"), "receiver_missing")
    if not sent_at.replace(second=0, microsecond=0) <= received_at <= at:
        raise refused(_("收到的时间须在发送之后、现在之前。"), "received_at_impossible")


def check_team(units: Collection[str], leader: str, formed_at: datetime, at: datetime, *, why: str) -> None:
    """Raise a refusal (422) unless a team has a leader and units beside the body's own; `why` is asked of a changed one."""
    if not leader.strip() or not units:
        raise refused(_("调查组须有组长和成员单位。"), "team_incomplete")
    if formed_at > at:
        raise refused(_("组成时间不能晚于现在。"), "formed_in_future")
    if not why.strip():
        raise refused(_("调整调查组须写明理由。"), "team_change_without_reason")


def check_exchange(direction: Direction, document: str, text: str, when: datetime, at: datetime) -> None:
    """Raise a refusal (422) unless it is said what went up or came down, a result by its document."""
    if not text.strip():
        raise refused(_("请写明材料或结果的内容。"), "exchange_without_text")
    if direction is Direction.RESULT and not document.strip():
        raise refused(_("调查评估结果须填写文号。"), "result_without_document")
    if when > at:
        raise refused(_("时间不能晚于现在。"), "exchanged_in_future")


def check_can_propose(text: str, due_on: date | None, today: date) -> None:
    """Raise a refusal (422) unless an improvement says what is to be better, by no day that is gone."""
    if not text.strip():
        raise refused(_("请写明改进意见。"), "improvement_without_text")
    if due_on is not None and due_on < today:
        raise refused(_("整改期限不能早于今天。"), "improvement_due_in_past")


def check_improvement_stands(stage: str) -> None:
    """Raise a refusal (409) if the improvement was ended."""
    if stage in ENDED:
        raise refused(_("这条改进意见已办结或撤回。"), "improvement_ended", status=409)


def check_can_report(text: str, proof: str, *, is_done: bool) -> None:
    """Raise a refusal (422) unless it is said what was done, and of what is done by which paper."""
    if not text.strip():
        raise refused(_("请写明改进情况。"), "improvement_report_empty")
    if is_done and not proof.strip():
        raise refused(_("报告完成须填写佐证材料的名称或文号。"), "improvement_without_proof")


def check_can_judge(stage: str, opinion: str) -> None:
    """Raise a refusal unless the body has reported it done (409) and the office says why (422)."""
    check_improvement_stands(stage)
    if stage != ImprovementStage.CLAIMED:
        raise refused(
            _("责任单位尚未报告完成。"),
            "improvement_not_claimed",
            status=409,
            next_step=_("待其报告完成后核验。"),
        )
    if not opinion.strip():
        raise refused(_("请写明核验意见。"), "judgement_without_opinion")
