"""May this happen to a report now? Each check raises the reason and its clause."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Organisation
from plan.refusal import PlanRefusal
from reporting.clocks import to_minute
from reporting.documents.content import addressees
from reporting.documents.fields import DocumentField
from reporting.documents.marks import Marks
from reporting.models import (
    Delivery,
    Document,
    DocumentDispatch,
    DocumentKind,
    DocumentState,
    SendChannel,
    SignedDocument,
)


def refused(message: str, code: str, *, status: int = 422, next_step: str = "") -> PlanRefusal:
    """Return a refusal about a report of 5.1(8)."""
    return PlanRefusal(message, clause="5.1(8)", code=code, status=status, next_step=next_step)


def check_can_draft(
    kind: str, bearer: Organisation, bearers: Collection[Organisation], signed: Collection[str]
) -> None:
    """Raise a refusal unless a report of this kind is due: a bearer's (422), the first once, a 续报 after one (409).

    signed: the kinds of report this bearer has signed.
    """
    if kind == DocumentKind.PHONE:
        raise refused(_("电话记录请从“登记电话报告”开始。"), "call_not_recorded")
    if bearer not in bearers:
        raise refused(_("%s不是这起事故的报告单位。") % bearer.name, "not_a_bearer")
    if kind == DocumentKind.FOLLOW_UP and not {DocumentKind.FIRST, DocumentKind.FOLLOW_UP} & set(signed):
        raise refused(
            _("初报签发以后才能起草续报。"), "no_first_report", status=409, next_step=_("请先完成初报。")
        )
    if kind != DocumentKind.FOLLOW_UP and kind in signed:
        raise refused(
            _("这份报告已经签发。"),
            "report_already_signed",
            status=409,
            next_step=_("内容有误的，从已签发的报告作新版本；有新情况的，起草续报。"),
        )


def check_can_replace(signed: SignedDocument, *, is_replaced: bool) -> None:
    """Raise a refusal (409) unless the signed report is the newest version of its own (5.1)."""
    if is_replaced:
        raise refused(
            _("这一版已被新版本替换。"), "version_replaced", status=409, next_step=_("请从最新的一版更正。")
        )


def check_is_unsigned(document: Document) -> None:
    """Raise a refusal (409) if the report is signed and frozen (5.1)."""
    if document.state == DocumentState.SIGNED:
        raise refused(
            _("报告已签发，内容不能再改。"),
            "document_signed",
            status=409,
            next_step=_("更正请作新版本，原报告保留。"),
        )


def check_can_be_marked(marks: Marks) -> None:
    """Raise a refusal (422) for a term of secrecy on a report that is marked as no secret (GB/T 9704)."""
    if marks.secret_for and not marks.secrecy:
        raise refused(_("未标注密级的，不填保密期限。"), "term_without_secrecy")


def check_was_seen(now: str, seen: str) -> None:
    """Raise a refusal (409) if what the person saw is no longer what there is; `seen` is empty where nothing was shown."""
    if seen and seen != now:
        raise refused(
            _("报告或有关事实在您打开以后有了变化。"),
            "document_changed",
            status=409,
            next_step=_("请核对最新的内容后再提交。"),
        )


def check_can_check(document: Document, person: str) -> None:
    """Raise a refusal unless the report waits for checking (409) by another than who wrote it (403)."""
    check_is_unsigned(document)
    if document.state == DocumentState.CHECKED:
        raise refused(_("这份报告已核稿。"), "already_checked", status=409)
    if document.edited_by == person:
        raise refused(
            _("核稿人不能是拟稿人。"), "checker_is_drafter", status=403, next_step=_("请由另一人核稿。")
        )


def check_can_sign(document: Document, unsaid: Iterable[DocumentField], call: Delivery | None) -> None:
    """Raise a refusal unless the report can be signed: not yet signed, its call stands (409), a 终报 complete (422).

    call: the receipt that a 电话记录 is the record of, as it was corrected last.
    """
    check_is_unsigned(document)
    if call is not None and call.is_retraction:
        raise refused(
            _("这次通话的送达记录已撤销，电话记录不能签发。"),
            "call_taken_back",
            status=409,
            next_step=_("确有通话的，请重新登记电话报告。"),
        )
    lacking = [str(field.label) for field in unsaid]
    if document.kind == DocumentKind.FINAL and lacking:
        raise refused(
            _("终报尚缺：%s。") % "、".join(lacking),
            "final_report_incomplete",
            next_step=_("请填写；确实无法查明的，写明不详的原因。"),
        )


def check_may_sign_alone(alone_reason: str, others: Collection[str], *, is_unreached: bool) -> None:
    """Raise a refusal (422) unless a reason is given and no other is on duty, or none could be reached (architecture).

    others: who else of the bearer's side the roster names now. Nothing waits for them: the plan asks for no second hand.
    """
    if others and not is_unreached:
        raise refused(
            _("值班表上另有%d人可以签发，拟稿人不能自己签发。") % len(others),
            "others_on_duty",
            next_step=_("请由值班的另一人签发；确已联系而联系不上的，注明后签发，事后须由另一人补签。"),
        )
    if not alone_reason.strip():
        raise refused(
            _("拟稿人不能自己签发。"),
            "alone_without_reason",
            next_step=_("请由另一人签发；夜间等确无他人的，写明理由后签发，事后须由另一人补签。"),
        )


def is_alone(document: Document, person: str) -> bool:
    """Say whether who wrote a report would sign it alone; a call is recorded by whoever made or took it."""
    return document.kind != DocumentKind.PHONE and document.edited_by == person


def check_has_glyphs(lacking: Iterable[tuple[str, list[str]]]) -> None:
    """Raise a refusal (422) that names each character no font here has, and the field it stands in."""
    said = [f"{label}：{'、'.join(characters)}" for label, characters in lacking]
    if said:
        raise refused(
            _("有的字不能印出（%s）。") % "；".join(said),
            "glyph_missing",
            next_step=_("请改用规范字或注明读音、字形；或由管理员在 FONT_DIR 中加入含有该字的字体。"),
        )


def check_can_countersign(signed: SignedDocument, *, is_done: bool, person: str) -> None:
    """Raise a refusal unless a report signed alone waits for another person's signature (409; the same person 403)."""
    if not signed.alone_reason or is_done:
        raise refused(_("这份报告不需要补签。"), "no_countersignature_owed", status=409)
    if signed.signed_by == person:
        raise refused(_("补签须由另一人办理。"), "countersigner_is_signer", status=403)


