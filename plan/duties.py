"""Who must report to whom, by when (预案 5.1(1)–(8)); numbers only where the plan prints them (A19)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from plan.edition import EDITION_2021, Edition
from plan.labelled import Labelled
from plan.offices import OfficeKind as Office
from plan.silence import NOT_SPECIFIED, Silence


class ClockStart(Labelled):
    """The moment from which a duty's hours run (预案 5.1, A16, A20)."""

    DISCOVERED = "discovered", "发现"
    OCCURRED_AT_UNIT = "occurred_at_unit", "发生"
    LEARNED = "learned", "获知或接报"
    OCCURRED = "occurred", "事发"


@dataclass(frozen=True, slots=True)
class Leg:
    """One act of reporting inside a duty; target is 力争 and no limit (A24), both ends inclusive (A3, A18)."""

    code: str
    label_zh: str
    target: timedelta | Silence = NOT_SPECIFIED
    limit: timedelta | Silence = NOT_SPECIFIED
    urgency_zh: str = ""

    def target_at(self, anchor: datetime) -> datetime | None:
        """Return the instant striven for, None where the plan names none (预案 5.1, A24)."""
        return None if isinstance(self.target, Silence) else anchor + self.target

    def limit_at(self, anchor: datetime) -> datetime | None:
        """Return the last instant still in time, None where the plan gives no hours (预案 5.1, A18, A19)."""
        return None if isinstance(self.limit, Silence) else anchor + self.limit


@dataclass(frozen=True, slots=True)
class ReportingDuty:
    """A duty to report: each bearer owes every leg to every recipient (预案 5.1, A21)."""

    clause: str
    label_zh: str
    bearers: tuple[Office, ...]
    recipients: tuple[Office, ...]
    legs: tuple[Leg, ...]
    start: ClockStart
    readings: tuple[str, ...] = ()


_HOURS = EDITION_2021.hours

REPORT_WITHIN_1H = Leg(code="report", label_zh="报告", limit=_HOURS.report_limit)
REPORT_AT_ONCE = Leg(code="report", label_zh="报告", urgency_zh="立即")
REPORT_TIMELY = Leg(code="report", label_zh="报告或举报", urgency_zh="及时")
NOTIFY_AT_ONCE = Leg(code="notify", label_zh="通报", urgency_zh="立即")
NOTIFY_TIMELY = Leg(code="notify", label_zh="通报", urgency_zh="及时")
FOLLOW_UP = Leg(code="follow_up", label_zh="后续情况通报", urgency_zh="及时")
PASS_ON_AT_ONCE = Leg(code="pass_on", label_zh="转送", urgency_zh="立即")
ONWARD_AT_ONCE = Leg(code="onward", label_zh="逐级报告", urgency_zh="立即")
ONWARD = Leg(code="onward", label_zh="逐级报告")
PHONE = Leg(code="phone", label_zh="电话/紧急渠道报告", target=_HOURS.phone_target, limit=_HOURS.phone_limit)
WRITTEN = Leg(code="written", label_zh="书面报告", target=_HOURS.written_target, limit=_HOURS.written_limit)

