"""What a receipt closed, or in a sentence why it closed nothing (5.1(8), A18, A46, A55)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from reporting.alerts import moment
from reporting.clocks import to_minute
from reporting.leg_view import LegView
from reporting.models import Delivery
from reporting.selectors import legs


def why_nothing_closed(delivery: Delivery, at: datetime) -> str:
    """Return why a recorded delivery closed no leg, with what to do next; nothing when it closed one."""
    whole = delivery.incident.merged_into_id or delivery.incident_id
    views = [view for view in legs([whole], at) if view.bearer.pk == delivery.bearer_id]
    if any(view.received is not None and view.received.pk == delivery.pk for view in views):
        return ""
    same_way = [view for view in views if view.obligation.leg == delivery.leg]
    theirs = [view for view in same_way if view.recipient.pk == delivery.recipient_id]
    if not same_way:
        return _("已登记，但没有履行任何时限：该单位目前没有以这种方式报告的时限。")
    if not theirs:
        return _("已登记，但没有履行任何时限：%(recipient)s不是规定的接收单位，仍须向%(owed)s报告。") % {
            "recipient": delivery.recipient.name,
            "owed": "、".join(dict.fromkeys(view.recipient.name for view in same_way)),
        }
    return _too_early(delivery, theirs) or _("已登记；该项此前已经送达，仍以先到的一次为准。")


def _too_early(delivery: Delivery, theirs: Sequence[LegView]) -> str:
    starts = [view.obligation.anchor_earliest for view in theirs if view.verdict.is_owed]
    if not starts or to_minute(delivery.received_at) >= to_minute(min(starts)):
        return ""
    return _(
        "已登记，但没有履行任何时限：送达早于起算时间%(start)s，起算前的报告不算（A55）；请再次报告。"
    ) % {"start": moment(min(starts))}
