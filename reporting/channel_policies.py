"""Which channels a recipient declared, and may they be declared or looked at so? Each check raises its reason (5.1(8), A54)."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Organisation
from plan.duties import DUTY_5_1_8
from plan.refusal import PlanRefusal
from reporting.models import ChannelReview, DeclaredChannel, Delivery, LegCode

CLAUSE = "5.1(8)"
# The plan itself names the telephone: nobody has to declare it.
TELEPHONE_ZH = "电话"


def is_undeclared(delivery: Delivery) -> bool:
    """Say whether a first report came by a channel that its recipient had not declared when it came (A54)."""
    recipient, channel = delivery.recipient, delivery.channel.strip()
    if delivery.leg != LegCode.PHONE or recipient.kind not in DUTY_5_1_8.recipients:
        return False
    if not channel or TELEPHONE_ZH in channel:
        return False
    when = delivery.received_at
    valid = Q(from_at__lte=when) & (Q(until_at__isnull=True) | Q(until_at__gt=when))
    return not DeclaredChannel.objects.filter(valid, organisation=recipient, name=channel).exists()


def check_can_declare(
    organisation: Organisation, name: str, *, from_at: datetime, until_at: datetime | None, is_declared: bool
) -> None:
    """Raise a refusal unless a recipient may declare such a channel: a name, a period, not twice at once (A54)."""
    if organisation.kind not in DUTY_5_1_8.recipients:
        raise PlanRefusal(
            _("%s不是5.1(8)的接收单位，无须申报紧急信息渠道。") % organisation.name,
            clause=CLAUSE,
            code="not_a_recipient",
        )
    if not name.strip():
        raise PlanRefusal(_("请写明渠道的名称。"), clause=CLAUSE, code="channel_without_name")
    if until_at is not None and until_at < from_at:
        raise PlanRefusal(_("渠道的停用时间不能早于启用时间。"), clause=CLAUSE, code="channel_period_invalid")
    if is_declared:
        raise PlanRefusal(
            _("这个渠道已经申报，仍在使用。"),
            clause=CLAUSE,
            code="channel_already_declared",
            status=409,
            next_step=_("请先停用原来的一条，再重新申报。"),
        )


def check_can_end_channel(channel: DeclaredChannel, at: datetime) -> None:
    """Raise a refusal (409) once the channel has ended."""
    if channel.until_at is not None and channel.until_at <= at:
        raise PlanRefusal(_("这个渠道已经停用。"), clause=CLAUSE, code="channel_already_ended", status=409)


def check_can_review(review: ChannelReview, note: str) -> None:
    """Raise a refusal unless nobody has looked at it yet (409) and what was found is written down (422)."""
    if review.reviewed_at is not None:
        raise PlanRefusal(
            _("这次送达的渠道已有复核意见。"), clause=CLAUSE, code="channel_already_reviewed", status=409
        )
    if not note.strip():
        raise PlanRefusal(
            _("请写明复核意见。"),
            clause=CLAUSE,
            code="review_without_note",
            next_step=_("确认收到的，写明如何核实；并未收到的，请撤销送达记录。"),
        )
