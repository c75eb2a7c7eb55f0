"""What an office may do: decided here and nowhere else.

A right reaches as far as the office's own jurisdiction: a city office's over every county, a county office's over
its county and the zones hosted there (A43), a hospital's over its own reports alone.
"""

import enum

from plan.offices import OfficeKind


class Right(enum.StrEnum):
    """Something an office may be allowed to do."""

    SEE_INCIDENTS = "see_incidents"
    SEE_BOARD = "see_board"
    FILE_REPORT = "file_report"
    RECORD_FACT = "record_fact"
    RECORD_DELIVERY = "record_delivery"
    CONFIRM_LEVEL = "confirm_level"
    DECIDE_JOIN = "decide_join"
    NAME_BEARERS = "name_bearers"
    SEND_CLUSTER = "send_cluster"


_COUNTY_DESK = frozenset(
    {
        Right.SEE_INCIDENTS,
        Right.SEE_BOARD,
        Right.FILE_REPORT,
        Right.RECORD_FACT,
        Right.RECORD_DELIVERY,
        Right.DECIDE_JOIN,
    }
)
_WATCH = frozenset({Right.SEE_INCIDENTS, Right.SEE_BOARD})

RIGHTS: dict[OfficeKind, frozenset[Right]] = {
    OfficeKind.COUNTY_REGULATOR: _COUNTY_DESK,
    # The office fixes Ⅳ (6.2.4, A14) and reports 代县政府 (A50).
    OfficeKind.COUNTY_COMMISSION_OFFICE: _COUNTY_DESK | {Right.CONFIRM_LEVEL},
    OfficeKind.COUNTY_GOVERNMENT: _WATCH | {Right.RECORD_DELIVERY},
    OfficeKind.COUNTY_COMMISSION: _WATCH,
    OfficeKind.COUNTY_HEALTH: _WATCH | {Right.RECORD_FACT},
    # 市食药安办 organises the assessment and fixes the level (6.1), and chooses the city units concerned (A21).
    OfficeKind.CITY_COMMISSION_OFFICE: _COUNTY_DESK | {Right.CONFIRM_LEVEL, Right.NAME_BEARERS},
    OfficeKind.CITY_REGULATOR: _COUNTY_DESK,
    OfficeKind.DUTY_ROOM: _WATCH | {Right.RECORD_DELIVERY},
    OfficeKind.CITY_GOVERNMENT: _WATCH,
    OfficeKind.CITY_COMMISSION: _WATCH,
    OfficeKind.CITY_HEALTH: _WATCH | {Right.RECORD_FACT, Right.RECORD_DELIVERY},
    OfficeKind.HOSPITAL: frozenset({Right.SEND_CLUSTER}),
}
