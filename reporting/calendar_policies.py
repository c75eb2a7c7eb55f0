"""May an entry of the calendar of important events be made or changed so? Each check raises the reason and its clause."""

from datetime import datetime

from django.utils.translation import gettext as _

from plan.refusal import PlanRefusal
from reporting.models import ImportantEvent

CLAUSE = "5.1(8)"


def check_can_be_event(
    *, name: str, counties: int, place_name: str, starts_at: datetime, ends_at: datetime
) -> None:
    """Raise a refusal (422) unless an event has a name, a period and an area (A22).

    counties: how many are named; a named place lies in one of them.
    """
    if not name.strip():
        raise PlanRefusal(_("请写明重要活动的名称。"), clause=CLAUSE, code="event_without_name")
    if ends_at < starts_at:
        raise PlanRefusal(
            _("活动的结束时间不能早于开始时间。"),
            clause=CLAUSE,
            code="event_period_invalid",
            next_step=_("请按北京时间核对起止时间；结束的那一分钟也算在内。"),
        )
    if place_name.strip() and counties != 1:
        raise PlanRefusal(
            _("限于某一场所的活动，须指明该场所所在的一个区县（市）。"),
            clause=CLAUSE,
            code="event_place_without_county",
            next_step=_("请只选一个区县（市），或不写场所。"),
        )


def check_can_change_event(event: ImportantEvent, *, is_replaced: bool, reason: str) -> None:
    """Raise a refusal unless the entry is the one that stands (409) and a reason is given (422) (A22)."""
    if not reason.strip():
        raise PlanRefusal(
            _("修改或取消重要活动须写明理由。"), clause=CLAUSE, code="correction_without_reason"
        )
    if is_replaced or event.is_cancelled:
        raise PlanRefusal(
            _("这一条已被修改或取消。"),
            clause=CLAUSE,
            code="event_already_changed",
            status=409,
            next_step=_("请刷新重要活动日历，修改最新的一条。"),
        )
