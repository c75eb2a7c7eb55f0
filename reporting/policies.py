"""May this happen to a delivery or a bearer now? Each check raises the reason and its clause."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Organisation
from plan.duties import DUTY_5_1_8
from plan.offices import OUTSIDE, OfficeKind, Tier
from plan.refusal import PlanRefusal
from reporting.models import CallAttempt, Delivery, LegCode, OralExplanation


def check_can_record_delivery(
    *, bearer: Organisation, leg: str, received_at: datetime, receiver: str, at: datetime
) -> None:
    """Raise a refusal (422) unless a delivery can have happened as stated (A18, A54).

    Governments and units report by phone and in writing, and to the next level by any way, as operators and hospitals do. A call counts
    when it was answered, so the official who took it is named.
    """
    by_report = bearer.kind in OUTSIDE or bearer.kind == OfficeKind.HOSPITAL
    legs = {LegCode.REPORT} if by_report else {LegCode.PHONE, LegCode.WRITTEN, LegCode.ONWARD}
    if leg not in legs:
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


def check_can_record_attempt(*, attempted_at: datetime, at: datetime) -> None:
    """Raise a refusal (422) unless somebody can have called then (A54)."""
    if attempted_at > at:
        raise PlanRefusal(
            _("拨打时间不能晚于现在。"),
            clause="5.1(8)",
            code="attempted_in_future",
            next_step=_("请填写实际拨打的时间，按北京时间。"),
        )


def check_can_start_hour(
    *,
    clause: str,
    earliest: datetime | None,
    latest: datetime | None,
    known_at: datetime | None,
    at: datetime,
) -> tuple[datetime, datetime]:
    """Return the start of an operator's or unit's hour as an interval (A20, A48); a refusal (422) if it can't be."""
    end = latest or earliest
    if end is None:
        raise PlanRefusal(
            _("请填写发现或发生的时间。"),
            clause=clause,
            code="start_missing",
            next_step=_("经营者从发现时起算，单位从发生时起算；不确切的，填最早和最晚可能的时间。"),
        )
    start = earliest or end
    if max(end, known_at or end) > at:
        raise PlanRefusal(_("发现、发生和得知的时间不能晚于现在。"), clause=clause, code="time_in_future")
    if start > end:
        raise PlanRefusal(
            _("事发时间的最早值不能晚于最晚值。"), clause=clause, code="occurred_interval_invalid"
        )
    return start, end


def check_reporter_is_named(name: str, *, clause: str) -> None:
    """Raise a refusal (422) unless the operator or unit has a name."""
    if not name:
        raise PlanRefusal(_("请写明经营者或单位的名称。"), clause=clause, code="reporter_missing")


def check_can_move_start(*, clause: str, reason: str) -> None:
    """Raise a refusal (422) unless a reason is given for another start of a clock that runs already (A48)."""
    if not reason.strip():
        raise PlanRefusal(_("更正起算时间须写明理由。"), clause=clause, code="correction_without_reason")


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


def check_can_retract_attempt(attempt: CallAttempt, reason: str) -> None:
    """Raise a refusal unless the call without an answer still stands (409) and a reason is given (422) (5.1(8), A54)."""
    if not reason.strip():
        raise PlanRefusal(_("撤回拨打记录须写明理由。"), clause="5.1", code="correction_without_reason")
    if attempt.taken_back is not None:
        raise PlanRefusal(
            _("这条拨打记录已被撤回。"),
            clause="5.1(8)",
            code="attempt_already_retracted",
            status=409,
            next_step=_("请刷新页面；确曾拨打的，重新登记。"),
        )


def check_can_retract_explanation(explanation: OralExplanation, reason: str) -> None:
    """Raise a refusal unless the explanation still stands (409) and a reason is given (422) (5.1(8), A23)."""
    if not reason.strip():
        raise PlanRefusal(_("撤回口头说明须写明理由。"), clause="5.1", code="correction_without_reason")
    if not explanation.stands():
        raise PlanRefusal(
            _("这条口头说明已被撤回。"),
            clause="5.1(8)",
            code="explanation_already_retracted",
            status=409,
            next_step=_("请刷新页面；仍要说明的，重新登记口头说明。"),
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