def check_can_send(
    signed: SignedDocument, recipients: Collection[Organisation], *, is_replaced: bool
) -> None:
    """Raise a refusal unless a report is the newest version (409) and goes to those the plan names (422)."""
    if signed.document.kind == DocumentKind.PHONE:
        raise refused(_("电话记录是通话的记录，不另行报送。"), "call_is_not_sent")
    check_can_replace(signed, is_replaced=is_replaced)
    if not recipients or not {each.kind for each in recipients} <= set(addressees()):
        raise refused(
            _("请选择接收单位：市委市政府值班室、市食药安办。"),
            "recipient_missing",
            next_step=_("报给其他单位的，列为抄送，由本单位按公文办理。"),
        )


def check_can_confirm(
    dispatch: DocumentDispatch, *, received_at: datetime | None, receiver: str, at: datetime
) -> None:
    """Raise a refusal (422) unless it is said who has it and, unless it came through this system, since when (A18)."""
    if not receiver.strip():
        raise refused(_("请写明确认收到的人。"), "receiver_missing")
    if dispatch.channel == SendChannel.SYSTEM:
        return
    if received_at is None:
        raise refused(
            _("请填写对方收到的时间。"),
            "received_at_missing",
            next_step=_("以到达对方为准：传真、公文交换以到达时间，专人送达以交到时间。"),
        )
    if to_minute(received_at) < to_minute(dispatch.sent_at):
        raise refused(_("收到的时间不能早于发送的时间。"), "received_before_sent")
    if received_at > at:
        raise refused(_("送达时间不能晚于现在。"), "received_in_future")
