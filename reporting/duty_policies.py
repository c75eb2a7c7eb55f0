"""May this be said of a duty without hours? Each check raises the reason and its clause (5.1(4)–(7))."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from incidents.places import normalise
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal
from reporting.clocks import to_minute
from reporting.models import Leap, LearnedHow, Obligation


def check_can_be_tip(
    *, kind: str, is_known: bool, found_at: datetime | None, received_at: datetime, at: datetime
) -> None:
    """Raise a refusal (422) unless a report or tip-off can have come as stated (5.1(4))."""
    if not is_known:
        raise PlanRefusal(
            _("经营者和单位的报告有1小时时限，请按经营者、单位的报告登记。"),
            clause="5.1(4)",
            code="not_a_tip",
        )
    if max(received_at, found_at or received_at) > at:
        raise PlanRefusal(_("发现和收到的时间不能晚于现在。"), clause="5.1(4)", code="time_in_future")
    if found_at is not None and found_at > received_at:
        raise PlanRefusal(_("发现的时间不能晚于收到的时间。"), clause="5.1(4)", code="found_after_received")


def check_can_be_named(name: str, known: Collection[str]) -> None:
    """Raise a refusal (409) for a department that is on record under this name already (5.1(6))."""
    if normalise(name) in {normalise(each) for each in known}:
        raise PlanRefusal(
            _("名单里已有这个单位。"),
            clause="5.1(6)",
            code="body_already_named",
            status=409,
            next_step=_("请直接从名单中选用。"),
        )


def check_reaches_somebody(legs: Collection[Obligation], here: Collection[Obligation]) -> None:
    """Raise a refusal (422) where none of those to be notified can be reached through this system (5.1(6), A18)."""
    if legs and not here:
        raise PlanRefusal(
            _("应通报的单位在本系统中没有席位，本系统送不到。"),
            clause="5.1(6)",
            code="not_reached_here",
            next_step=_("请以电话、公文等方式通报，再登记对方收到的时间。"),
        )


def check_can_pass_on(*, is_owed: bool, received_at: datetime | None, at: datetime) -> None:
    """Raise a refusal unless an office has something to pass on (409) and it arrived by now (422) (5.1(6), A46)."""
    if not is_owed:
        raise PlanRefusal(
            _("该单位没有待转送的报告。"),
            clause="5.1(6)",
            code="nothing_to_pass_on",
            status=409,
            next_step=_("请刷新页面，可能已由他人转送。"),
        )
    check_not_in_future(received_at, clause="5.1(6)", at=at)


def check_can_have_found(found_at: datetime, received: Collection[datetime], *, at: datetime) -> None:
    """Raise a refusal (422) unless a hospital can have found a cluster and reported it as stated (5.1(3))."""
    for moment in (found_at, *received):
        check_not_in_future(moment, clause="5.1(3)", at=at)
    if any(to_minute(moment) < to_minute(found_at) for moment in received):
        raise PlanRefusal(_("发现的时间不能晚于收到的时间。"), clause="5.1(3)", code="found_after_received")


def check_not_in_future(moment: datetime | None, *, clause: str, at: datetime) -> None:
    """Raise a refusal (422) for something that is said to have happened after now (A58)."""
    if moment is not None and moment > at:
        raise PlanRefusal(_("时间不能晚于现在。"), clause=clause, code="time_in_future")


def check_can_learn(
    *, how: str, kind: str, health_event: str, authority: str, learned_at: datetime, at: datetime
) -> None:
    """Raise a refusal (422) unless an office can have learnt as stated (5.1(5), 5.1(6))."""
    check_not_in_future(learned_at, clause="5.1(6)", at=at)
    if how == LearnedHow.HEALTH_WORK and kind not in {OfficeKind.COUNTY_HEALTH, OfficeKind.CITY_HEALTH}:
        raise PlanRefusal(
            _("只有卫生健康部门在传染病或其他突发卫生事件中发现的信息按此通报。"),
            clause="5.1(5)",
            code="not_a_health_office",
            next_step=_("其他部门请按获知或接到报告登记。"),
        )
    if how == LearnedHow.HEALTH_WORK and not health_event.strip():
        raise PlanRefusal(
            _("请写明是哪起传染病或突发卫生事件。"), clause="5.1(5)", code="health_event_missing"
        )
    if how == LearnedHow.OUTSIDE and not authority.strip():
        raise PlanRefusal(_("请写明来文的外地主管部门。"), clause="5.1(7)", code="authority_missing")


def check_has_learnt(*, has_learnt: bool) -> None:
    """Raise a refusal (409) for a check or follow-up of an office that has not said when it learnt (5.1(6))."""
    if not has_learnt:
        raise PlanRefusal(
            _("该部门尚未登记获知这起事故。"),
            clause="5.1(6)",
            code="nothing_learnt",
            status=409,
            next_step=_("请先登记获知并通报；通报不等核实。"),
        )


def check_can_leap(*, skips: bool, received_at: datetime, at: datetime) -> None:
    """Raise a refusal (422) where no level was skipped, as from a county to the city; the report itself stands (A25)."""
    check_not_in_future(received_at, clause="5.1(7)", at=at)
    if not skips:
        raise PlanRefusal(
            _("没有越过任何一级，不是越级报告。"),
            clause="5.1(7)",
            code="no_level_skipped",
            next_step=_("请按一般送达登记；区县向市报告就是逐级报告。"),
        )


def check_can_review_leap(leap: Leap, *, is_reviewed: bool, note: str) -> None:
    """Raise a refusal unless a leap waits for review (409) and something is said of it (422) (5.1(7), A25)."""
    if leap.is_listed or is_reviewed:
        raise PlanRefusal(
            _("这次越级报告不需要复核，或已复核。"), clause="5.1(7)", code="nothing_to_review", status=409
        )
    if not note.strip():
        raise PlanRefusal(_("请写明复核意见。"), clause="5.1(7)", code="review_without_note")