DUTY_5_1_1 = ReportingDuty(
    clause="5.1(1)",
    label_zh="食品生产经营者报告",
    bearers=(Office.OPERATOR,),
    recipients=(Office.COUNTY_REGULATOR,),
    legs=(REPORT_WITHIN_1H,),
    start=ClockStart.DISCOVERED,
    readings=("A18", "A20", "A46"),
)
DUTY_5_1_2 = ReportingDuty(
    clause="5.1(2)",
    label_zh="发生急性群体性健康损害的单位报告",
    bearers=(Office.UNIT,),
    recipients=(Office.COUNTY_REGULATOR,),
    legs=(REPORT_WITHIN_1H,),
    start=ClockStart.OCCURRED_AT_UNIT,
    readings=("A18", "A20", "A46"),
)
DUTY_5_1_3 = ReportingDuty(
    clause="5.1(3)",
    label_zh="医疗卫生机构报告食源性疾病聚集性病例",
    bearers=(Office.HOSPITAL,),
    recipients=(Office.COUNTY_HEALTH, Office.COUNTY_REGULATOR),
    legs=(REPORT_AT_ONCE,),
    start=ClockStart.DISCOVERED,
    readings=("A19", "A27", "A46"),
)
DUTY_5_1_4 = ReportingDuty(
    clause="5.1(4)",
    label_zh="技术机构、社会团体和个人报告或举报",
    bearers=(Office.TESTING_BODY, Office.CDC, Office.ASSOCIATION, Office.INDIVIDUAL),
    recipients=(Office.COUNTY_REGULATOR,),
    legs=(REPORT_TIMELY,),
    start=ClockStart.DISCOVERED,
    readings=("A19", "A46"),
)
DUTY_5_1_5_CITY = ReportingDuty(
    clause="5.1(5)",
    label_zh="市卫生健康部门向同级通报",
    bearers=(Office.CITY_HEALTH,),
    recipients=(Office.CITY_REGULATOR,),
    legs=(NOTIFY_TIMELY,),
    start=ClockStart.DISCOVERED,
    readings=("A19", "A39"),
)
DUTY_5_1_5_COUNTY = ReportingDuty(
    clause="5.1(5)",
    label_zh="县级卫生健康部门向同级通报",
    bearers=(Office.COUNTY_HEALTH,),
    recipients=(Office.COUNTY_REGULATOR,),
    legs=(NOTIFY_TIMELY,),
    start=ClockStart.DISCOVERED,
    readings=("A19", "A39"),
)
DUTY_5_1_6_CITY = ReportingDuty(
    clause="5.1(6)",
    label_zh="市级有关部门通报",
    bearers=(Office.CITY_UNIT,),
    recipients=(Office.CITY_REGULATOR, Office.CITY_UNIT),
    legs=(NOTIFY_AT_ONCE, FOLLOW_UP, PASS_ON_AT_ONCE),
    start=ClockStart.LEARNED,
    readings=("A19", "A46"),
)
DUTY_5_1_6_COUNTY = ReportingDuty(
    clause="5.1(6)",
    label_zh="县级有关部门通报",
    bearers=(Office.COUNTY_DEPARTMENT,),
    recipients=(Office.COUNTY_REGULATOR, Office.COUNTY_DEPARTMENT),
    legs=(NOTIFY_AT_ONCE, FOLLOW_UP, PASS_ON_AT_ONCE),
    start=ClockStart.LEARNED,
    readings=("A19", "A46"),
)
# The urgency of the county's two hops is the law's, as A64 reads it; of the city's neither says anything.
DUTY_5_1_7_REGULATOR = ReportingDuty(
    clause="5.1(7)",
    label_zh="县级食品安全监管部门逐级报告",
    bearers=(Office.COUNTY_REGULATOR,),
    recipients=(Office.COUNTY_GOVERNMENT, Office.CITY_REGULATOR),
    legs=(ONWARD_AT_ONCE,),
    start=ClockStart.LEARNED,
    readings=("A19", "A64"),
)
DUTY_5_1_7_COUNTY = ReportingDuty(
    clause="5.1(7)",
    label_zh="县级政府逐级报告",
    bearers=(Office.COUNTY_GOVERNMENT,),
    recipients=(Office.DUTY_ROOM,),
    legs=(ONWARD_AT_ONCE,),
    start=ClockStart.LEARNED,
    readings=("A19", "A25", "A64"),
)
DUTY_5_1_7_CITY = ReportingDuty(
    clause="5.1(7)",
    label_zh="市级食品安全监管部门逐级报告",
    bearers=(Office.CITY_REGULATOR,),
    recipients=(Office.PROVINCE_DEPARTMENTS,),
    legs=(ONWARD,),
    start=ClockStart.LEARNED,
    readings=("A19",),
)
DUTY_5_1_8 = ReportingDuty(
    clause="5.1(8)",
    label_zh="较大以上事故或重要活动期间事故的紧急报告",
    bearers=(Office.COUNTY_GOVERNMENT, Office.CITY_UNIT),
    recipients=(Office.DUTY_ROOM, Office.CITY_COMMISSION_OFFICE),
    legs=(PHONE, WRITTEN),
    start=ClockStart.OCCURRED,
    readings=("A16", "A17", "A18", "A21", "A22", "A23", "A24"),
)

DUTIES: tuple[ReportingDuty, ...] = (
    DUTY_5_1_1,
    DUTY_5_1_2,
    DUTY_5_1_3,
    DUTY_5_1_4,
    DUTY_5_1_5_CITY,
    DUTY_5_1_5_COUNTY,
    DUTY_5_1_6_CITY,
    DUTY_5_1_6_COUNTY,
    DUTY_5_1_7_REGULATOR,
    DUTY_5_1_7_COUNTY,
    DUTY_5_1_7_CITY,
    DUTY_5_1_8,
)
# Who must pass on what it learns to the next level: one duty each (5.1(7)).
HOPS: dict[Office, ReportingDuty] = {
    bearer: duty for duty in DUTIES if duty.clause == "5.1(7)" for bearer in duty.bearers
}


def in_edition(leg: Leg, edition: Edition) -> Leg:
    """Return a leg with the hours of an edition; one without hours has none in any (预案 5.1, 9.1)."""
    if isinstance(leg.limit, Silence):
        return leg
    hours = edition.hours
    if leg.code == PHONE.code:
        return replace(leg, target=hours.phone_target, limit=hours.phone_limit)
    if leg.code == WRITTEN.code:
        return replace(leg, target=hours.written_target, limit=hours.written_limit)
    return replace(leg, limit=hours.report_limit)


def urgency_of(clause: str, bearer: str, leg: str) -> str:
    """Return the plan's word for how soon a leg is due, such as 立即; empty where it says none (预案 5.1, A19)."""
    words = {
        each.urgency_zh
        for duty in DUTIES
        if duty.clause == clause and (clause != "5.1(7)" or bearer in duty.bearers)
        for each in duty.legs
        if each.code == leg
    }
    return words.pop() if len(words) == 1 else ""


def without_hours() -> dict[str, str]:
    """Return the duties with an act for which the plan names no hours, each clause with its words (预案 5.1, A19)."""
    found: dict[str, list[str]] = {}
    for duty in DUTIES:
        if any(isinstance(leg.limit, Silence) for leg in duty.legs):
            found.setdefault(duty.clause, []).append(duty.label_zh)
    return {clause: "、".join(labels) for clause, labels in found.items()}
