"""How reports travel and what they must say (预案 5.1(7), 5.2)."""

from plan.labelled import Labelled
from plan.levels import IncidentLevel
from plan.offices import OfficeKind, Tier

REPORTING_CHAIN: tuple[Tier, ...] = (Tier.COUNTY, Tier.CITY, Tier.OUTSIDE)


class LeapGround(Labelled):
    """Why a report may skip a level: an option, never a reason to refuse a report (预案 5.1(7), A25)."""

    LEVEL_I = "level_i", "特别重大食品安全事故"
    LEVEL_II = "level_ii", "重大食品安全事故"
    SENSITIVE = "sensitive", "敏感的食品安全事故"
    OTHER_SPECIAL = "other_special", "其他特殊情况"


# What the plan names; any other ground is accepted and marked for review (A25).
LISTED_GROUNDS = frozenset({LeapGround.LEVEL_I, LeapGround.LEVEL_II, LeapGround.SENSITIVE})
LEAP_LEVELS: dict[IncidentLevel, LeapGround] = {
    IncidentLevel.I: LeapGround.LEVEL_I,
    IncidentLevel.II: LeapGround.LEVEL_II,
}


# The offices that are passed over when a level is skipped: of the regulators' line, and of a county government's (5.1(7)).
_LEVELS = (Tier.NONE, *REPORTING_CHAIN)
_LINE = {Tier.COUNTY: OfficeKind.COUNTY_REGULATOR, Tier.CITY: OfficeKind.CITY_REGULATOR}
_GOVERNMENTS = {Tier.CITY: OfficeKind.DUTY_ROOM}


def skipped_offices(bearer: OfficeKind, recipient: OfficeKind) -> list[OfficeKind]:
    """Return the offices of the levels that lie between two; none for the next level up (预案 5.1(7), A25).

    Who holds no office stands below the county.
    """
    line = _GOVERNMENTS if bearer is OfficeKind.COUNTY_GOVERNMENT else _LINE
    between = _LEVELS[_LEVELS.index(bearer.level) + 1 : _LEVELS.index(recipient.level)]
    return [line[tier] for tier in between]


class ReportContent(Labelled):
    """What a report must contain; each may be 'unknown yet', then owed afterwards (预案 5.2, A26)."""

    OCCURRED = "occurred", "事故发生时间"
    PLACE = "place", "地点"
    NUMBER = "number", "人数"
