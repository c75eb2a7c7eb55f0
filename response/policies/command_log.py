"""May this be entered in the command log, or done about an entry? Each check raises the reason and its clause (3.1, 3.2)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Jurisdiction, Organisation
from plan.command_log import LOG_KINDS, WITHOUT_ACCOUNT, LogKind
from plan.refusal import PlanRefusal
from response.models import CommandAddressee, CommandEntry, CommandKind, Response, Track
from response.policies.said import check_answers


def check_can_issue(entry: CommandEntry, spec: LogKind, named: Collection[Organisation]) -> None:
    """Raise a refusal (422) unless an entry of the command log says what it must (3.1, 3.2, 6.2)."""
    if entry.kind == CommandKind.HANDOVER:
        raise PlanRefusal(_("移交随响应的接替自动登记。"), clause=spec.clause, code="handover_by_hand")
    if not entry.text.strip():
        raise PlanRefusal(_("请写明内容。"), clause="3.1", code="command_without_words")
    if spec.has_origin and not entry.origin.strip():
        raise PlanRefusal(_("上级指示须写明来源。"), clause="6.2.1", code="instruction_without_origin")
    if spec.needs_addressee and not named:
        raise PlanRefusal(_("请指明由谁办理或知悉。"), clause="3.1", code="command_without_addressee")
    if entry.due_at is not None and entry.due_at <= entry.issued_at:
        raise PlanRefusal(_("办结时间须晚于现在。"), clause="3.1", code="due_in_past")
    if entry.kind == CommandKind.DOCUMENT and not entry.number.strip():
        raise PlanRefusal(_("登记公文请写明收文或发文编号。"), clause="3.2", code="document_without_number")
    check_answers(spec, entry.details)


def check_addressees(
    response: Response, named: Iterable[Organisation], counties: Collection[Jurisdiction]
) -> None:
    """Raise a refusal (422) where a county's headquarters order bodies of other than these counties (3.5, A38)."""
    if response.track == Track.CITY:
        return
    outside = [each for each in named if each.jurisdiction.county not in counties]
    if outside:
        raise PlanRefusal(
            _("%s不属于本区县（市），县级应急指挥机构不能指令。") % "、".join(each.name for each in outside),
            clause="3.5",
            code="addressee_outside",
            next_step=_("需要市级或其他区县（市）配合的，请向市级提出协调请求，或以通报形式告知。"),
        )


def check_can_execute(addressee: CommandAddressee, outcome: str) -> None:
    """Raise a refusal unless an order can be reported as carried out: once (409), and with what came of it (422)."""
    if not addressee.must_act or addressee.executed_at is not None:
        raise PlanRefusal(
            _("这一项无须办理，或已报告办理情况。"), clause="3.2", code="nothing_to_execute", status=409
        )
    if not outcome.strip():
        raise PlanRefusal(_("请写明办理情况。"), clause="3.2", code="execution_without_words")


def check_can_note_receipt(
    addressee: CommandAddressee, receiver: str, received_at: datetime, at: datetime
) -> None:
    """Raise a refusal unless the body has no account (409), and a person took it at a possible time (422) (3.1, 3.2)."""
    if addressee.organisation.kind not in WITHOUT_ACCOUNT:
        raise PlanRefusal(
            _("%s自行签收。") % addressee.organisation.name,
            clause="3.2",
            code="signs_for_itself",
            status=409,
            next_step=_("未签收的，请催办。"),
        )
    if not receiver.strip():
        raise PlanRefusal(_("请写明接收人。"), clause="3.1", code="receiver_missing")
    if not addressee.entry.issued_at <= received_at <= at:
        raise PlanRefusal(_("接收时间须在发出之后、现在之前。"), clause="3.1", code="impossible_time")


def check_can_chase(behind: Collection[CommandAddressee]) -> None:
    """Raise a refusal (409) when every addressee has signed and reported (3.2)."""
    if not behind:
        raise PlanRefusal(_("没有需要催办的单位。"), clause="3.2", code="nobody_behind", status=409)


def check_waits_for_review(addressee: CommandAddressee) -> None:
    """Raise a refusal (409) unless an answer waits for the issuer to find it enough (3.2)."""
    is_answered = addressee.executed_at is not None and addressee.closed_at is None
    if not LOG_KINDS[addressee.entry.kind].has_closure or not is_answered:
        raise PlanRefusal(_("这一项尚未答复，或已办结。"), clause="3.2", code="nothing_to_review", status=409)


def check_can_review(addressee: CommandAddressee, opinion: str, *, is_enough: bool) -> None:
    """Raise a refusal unless an answer waits for the issuer (409), and what is sent back says why (422) (3.2)."""
    check_waits_for_review(addressee)
    if not is_enough and not opinion.strip():
        raise PlanRefusal(_("退回须写明理由。"), clause="3.2", code="return_without_reason")
