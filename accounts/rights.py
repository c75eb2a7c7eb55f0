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
    # Who a patient is: a reason is asked for each time, and goes on record.
    READ_PATIENTS = "read_patients"
    # The acts of chapters 3 and 6; docs/authority.md holds them beside the plan's own table.
    ASSESS = "assess"
    APPLY = "apply"
    WEIGH = "weigh"
    APPROVE = "approve"
    ACTIVATE = "activate"
    HANDLE_BELOW = "handle_below"
    APPOINT_COMMANDER = "appoint_commander"
    COMMAND = "command"
    DECIDE_ADJUSTMENT = "decide_adjustment"
    KEEP_MEMBERS = "keep_members"
    SUBMIT_WORK_REPORT = "submit_work_report"
    DECIDE_WORK_REPORT = "decide_work_report"
    PROPOSE_END = "propose_end"
    REQUEST_COORDINATION = "request_coordination"
    ANSWER_COORDINATION = "answer_coordination"
    # Of 3.4 and 6.3; which measures are an office's is data of the plan (`plan.records`).
    TAKE_MEASURES = "take_measures"
    KEEP_DISPUTES = "keep_disputes"
    # Of 5.1(8): the calendar of important events, and house targets where the plan has no hours (A19, A22).
    KEEP_CALENDAR = "keep_calendar"
    # Of 3.4.6: the pool of experts is the city office's.
    KEEP_EXPERTS = "keep_experts"
    # Of 6.3.1: entering patients one by one; a hospital its own.
    KEEP_PATIENTS = "keep_patients"
    # Of A12: which of the listed are cases; it moves the number ill, so the offices that fix levels or lead the medical side.
    DEFINE_CASES = "define_cases"
    # Of 3.4.2: what people ate, ill and well; those who investigate ask them.
    KEEP_FOOD_HISTORIES = "keep_food_histories"
    # Of 5.1: keeping the evidence log's daily roots, apart from who runs the database.
    KEEP_ROOTS = "keep_roots"
    # Of 5.1(1), 5.1(2), 5.1(4): what comes by the public door is the county regulator's; the city office sees that it is seen to.
    TRIAGE = "triage"
    SEE_TRIAGE = "see_triage"
    # Of 4.1 and 8.2: what single cases may be together is seen by who watches over food and health, and judged by the desks.
    SEE_SIGNALS = "see_signals"
    JUDGE_SIGNAL = "judge_signal"
    # Of 5.1 and 7.3: how timely each office reports, and what becomes of a suspicion.
    SEE_TIMELINESS = "see_timeliness"
    KEEP_ACCOUNTABILITY = "keep_accountability"
    # Of 7.1 and 8.6: what is settled afterwards; who keeps the ledger also knows whom it pays, and coordinates insurers.
    SEE_AFTERMATH = "see_aftermath"
    KEEP_AFTERMATH = "keep_aftermath"
    KEEP_INSURANCE = "keep_insurance"
    # Of 4.1 and 8.2: the one store of what is watched; who may issue a warning besides is the plan's (4.2.1, A44).
    MONITOR = "monitor"
    # Of 3.2, 8 and 9.2: the registers are the commission's office's, each of its own area; hospitals health keeps as well,
    # enterprises and drills the regulator. Where somebody is reached is for those who handle incidents.
    SEE_REGISTERS = "see_registers"
    SEE_CONTACTS = "see_contacts"
    KEEP_REGISTERS = "keep_registers"
    KEEP_HOSPITALS = "keep_hospitals"
    KEEP_ENTERPRISES = "keep_enterprises"
    RECORD_DRILLS = "record_drills"
    # Of 7.2: the regulator sums up, the commission's team investigates, 市食药安办 reviews how a county handled it; the year.
    WRITE_SUMMARY = "write_summary"
    INVESTIGATE = "investigate"
    REVIEW_HANDLING = "review_handling"
    SEE_YEAR = "see_year"
    # Of 9.1: the plan is managed by 市食药安办; each county's own by its government, through its office.
    KEEP_PLAN = "keep_plan"
    KEEP_COUNTY_PLAN = "keep_county_plan"


