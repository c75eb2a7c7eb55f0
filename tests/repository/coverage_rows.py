"""What carries each of the plan's 191 clause rows, declared by hand; `test_plan_coverage` holds it against code and tests.

A carrier is a name in a module (`plan/levels.py:IncidentLevel`), a file, a command (`manage.py classify`) or an address
(`/incidents/<number>/facts/`). After a change here or a new `clause` mark on a test: `make docs`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Carried:
    """These carry the row; `lacks` names what of its duty is still missing."""

    by: tuple[str, ...]
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class NotYet:
    """Nothing acts on the row; `chapter` is the part of the product that will, `so_far` where its rule is written down."""

    chapter: str
    so_far: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotForSoftware:
    """Nothing in the row can be computed, enforced or recorded."""

    reason: str


EDITION = "plan/edition.py:EDITION_2021"
EDITION_FOR = "plan/edition.py:edition_for"
LEVELS = "plan/levels.py:IncidentLevel"
ITEMS = "plan/grading.py:ITEMS"
GRADE = "plan/grading.py:grade"
CLASSIFY = "plan/classification.py:classify"
PROMPTS = "plan/prompts.py:questions_for_people"
ASSESSMENT = "incidents/models.py:AssessmentRecord"
RECORD_FACTS = "incidents/actions/facts.py:record_facts"
FACT_PAGE = "/incidents/<number>/facts/"
REASSESS = "incidents/actions/assessing.py:reassess"
COUNT = "incidents/counting.py:count"
NO_INCIDENT = "incidents/actions/findings.py:find_not_an_incident"
CONFIRM = "incidents/actions/levels.py:confirm_level"
FIRST_REPORT = "reporting/actions/reports.py:file_first_report"
ACCEPT = "reporting/actions/reports.py:accept_report"
CLUSTER = "reporting/actions/clusters.py:accept_cluster"
ARM = "reporting/actions/clocks.py:arm_after_assessment"
FIRE = "reporting/actions/firing.py:fire_due"
DELIVER = "reporting/actions/deliveries.py:record_delivery"
VERDICT = "reporting/verdicts.py:verdict"
STAGES = "reporting/clocks.py:stage_times"
GROUPS = "plan/groups.py:GROUPS"
AUTHORITIES = "plan/authority.py:AUTHORITIES"
MEASURES = "plan/measures.py:MEASURES"
ADJUSTMENT = "plan/adjustment.py:RAISE_GROUNDS"
TERMINATION = "plan/termination.py:TERMINATION_CONDITIONS"
INVESTIGATIONS = "plan/investigation.py:INVESTIGATIONS"
TAKE = "response/actions/measures.py:take_measure"
MEASURE_PAGE = "/incidents/<number>/measures/<kind>/"
TASK = "response/actions/tasks.py:enter_task"
SET_UP = "response/actions/groups.py:set_up_group"
GROUP_REPORT = "response/actions/group_reports.py:report_of_group"
GROUP_PAGE = "/incidents/<number>/groups/"
KINDS = "plan/records/__init__.py:KINDS"
CHECKLIST = "plan/checklist.py:CHECKLIST"
SAMPLES = "response/policies/samples.py:check_can_have_result"
PUBLISHES = "response/measure_permissions.py:check_publishes"
IS_MAJOR = "response/policies/publishing.py:is_major"
TRACE = "the list of places the food reached, from which the number follows"

URGENT_REPORT = Carried(
    (
        ARM,
        STAGES,
        FIRE,
        "manage.py run_clock",
        DELIVER,
        "/incidents/<number>/deliveries/",
        VERDICT,
        "/incidents/<number>/",
        "/board/",
    )
)

IN_MEASURES = Carried((MEASURES, KINDS, TAKE, MEASURE_PAGE))
ROSTER = Carried((GROUPS, SET_UP, GROUP_PAGE))
GROUP_DUTIES = Carried((GROUPS, CHECKLIST, TASK, "/incidents/<number>/tasks/<code>/"))

REPORTING = NotYet("reporting")
RESPONSE = NotYet("response")
IN_AUTHORITIES = NotYet("response", (AUTHORITIES,))
IN_TERMINATION = NotYet("response", (TERMINATION,))
WARNINGS = NotYet("warnings")
AFTERMATH = NotYet("aftermath")
SUMMARY = NotYet("summary")
IN_INVESTIGATIONS = NotYet("summary", (INVESTIGATIONS,))
ACCOUNTABILITY = NotYet("accountability")
READINESS = NotYet("readiness")
PLAN_KEEPING = NotYet("plan keeping")

ROWS: dict[int, Carried | NotYet | NotForSoftware] = {
    # Notice and 1
    1: Carried((EDITION, ASSESSMENT, "templates/base.html"), lacks="who consented to the plan"),
    2: Carried((EDITION,), lacks="the footer of generated documents, the first drill period"),
    3: Carried((EDITION,)),
    4: NotForSoftware("Says what the plan is for; nothing in it is computed or recorded."),
    5: PLAN_KEEPING,
    6: RESPONSE,
    7: RESPONSE,
    8: NotForSoftware("Principles: they decided readings A10 and A33 and have no rule of their own."),
    # 2 Levels
    9: Carried((NO_INCIDENT, "/incidents/<number>/no-incident/"), lacks="the two questions put at intake"),
    10: Carried((LEVELS,)),
    11: Carried((GRADE, ASSESSMENT)),
    12: Carried((ITEMS, "plan/grading.py:spread_beyond_province"), lacks=TRACE),
    13: Carried((ITEMS, "plan/grading.py:harm_is_particularly_serious", RECORD_FACTS)),
    14: Carried((ITEMS, "plan/edition.py:Switches", PROMPTS, RECORD_FACTS)),
    15: Carried((ITEMS, RECORD_FACTS)),
    16: Carried((GRADE, ASSESSMENT)),
    17: Carried((ITEMS,), lacks=TRACE),
    18: Carried((ITEMS, PROMPTS)),
    19: Carried((ITEMS, "plan/grading.py:novel_contaminant_made_ill")),
    20: Carried((ITEMS, "plan/grading.py:is_outbreak", COUNT, "/joins/<pk>/")),
    21: Carried((ITEMS,)),
    22: Carried((ITEMS, RECORD_FACTS)),
    23: Carried((GRADE, ASSESSMENT)),
    24: Carried((ITEMS, "plan/grading.py:harm_is_serious", RECORD_FACTS), lacks=TRACE),
    25: Carried((ITEMS, COUNT, REASSESS, FACT_PAGE, "manage.py classify")),
    26: Carried((ITEMS, RECORD_FACTS)),
    27: Carried((GRADE, ASSESSMENT)),
    28: Carried((ITEMS, PROMPTS)),
    29: Carried((ITEMS, COUNT, REASSESS, FACT_PAGE)),
    30: Carried((ITEMS, RECORD_FACTS)),
    # 3.1, 3.2 Headquarters and its office
    31: RESPONSE,
    32: RESPONSE,
    33: RESPONSE,
    34: RESPONSE,
    35: RESPONSE,
    36: RESPONSE,
    37: IN_AUTHORITIES,
    38: RESPONSE,
    39: RESPONSE,
    40: RESPONSE,
    41: RESPONSE,
    42: READINESS,
    43: RESPONSE,
    44: RESPONSE,
    45: RESPONSE,
    46: RESPONSE,
    47: RESPONSE,
    48: RESPONSE,
    49: RESPONSE,
    50: RESPONSE,
    51: RESPONSE,
    52: Carried((TAKE, PUBLISHES), lacks="the deadline of an answer to a public concern"),
    53: Carried((SET_UP, TASK, GROUP_PAGE, "/incidents/<number>/headquarters/<pk>/groups/")),
    54: RESPONSE,
    # 3.3, 3.4 Technical bodies and working groups
    55: READINESS,
    56: RESPONSE,
    57: Carried(
        (GROUPS, SET_UP, "response/actions/groups.py:add_member", "/incidents/<number>/groups/<pk>/")
    ),
    58: Carried(
        (
            GROUP_REPORT,
            "response/actions/groups.py:set_interval",
            "response/tasks.py:chase_reports",
            "/incidents/<number>/groups/<pk>/report/",
        )
    ),
    59: Carried((GROUPS, SET_UP, GROUP_PAGE), lacks="the line department, which the plan does not name"),
    60: Carried((GROUPS, CHECKLIST, TASK), lacks="the trend judgement's way into the adjustment"),
    61: ACCOUNTABILITY,
    62: ACCOUNTABILITY,
    63: ACCOUNTABILITY,
    64: Carried(
        (
            GROUPS,
            SET_UP,
            "response/selectors/groups.py:lawful_leads",
            "response/actions/stages.py:keep_stage_regulator",
        )
    ),
    65: GROUP_DUTIES,
    66: ROSTER,
    67: Carried((GROUPS, CHECKLIST, TASK), lacks="the patient register by hospital"),
    68: ROSTER,
    69: GROUP_DUTIES,
    70: ROSTER,
    71: Carried((GROUPS, CHECKLIST, TASK, PUBLISHES), lacks="the media register"),
    72: Carried((GROUPS, SET_UP), lacks="the expert pool and the appointment of persons"),
    73: Carried((GROUPS, CHECKLIST, TASK, KINDS)),
    74: GROUP_DUTIES,
    # 3.5 Counties
    75: RESPONSE,
    76: RESPONSE,
    77: NotYet("response", ("plan/authority.py:COORDINATION_PAIRS",)),
    78: RESPONSE,
    # 4 Monitoring and warnings
    79: WARNINGS,
    80: WARNINGS,
    81: WARNINGS,
    82: WARNINGS,
    83: WARNINGS,
    84: WARNINGS,
    85: WARNINGS,
    86: WARNINGS,
    87: WARNINGS,
    88: WARNINGS,
    # 5 Reporting
    89: Carried((FIRST_REPORT, "/reports/new/", VERDICT), lacks="measures of form and accuracy"),
    90: Carried(
        (
            "audit/append_only.py:append_only",
            "audit/record.py:record",
            "audit/seals.py:seals",
            "manage.py verify_audit",
            "/evidence/",
            "incidents/actions/facts.py:correct_fact",
            "/incidents/<number>/facts/<pk>/correct/",
            "/incidents/<number>/deliveries/<pk>/correct/",
            "/reports/<ref>/withdraw/",
            "reporting/intake.py:keep_raw_body",
        ),
        lacks="the file that a suspicion opens (7.3)",
    ),
    91: NotYet("reporting", ("plan/duties.py:DUTY_5_1_1",)),
    92: NotYet("reporting", ("plan/duties.py:DUTY_5_1_2",)),
    93: Carried((CLUSTER, "reporting/actions/cluster_legs.py:arm_cluster_legs", "/api/v1/cluster-reports/")),
    94: NotYet("reporting", ("plan/duties.py:DUTY_5_1_4",)),
    95: NotYet("reporting", ("plan/duties.py:DUTY_5_1_5_COUNTY",)),
    96: NotYet("reporting", ("plan/duties.py:DUTY_5_1_6_COUNTY",)),
    97: Carried(
        (FIRST_REPORT, "incidents/selectors.py:visible_incidents"),
        lacks="the hop to the province, and the county regulator's onward report (A64)",
    ),
    98: NotYet("reporting", ("plan/reporting.py:LEAP_LEVELS",)),
    99: Carried(
        (ARM, "reporting/first_limb.py:start_of", "incidents/crossing.py:crossing"),
        lacks="the calendar of important events (second limb)",
    ),
    100: Carried(
        (
            "reporting/first_limb.py:bearers",
            "reporting/actions/bearers.py:name_city_unit",
            "/incidents/<number>/city-units/",
            "/incidents/<number>/counties/",
        )
    ),
    101: URGENT_REPORT,
    102: URGENT_REPORT,
    103: REPORTING,
    104: Carried(
        (
            "/reports/new/",
            CLUSTER,
            "reporting/actions/duties.py:open_duties",
            "reporting/follow_up.py:has_arrived",
        )
    ),
    # 6.1, 6.2 Assessment and activation
    105: RESPONSE,
    106: Carried(
        (REASSESS, CONFIRM, "incidents/models.py:LevelConfirmation", "/incidents/<number>/confirm/"),
        lacks="the measures decided with the level",
    ),
    107: RESPONSE,
    108: NotYet("response", ("plan/levels.py:ResponseLevel",)),
    109: IN_AUTHORITIES,
    110: RESPONSE,
    111: RESPONSE,
    112: RESPONSE,
    113: IN_AUTHORITIES,
    114: RESPONSE,
    115: RESPONSE,
    116: IN_AUTHORITIES,
    117: RESPONSE,
    118: RESPONSE,
    119: Carried((CONFIRM, AUTHORITIES), lacks="the activation by the county commission"),
    120: RESPONSE,
    121: RESPONSE,
    122: RESPONSE,
    123: Carried((CLASSIFY, PROMPTS), lacks="the county's record of what it did"),
    124: RESPONSE,
    # 6.3 Measures
    125: Carried((CHECKLIST, TASK, "/incidents/<number>/tasks/<code>/")),
    126: Carried((KINDS, TAKE, MEASURE_PAGE), lacks="the register of patients one by one"),
    127: IN_MEASURES,
    128: IN_MEASURES,
    129: Carried((KINDS, TAKE, "response/policies/measures.py:check_can_take", MEASURE_PAGE)),
    130: IN_MEASURES,
    131: Carried((KINDS, TAKE, "response/policies/measures.py:check_can_take", MEASURE_PAGE)),
    132: Carried((KINDS, TAKE, "response/policies/measures.py:check_can_take", MEASURE_PAGE)),
    133: IN_MEASURES,
    134: Carried((TAKE, "response/selectors/measures.py:recipients_of_report", MEASURE_PAGE)),
    135: Carried((KINDS, TAKE, SAMPLES, "/incidents/<number>/measures/<pk>/<kind>/")),
    136: IN_MEASURES,
    137: Carried((TAKE, PUBLISHES, IS_MAJOR, "response/policies/publishing.py:check_can_release")),
    138: IN_MEASURES,
    139: Carried(
        (
            TAKE,
            "response/policies/publishing.py:check_was_found_false",
            "/incidents/<number>/measures/<pk>/<kind>/",
        )
    ),
    140: IN_MEASURES,
    141: Carried((KINDS, TAKE, MEASURE_PAGE), lacks="the list derived from hospital, firm and depot records"),
    142: IN_MEASURES,
    143: IN_MEASURES,
    144: Carried(
        (
            "response/actions/disputes.py:enter_dispute",
            "response/selectors/measures.py:disputes_for",
            "/incidents/<number>/disputes/",
            "/incidents/<number>/disputes/<pk>/",
        )
    ),
    # 6.4 Adjusting and ending
    145: NotYet("response", (ADJUSTMENT,)),
    146: NotYet("response", (ADJUSTMENT,)),
    147: NotYet("response", (ADJUSTMENT,)),
    148: NotYet("response", ("plan/adjustment.py:LOWER_GROUND",)),
    149: IN_AUTHORITIES,
    150: IN_AUTHORITIES,
    151: IN_TERMINATION,
    152: IN_TERMINATION,
    153: IN_TERMINATION,
    154: NotYet("response", (TERMINATION, "plan/agents.py:agents")),
    155: IN_TERMINATION,
    156: IN_TERMINATION,
    157: IN_TERMINATION,
    # 7 Aftermath, summary, accountability
    158: AFTERMATH,
    159: AFTERMATH,
    160: AFTERMATH,
    161: AFTERMATH,
    162: SUMMARY,
    163: IN_INVESTIGATIONS,
    164: IN_INVESTIGATIONS,
    165: IN_INVESTIGATIONS,
    166: IN_INVESTIGATIONS,
    167: IN_INVESTIGATIONS,
    168: SUMMARY,
    169: ACCOUNTABILITY,
    170: ACCOUNTABILITY,
    171: ACCOUNTABILITY,
    # 8 Readiness
    172: READINESS,
    173: READINESS,
    174: WARNINGS,
    175: READINESS,
    176: READINESS,
    177: NotForSoftware("Asks for technical research, which is no act within an incident."),
    178: READINESS,
    179: READINESS,
    180: READINESS,
    181: AFTERMATH,
    182: READINESS,
    183: READINESS,
    # 9 Keeping the plan
    184: NotYet("plan keeping", (EDITION_FOR,)),
    185: PLAN_KEEPING,
    186: PLAN_KEEPING,
    187: READINESS,
    188: READINESS,
    189: READINESS,
    190: Carried((EDITION_FOR, ACCEPT)),
    191: Carried((EDITION,)),
}
