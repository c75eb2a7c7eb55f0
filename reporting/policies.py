"""May this happen to a delivery or a bearer now? Each check raises the reason and its clause."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Organisation
from plan.duties import DUTY_5_1_8
from plan.offices import OfficeKind, Tier
from plan.refusal import PlanRefusal
from reporting.models import Delivery, LegCode


def check_can_record_delivery(*, leg: str, received_at: datetime, receiver: str, at: datetime) -> None:
    """Raise a refusal (422) unless a delivery can have happened as stated (A18, A54).

    A call counts when it was answered, so the official who took it is named.
    """
    if leg not in {LegCode.PHONE, LegCode.WRITTEN}:
        raise PlanRefusal(
            _("只能登记电话（紧急信息渠道）报告或书面报告；系统送达由系统登记。"),
            clause="5.1(8)",
            code="leg_not_recordable",
        )
    if received_at > at:
        raise PlanRefusal(
            _("送达时间不能晚于现在。"),
            clause="5.1(8)",
            code="received_in_future",
            next_step=_("请填写对方实际收到的时间，按北京时间。"),
        )
    if leg == LegCode.PHONE and not receiver.strip():
        raise PlanRefusal(
            _("电话报告须写明接听人。"),
            clause="5.1(8)",
            code="receiver_missing",
            next_step=_("无人接听不算送达，请继续联系；接通后写明接听人。"),
        )


def check_can_lodge_explanation(
    *,
    recipients: Collection[Organisation],
    owed_to: Collection[int],
    lodged_at: datetime,
    promised_at: datetime | None,
    reason: str,
    receiver: str,
    at: datetime,
) -> None:
    """Raise a refusal unless an oral explanation can have been given as stated (A23): what it excuses is judged elsewhere."""
    if not reason.strip():
        raise _unexplained(_("口头说明须写明原因。"), "explanation_without_reason")
    if not receiver.strip():
        raise _unexplained(_("口头说明须写明接听人。"), "receiver_missing")
    if not recipients:
        raise _unexplained(_("请选择向谁作了口头说明。"), "explanation_without_recipient")
    if lodged_at > at:
        raise _unexplained(_("口头说明的时间不能晚于现在。"), "explanation_in_future")
    if promised_at is not None and promised_at <= lodged_at:
        raise _unexplained(_("承诺的补报时间须晚于口头说明的时间。"), "promised_before_lodged")
    if not {each.pk for each in recipients} <= set(owed_to):
        raise PlanRefusal(
            _("该单位目前不负有向所选接收单位书面报告的时限。"),
            clause="5.1(8)",
            code="no_written_leg",
            status=409,
            next_step=_("请核对报告单位和接收单位。"),
        )


def _unexplained(message: str, code: str) -> PlanRefusal:
    return PlanRefusal(
        message,
        clause="5.1(8)",
        code=code,
        next_step=_("须在书面报告时限届满前，向两个接收单位口头报告并简要说明原因。"),
    )


def check_can_correct_delivery(delivery: Delivery, *, is_corrected: bool, reason: str) -> None:
    """Raise a refusal unless the delivery still stands (409) and a reason is given (422) (预案 5.1)."""
    if not reason.strip():
        raise PlanRefusal(_("更正或撤销须写明理由。"), clause="5.1", code="correction_without_reason")
    if delivery.is_retraction or is_corrected:
        raise PlanRefusal(
            _("这条送达记录已被更正或撤销。"),
            clause="5.1",
            code="delivery_already_corrected",
            status=409,
            next_step=_("请刷新页面，更正最新的一条。"),
        )


def check_can_be_city_unit(organisation: Organisation) -> None:
    """Raise a refusal (422) unless the organisation is a unit of the city that doesn't itself receive (A21)."""
    kind = OfficeKind(organisation.kind)
    if kind.level is Tier.CITY and kind not in DUTY_5_1_8.recipients:
        return
    raise PlanRefusal(
        _("%s不能列为市级有关单位。") % organisation.name,
        clause="5.1(8)",
        code="not_a_city_unit",
        next_step=_("请选择市级部门；市委市政府值班室和市食药安办是接收单位。"),
    )