_COUNTY_DESK = frozenset(
    {
        Right.SEE_INCIDENTS,
        Right.SEE_BOARD,
        Right.FILE_REPORT,
        Right.RECORD_FACT,
        Right.RECORD_DELIVERY,
        Right.DECIDE_JOIN,
        Right.TAKE_MEASURES,
        Right.SEE_SIGNALS,
        Right.JUDGE_SIGNAL,
        Right.MONITOR,
        Right.SEE_REGISTERS,
        Right.SEE_CONTACTS,
        Right.KEEP_ENTERPRISES,
        Right.RECORD_DRILLS,
    }
)
_WATCH = frozenset({Right.SEE_INCIDENTS, Right.SEE_BOARD, Right.SEE_REGISTERS})
# The bodies named in the working groups, and the technical ones: they act on an incident, the board is not theirs (3.3, 3.4).
_GROUP_BODY = frozenset({Right.SEE_INCIDENTS, Right.TAKE_MEASURES})
# What the office of a commission prepares, and as headquarters' office carries out (3.2, 6.1, 6.4).
_OFFICE_OF_COMMAND = frozenset(
    {
        Right.CONFIRM_LEVEL,
        Right.ASSESS,
        Right.COMMAND,
        Right.KEEP_MEMBERS,
        Right.SUBMIT_WORK_REPORT,
        Right.PROPOSE_END,
        Right.KEEP_REGISTERS,
        Right.KEEP_HOSPITALS,
    }
)

# 各地各有关单位 settle what is theirs to settle (7.1).
_SETTLES = frozenset({Right.SEE_AFTERMATH, Right.KEEP_AFTERMATH, Right.KEEP_INSURANCE})

