"""How reports travel and what they must say (预案 5.1(7), 5.2)."""

from plan.labelled import Labelled
from plan.levels import IncidentLevel
from plan.offices import Tier

REPORTING_CHAIN: tuple[Tier, ...] = (Tier.COUNTY, Tier.CITY, Tier.OUTSIDE)


class LeapGround(Labelled):
    """Why a report may skip a level: an option, never a reason to refuse a report (预案 5.1(7), A25)."""

    LEVEL_I = "level_i", "特别重大食品安全事故"
    LEVEL_II = "level_ii", "重大食品安全事故"
    SENSITIVE = "sensitive", "敏感的食品安全事故"
    OTHER_SPECIAL = "other_special", "其他特殊情况"


LEAP_LEVELS: dict[IncidentLevel, LeapGround] = {
    IncidentLevel.I: LeapGround.LEVEL_I,
    IncidentLevel.II: LeapGround.LEVEL_II,
}


class ReportContent(Labelled):
    """What a report must contain; each may be 'unknown yet', then owed afterwards (预案 5.2, A26)."""

    OCCURRED = "occurred", "事故发生时间"
    PLACE = "place", "地点"
    NUMBER = "number", "人数"
