"""What stands ready before anything happens (预案 3.3, 8, 9.2): the kinds the plan names, and when the next drill is due."""

import calendar
from datetime import date
from typing import Final

from plan.edition import EDITION_2021
from plan.labelled import Labelled
from plan.offices import OfficeKind as Office

# 每3年至少开展1次应急演练 (9.2); the first period begins with the edition (A42).
DRILL_EVERY_YEARS: Final = 3
FIRST_PERIOD_FROM: Final = EDITION_2021.in_force_on
# No level is named, so that of the city and that of each county (A42).
FOOD_SAFETY_REGULATORS: Final = (Office.CITY_REGULATOR, Office.COUNTY_REGULATOR)


class TechnicalKind(Labelled):
    """The three kinds of technical body (预案 3.3)."""

    MEDICAL = "medical", "医疗机构"
    CDC = "cdc", "疾病预防控制机构"
    TESTING = "testing", "食品安全检验检测机构"


class HelperKind(Labelled):
    """Who passes information on beside the offices (预案 8.2)."""

    ASSISTANT = "assistant", "食品安全协管员"
    INFORMANT = "informant", "信息员"
    VOLUNTEER = "volunteer", "志愿者"


class ReserveKind(Labelled):
    """What is kept in reserve (预案 8.5)."""

    FACILITY = "facility", "设施"
    EQUIPMENT = "equipment", "设备"
    SUPPLY = "supply", "物资"


class Purpose(Labelled):
    """What the year's budget holds money for (预案 8.5)."""

    RESPONSE = "response", "应急处置"
    SAMPLING = "sampling", "产品抽样及检验"
    OTHER = "other", "其他应急经费"


class Audience(Labelled):
    """Whom publicity, training and drills are for (预案 8.7)."""

    REGULATORS = "regulators", "食品安全监管人员"
    OPERATORS = "operators", "食品生产经营者"
    CONSUMERS = "consumers", "消费者和公众"


class Teaching(Labelled):
    """How they are reached (预案 8.7)."""

    PUBLICITY = "publicity", "宣传教育"
    TRAINING = "training", "培训"
    EXERCISE = "exercise", "演练"


class DrillKind(Labelled):
    """The two kinds of drill (预案 9.2)."""

    COMPREHENSIVE = "comprehensive", "综合应急演练"
    SPECIAL = "special", "专项应急演练"


def next_drill_due(last_on: date | None) -> date:
    """Return the last day on which a regulator's next drill is in time (预案 9.2, A42): that day is included.

    last_on: its last drill; None if it has held none. A drill before the first period moves nothing.
    """
    return _years_later(max(last_on or FIRST_PERIOD_FROM, FIRST_PERIOD_FROM), DRILL_EVERY_YEARS)


def _years_later(day: date, years: int) -> date:
    """Return the same day years later, the month's last where it has none (民法典第二百零二条)."""
    year = day.year + years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))