RIGHTS: dict[OfficeKind, frozenset[Right]] = {
    OfficeKind.COUNTY_REGULATOR: _COUNTY_DESK
    | _SETTLES
    | {Right.TRIAGE, Right.SEE_TRIAGE, Right.SEE_TIMELINESS, Right.READ_PATIENTS}
    | {Right.WRITE_SUMMARY, Right.SEE_YEAR},
    # The office fixes Ⅳ (6.2.4, A14) and reports 代县政府 (A50).
    OfficeKind.COUNTY_COMMISSION_OFFICE: _COUNTY_DESK
    | _OFFICE_OF_COMMAND
    | _SETTLES
    | {Right.SEE_TIMELINESS, Right.KEEP_ACCOUNTABILITY, Right.KEEP_COUNTY_PLAN}
    | {Right.DEFINE_CASES, Right.KEEP_FOOD_HISTORIES}
    | {Right.INVESTIGATE, Right.SEE_YEAR},
    # 属地: it handles what is below Ⅳ, proposes the end, names the county's commander (3.5, 6.2.4, 6.4.2).
    OfficeKind.COUNTY_GOVERNMENT: _WATCH
    | _SETTLES
    | {
        Right.RECORD_DELIVERY,
        Right.TAKE_MEASURES,
        Right.KEEP_DISPUTES,
        Right.HANDLE_BELOW,
        Right.APPOINT_COMMANDER,
        Right.PROPOSE_END,
        Right.REQUEST_COORDINATION,
        Right.SEE_TIMELINESS,
        Right.SEE_YEAR,
        Right.KEEP_COUNTY_PLAN,
    },
    OfficeKind.COUNTY_COMMISSION: _WATCH
    | {
        Right.SEE_AFTERMATH,
        Right.ACTIVATE,
        Right.COMMAND,
        Right.DECIDE_WORK_REPORT,
        Right.TAKE_MEASURES,
        Right.REQUEST_COORDINATION,
        Right.INVESTIGATE,
    },
    OfficeKind.COUNTY_HEALTH: _WATCH
    | _SETTLES
    | {Right.RECORD_FACT, Right.TAKE_MEASURES, Right.SEE_SIGNALS, Right.MONITOR}
    | {Right.KEEP_PATIENTS, Right.READ_PATIENTS, Right.SEE_CONTACTS, Right.KEEP_HOSPITALS}
    | {Right.DEFINE_CASES, Right.KEEP_FOOD_HISTORIES},
    # 市食药安办 organises the assessment and fixes the level (6.1), and chooses the city units concerned (A21).
    OfficeKind.CITY_COMMISSION_OFFICE: _COUNTY_DESK
    | _OFFICE_OF_COMMAND
    | _SETTLES
    | {
        Right.NAME_BEARERS,
        Right.APPLY,
        Right.KEEP_EXPERTS,
        Right.KEEP_ROOTS,
        Right.SEE_TRIAGE,
        Right.SEE_TIMELINESS,
    }
    | {Right.KEEP_CALENDAR, Right.KEEP_ACCOUNTABILITY, Right.READ_PATIENTS}
    | {Right.KEEP_PLAN, Right.KEEP_COUNTY_PLAN}
    | {Right.DEFINE_CASES, Right.KEEP_FOOD_HISTORIES}
    | {Right.INVESTIGATE, Right.REVIEW_HANDLING, Right.SEE_YEAR},
    OfficeKind.CITY_REGULATOR: _COUNTY_DESK | _SETTLES | {Right.WRITE_SUMMARY, Right.SEE_YEAR},
    OfficeKind.DUTY_ROOM: _WATCH | {Right.RECORD_DELIVERY, Right.KEEP_ROOTS},
    OfficeKind.CITY_GOVERNMENT: _WATCH
    | {Right.APPROVE, Right.APPOINT_COMMANDER, Right.ANSWER_COORDINATION, Right.KEEP_ACCOUNTABILITY}
    | {Right.SEE_AFTERMATH, Right.SEE_YEAR},
    OfficeKind.CITY_COMMISSION: _WATCH
    | {
        Right.SEE_AFTERMATH,
        Right.WEIGH,
        Right.ACTIVATE,
        Right.COMMAND,
        Right.DECIDE_ADJUSTMENT,
        Right.DECIDE_WORK_REPORT,
        Right.ANSWER_COORDINATION,
        Right.TAKE_MEASURES,
        Right.INVESTIGATE,
        Right.SEE_YEAR,
    },
    OfficeKind.CITY_HEALTH: _WATCH
    | _SETTLES
    | {Right.RECORD_FACT, Right.RECORD_DELIVERY, Right.TAKE_MEASURES, Right.SEE_SIGNALS, Right.MONITOR}
    | {Right.KEEP_PATIENTS, Right.READ_PATIENTS, Right.SEE_CONTACTS, Right.KEEP_HOSPITALS}
    | {Right.DEFINE_CASES, Right.KEEP_FOOD_HISTORIES},
    OfficeKind.CITY_POLITICAL_LEGAL: _GROUP_BODY | {Right.KEEP_DISPUTES},
    **dict.fromkeys(
        (
            OfficeKind.CITY_CYBERSPACE,
            OfficeKind.CITY_PETITIONS,
            OfficeKind.CITY_POLICE,
            OfficeKind.CITY_JUSTICE,
            OfficeKind.CITY_COURT,
            OfficeKind.CITY_PROCURATORATE,
            OfficeKind.CITY_PUBLICITY,
        ),
        _GROUP_BODY,
    ),
    # Among them the regulators of other stages of the food chain (3.4.2, A53).
    OfficeKind.CITY_UNIT: _GROUP_BODY | _SETTLES | {Right.MONITOR, Right.WRITE_SUMMARY},
    # It sees the incidents it was told of, and of them the two lists alone (7.1).
    OfficeKind.INSURANCE_REGULATOR: frozenset({Right.KEEP_INSURANCE}),
    OfficeKind.CDC: _GROUP_BODY
    | {Right.READ_PATIENTS, Right.KEEP_FOOD_HISTORIES, Right.SEE_SIGNALS, Right.MONITOR}
    | {Right.SEE_REGISTERS, Right.SEE_CONTACTS},
    OfficeKind.HOSPITAL: frozenset({Right.SEND_CLUSTER, Right.KEEP_PATIENTS}),
}

# Where people may sit who manage accounts and keys: of the whole city, of their county. Each is appointed by name.
CITY_MANAGING = frozenset({OfficeKind.CITY_COMMISSION_OFFICE})
COUNTY_MANAGING = frozenset({OfficeKind.COUNTY_COMMISSION_OFFICE, OfficeKind.COUNTY_REGULATOR})

# Whose systems may have a key: those that report cases, and those that report what they watch (5.1(3), 8.2(a)).
KEY_HOLDERS = frozenset(
    kind for kind, rights in RIGHTS.items() if rights & {Right.SEND_CLUSTER, Right.MONITOR}
)
