"""May this happen to a public report now? Each check raises the reason and its clause."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Jurisdiction
from plan.refusal import PlanRefusal
from reporting.models import PublicReport
from reporting.photos import MOST_OF_A_REPORT
from reporting.public_words import Said

# A sender who has this much to say is better asked by phone.
MOST_STATEMENTS = 30


def check_can_be_said(said: Said, *, at: datetime) -> None:
    """Raise a refusal (422) for times that can't be (5.2)."""
    moments = (said.occurred_earliest, said.occurred_latest, said.discovered_at)
    if any(moment is not None and moment > at for moment in moments):
        raise PlanRefusal(
            _("发生和发现的时间不能晚于现在。"),
            clause="5.2",
            code="time_in_future",
            next_step=_("请核对日期和时间（北京时间）；尚不清楚的，选“暂不清楚”。"),
        )
    if said.occurred_earliest and said.occurred_latest and said.occurred_earliest > said.occurred_latest:
        raise PlanRefusal(
            _("事发时间的最早值不能晚于最晚值。"), clause="5.2", code="occurred_interval_invalid"
        )


def check_can_add(report: PublicReport, said: Said, *, photos: int) -> None:
    """Raise a refusal unless something is added (422) and there is still room for it (409)."""
    if said.is_empty and not photos:
        raise PlanRefusal(_("请填写要补充的内容，或附上照片。"), clause="5.2", code="nothing_added")
    if report.statements.count() >= MOST_STATEMENTS:
        raise _no_room(_("这份报告的补充次数已满。"), "too_many_additions")
    if photos and report.is_held and report.taken_at is None:
        raise _no_room(_("这份报告所在网络短时间内报告很多，工作人员看过之前不能附照片。"), "photos_not_yet")
    if photos and report.photos.count() + photos > MOST_OF_A_REPORT:
        raise _no_room(_("这份报告的照片已满。"), "too_many_photos")


def _no_room(message: str, code: str) -> PlanRefusal:
    return PlanRefusal(
        message,
        clause="5.1(4)",
        code=code,
        status=409,
        next_step=_("请打电话向所在地食品安全监管部门补充，报出受理号。"),
    )


def check_is_untouched(report: PublicReport) -> None:
    """Raise a refusal (409) unless nobody has looked at the report yet."""
    check_is_waiting(report)
    if report.taken_at is not None:
        raise PlanRefusal(
            _("这份报告已有人在核实。"),
            clause="5.1",
            code="already_taken",
            status=409,
            next_step=_("请刷新页面。"),
        )


def check_is_waiting(report: PublicReport) -> None:
    """Raise a refusal (409) unless the report still waits for the triage's decision."""
    if not report.is_waiting:
        raise PlanRefusal(
            _("这份报告已由他人分办。"),
            clause="5.1",
            code="already_decided",
            status=409,
            next_step=_("请刷新页面查看处理结果。"),
        )


def check_reason_is_given(reason: str) -> None:
    """Raise a refusal (422) unless a reason is written down."""
    if not reason.strip():
        raise PlanRefusal(_("请写明理由。"), clause="5.1", code="reason_missing")


def check_can_pass_on(report: PublicReport, area: Jurisdiction) -> None:
    """Raise a refusal (422) unless the report goes to another county (5.1, A46)."""
    if area.county.pk == report.county_id:
        raise PlanRefusal(
            _("这份报告已在该区县（市）。"),
            clause="5.1",
            code="same_county",
            next_step=_("请选择事发地的区县（市）。"),
        )


def check_is_of_county(report: PublicReport, areas: Iterable[int]) -> None:
    """Raise a refusal (422) unless what it is taken up as concerns the county that triages it (5.1, A46)."""
    if report.county_id not in areas:
        raise PlanRefusal(
            _("事发地不在本区县（市）。"),
            clause="5.1",
            code="of_another_county",
            next_step=_("请先将报告转给事发地的食品安全监管部门。"),
        )
