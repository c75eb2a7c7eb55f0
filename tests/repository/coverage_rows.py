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


SINGLE_CASES = (
    "reporting/models/single_cases.py:SingleCase",
    "reporting/actions/single_cases.py:report_single_cases",
)
OBSERVATIONS = (
    "monitoring/models/observations.py:Observation",
    "monitoring/actions/observations.py:record_observations",
)
EDITION = "plan/edition.py:EDITION_2021"
EDITION_FOR = "plan/editions.py:edition_for"
LEVELS = "plan/levels.py:IncidentLevel"
ITEMS = "plan/grading.py:ITEMS"
GRADE = "plan/grading.py:grade"
CLASSIFY = "plan/classification.py:classify"
PROMPTS = "plan/prompts.py:questions_for_people"
ASSESSMENT = "incidents/models/levels.py:AssessmentRecord"
RECORD_FACTS = "incidents/actions/facts.py:record_facts"
FACT_PAGE = "/incidents/<number>/facts/"
REASSESS = "incidents/actions/assessing.py:reassess"
COUNT = "incidents/counting.py:count"
NO_INCIDENT = "incidents/actions/findings.py:find_not_an_incident"
CONFIRM = "incidents/fixing.py:fix_level"
FIX = "response/actions/confirming.py:confirm_on_assessment"
FIRST_REPORT = "reporting/actions/reports.py:file_first_report"
ACCEPT = "reporting/actions/reports.py:accept_report"
CLUSTER = "reporting/actions/clusters.py:accept_cluster"
ARM = "reporting/actions/clocks.py:arm_after_assessment"
FIRE = "reporting/actions/firing.py:fire_due"
DELIVER = "reporting/actions/deliveries.py:record_delivery"
VERDICT = "reporting/verdicts.py:verdict"
PUBLIC = "reporting/actions/public.py:file_public_report"
TIP = "reporting/actions/tips.py:record_tip"
LEARN = "reporting/actions/notices.py:learn_of_incident"
LEAP = "reporting/actions/leaps.py:record_leap"
PASS_UP = "reporting/actions/passing.py:pass_up"
OPERATORS = "reporting/actions/operators.py:record_operator_report"
SIGN_REPORT = "reporting/actions/signing.py:sign_document"
SEND_REPORT = "reporting/actions/dispatching.py:send_document"
EXPLAIN = "reporting/actions/excuses.py:lodge_oral_explanation"
MERGE = "incidents/actions/merging.py:merge_incidents"
SPLIT = "incidents/actions/merging.py:split_incident"
DEFINE = "incidents/actions/definitions.py:define_cases"
OUTBREAK_PAGE = "/incidents/<number>/outbreak/"
STAGES = "reporting/clocks.py:stage_times"
GROUPS = "plan/groups.py:GROUPS"
AUTHORITIES = "plan/authority.py:AUTHORITIES"
MEASURES = "plan/measures.py:MEASURES"
ADJUSTMENT = "plan/adjustment.py:RAISE_GROUNDS"
TERMINATION = "plan/termination.py:TERMINATION_CONDITIONS"
INVESTIGATIONS = "plan/investigation.py:INVESTIGATIONS"
TAKE = "response/actions/measures.py:take_measure"
REGISTER = (
    "response/actions/patients.py:record_patients",
    "plan/courses.py:course_of",
    "/incidents/<number>/patients/",
)
AGENT = "response/actions/agents.py:find_agent"
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
ACTIVATE = "response/actions/activation.py:activate_response"
ACTIVATE_COUNTY = "response/actions/activation.py:activate_county_response"
CAN_ACTIVATE = "response/policies/activation.py:check_can_activate"
ANSWER = "response/actions/activation.py:answer_activation"
START = "response/actions/starting.py:start_response"
COMMAND = "response/actions/commands.py:issue_command"
RECEIPT = "response/actions/commands.py:execute_command"
COMMANDER = "response/actions/commanders.py:appoint_commander"
TEAM = "response/actions/teams.py:dispatch_team"
SETTLE = "response/actions/teams.py:settle_response_duty"
ASSESS = "response/actions/assessments.py:write_assessment"
ADJUST = "response/actions/adjustment.py:decide_adjustment"
CAN_ADJUST = "response/policies/adjustment.py:check_can_adjust"
PROPOSE_END = "response/actions/termination.py:propose_end"
END = "response/actions/termination.py:answer_proposal"
JUDGE = "plan/recovery.py:judge"
CONDITION = "response/actions/assessments.py:report_condition"
RESPONSE_PAGE = "/incidents/<number>/response/"
ACT_PAGE = "/incidents/<number>/response/<slug>/"
ORDER_PAGE = "/orders/<pk>/"
ORDERS = "/orders/"
REGISTERS = (
    "readiness/registers.py:REGISTERS",
    "readiness/actions/entries.py:keep_entry",
    "/readiness/<code>/<register>/",
)
IMPORT = "readiness/actions/entries.py:import_entries"
SHORT = "readiness/selectors/standing.py:standings"
SUPPORT = ("readiness/actions/support.py:request_support", "/incidents/<number>/support/")
RECORD_DRILL = "readiness/actions/drills.py:record_drill"
LOG_KINDS = "plan/command_log.py:LOG_KINDS"
NOTE_RECEIPT = "response/actions/tracking.py:note_receipt"
KEEP_CARD = "response/actions/members.py:keep_card"
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

SUSPICIONS = (
    "plan/accountability.py:AccountabilityGround",
    "reporting/lateness.py:latenesses",
    "incidents/contradictions.py:contradictions",
    "response/actions/accountability.py:open_accountability_file",
    "response/actions/accountability.py:dismiss_accountability_prompt",
    "/accountability/",
    "/incidents/<number>/accountability/",
)
FILE_PAGE = "/incidents/<number>/accountability/files/<pk>/"
REFERRED = Carried(
    (
        "plan/accountability.py:REFERRALS",
        "response/actions/referrals.py:draw_up_referral",
        "response/actions/referrals.py:note_referral_step",
        "response/referral_document.py:sheet_of_referral",
        FILE_PAGE,
    )
)
FILES = (
    "response/actions/accountability_evidence.py:link_evidence",
    "response/actions/accountability_answers.py:ask_accused",
    "response/actions/accountability_answers.py:answer_accusation",
    "response/actions/accountability_ends.py:record_outcome",
    "response/actions/accountability_ends.py:close_accountability_file",
    FILE_PAGE,
)
IN_MEASURES = Carried((MEASURES, KINDS, TAKE, MEASURE_PAGE))
ROSTER = Carried((GROUPS, SET_UP, GROUP_PAGE))
GROUP_DUTIES = Carried((GROUPS, CHECKLIST, TASK, "/incidents/<number>/tasks/<code>/"))

AFTERMATH_PAGE = "/incidents/<number>/aftermath/"
IN_LEDGER = (
    "plan/aftermath.py:CostKind",
    "aftermath/actions/ledger.py:enter_cost",
    "aftermath/actions/ledger.py:pay_cost",
    AFTERMATH_PAGE,
)
IN_ORDERS = (
    "plan/aftermath.py:OrderKind",
    "aftermath/actions/orders.py:order_requisition",
    AFTERMATH_PAGE,
)
PAPERS = ("plan/papers.py:PAPERS", "/incidents/<number>/papers/")
INVESTIGATED = Carried(
    (
        INVESTIGATIONS,
        *PAPERS,
        "review/actions/investigating.py:form_investigation_team",
        "review/policies.py:check_is_investigated_here",
    )
)
INVESTIGATED_ABOVE = Carried((INVESTIGATIONS, *PAPERS, "review/actions/investigating.py:note_exchange_above"))

ROWS: dict[int, Carried | NotYet | NotForSoftware] = {
    # Notice and 1
    1: Carried((EDITION, ASSESSMENT, "templates/base.html", "/plan/")),
    2: Carried((EDITION, "reporting/documents/sheet.py:sheet", "plan/readiness.py:next_drill_due")),
    3: Carried((EDITION,)),
    4: NotForSoftware("Says what the plan is for; nothing in it is computed or recorded."),
    5: Carried(("plan/legal_basis.py:LEGAL_BASIS", "editions/actions/drafts.py:note_law", "/plan/")),
    6: Carried(
        ("response/policies/activation.py:check_can_take_over", CAN_ACTIVATE),
        lacks="a guard on incidents outside Ningbo",
    ),
    7: Carried(("response/actions/activation.py:take_over", ACT_PAGE)),
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
    20: Carried(
        (
            ITEMS,
            "plan/grading.py:is_outbreak",
            COUNT,
            MERGE,
            SPLIT,
            "/joins/<pk>/",
            "/incidents/<number>/merge/",
        )
    ),
    21: Carried((ITEMS,)),
    22: Carried((ITEMS, RECORD_FACTS)),
    23: Carried((GRADE, ASSESSMENT)),
    24: Carried((ITEMS, "plan/grading.py:harm_is_serious", RECORD_FACTS), lacks=TRACE),
    25: Carried(
        (
            *(ITEMS, COUNT, DEFINE, REASSESS, MERGE, FACT_PAGE, OUTBREAK_PAGE),
            *("/incidents/<number>/cases/", "manage.py classify"),
        )
    ),
    26: Carried((ITEMS, RECORD_FACTS)),
    27: Carried((GRADE, ASSESSMENT)),
    28: Carried((ITEMS, PROMPTS)),
    29: Carried((ITEMS, COUNT, REASSESS, FACT_PAGE)),
    30: Carried((ITEMS, RECORD_FACTS)),
    # 3.1, 3.2 Headquarters and its office
    31: Carried(("response/selectors/members.py:member_units", "/members/")),
    32: Carried((START, "response/models/command.py:Headquarters", RESPONSE_PAGE)),
    33: Carried((COMMAND, LOG_KINDS, RECEIPT, RESPONSE_PAGE, ORDER_PAGE, ORDERS)),
    34: Carried((COMMAND, RECEIPT, ORDER_PAGE)),
    35: Carried((COMMAND, LOG_KINDS, ACT_PAGE)),
    36: Carried((TAKE, PUBLISHES, IS_MAJOR, "response/policies/publishing.py:check_can_release")),
    37: Carried(
        (
            AUTHORITIES,
            "response/actions/work_reports.py:submit_work_report",
            "response/actions/work_reports.py:decide_work_report",
            ADJUST,
            END,
            "/approvals/",
        )
    ),
    38: Carried((START, SETTLE, COMMAND, LOG_KINDS, NOTE_RECEIPT)),
    39: Carried((COMMANDER, "response/permissions.py:check_actor_commands")),
    40: Carried((START, "response/selectors/members.py:member_units", KEEP_CARD, "/members/<code>/")),
    41: Carried((COMMAND, KEEP_CARD, "/members/")),
    42: Carried((*REGISTERS, IMPORT, SHORT, "/readiness/")),
    43: Carried((START, "response/models/command.py:Headquarters")),
    44: Carried((START,)),
    45: Carried((COMMAND, RECEIPT)),
    46: Carried(
        (
            "response/actions/activation.py:apply_for_activation",
            "response/actions/adjustment.py:apply_adjustment",
            PROPOSE_END,
        )
    ),
    47: Carried(
        (
            COMMAND,
            RECEIPT,
            "response/actions/tracking.py:review_execution",
            "response/actions/tracking.py:chase_command",
            ORDERS,
        )
    ),
    48: Carried((COMMAND, LOG_KINDS, "response/actions/tracking.py:review_execution", ORDERS)),
    49: Carried((COMMAND, LOG_KINDS, NOTE_RECEIPT, SETTLE)),
    50: Carried((COMMAND, LOG_KINDS, "response/actions/tracking.py:chase_command", RESPONSE_PAGE)),
    51: Carried((COMMAND, LOG_KINDS, RECEIPT, ORDERS)),
    52: Carried((TAKE, PUBLISHES, KINDS, "response/policies/publishing.py:check_was_released", MEASURE_PAGE)),
    53: Carried((SET_UP, TASK, GROUP_PAGE, "/incidents/<number>/headquarters/<pk>/groups/")),
    54: Carried((COMMAND, LOG_KINDS, ACT_PAGE)),
    # 3.3, 3.4 Technical bodies and working groups
    55: Carried((*REGISTERS, "plan/readiness.py:TechnicalKind", *SUPPORT)),
    56: Carried(("response/selectors/command_log.py:coordinators_of", COMMAND)),
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
    59: Carried((GROUPS, SET_UP, "response/actions/groups.py:name_line_department", GROUP_PAGE)),
    60: Carried((GROUPS, CHECKLIST, TASK, "response/selectors/trends.py:trend_judgements")),
    61: REFERRED,
    62: REFERRED,
    63: REFERRED,
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
    67: Carried((GROUPS, CHECKLIST, TASK, *REGISTER)),
    68: ROSTER,
    69: GROUP_DUTIES,
    70: ROSTER,
    71: Carried((GROUPS, CHECKLIST, TASK, PUBLISHES, KINDS)),
    72: Carried(
        (
            GROUPS,
            SET_UP,
            "response/actions/experts.py:keep_expert",
            "response/actions/experts.py:appoint_expert",
        )
    ),
    73: Carried((GROUPS, CHECKLIST, TASK, KINDS)),
    74: GROUP_DUTIES,
    # 3.5 Counties
    75: Carried(
        (
            START,
            COMMANDER,
            "response/actions/counties.py:set_up_county_headquarters",
            "response/actions/handing_over.py:replace_others",
        )
    ),
    76: Carried(
        (
            "response/selectors/command.py:handling_of",
            "response/actions/commanders.py:designate_lead_county",
            "response/selectors/command_log.py:counties_under",
        )
    ),
    77: Carried(
        ("plan/authority.py:COORDINATION_PAIRS", "response/actions/coordination.py:request_coordination")
    ),
    78: Carried((COMMAND, ORDERS, SET_UP, GROUP_PAGE)),
    # 4 Monitoring and warnings
    79: Carried(
        (
            "monitoring/models/observations.py:RiskyFood",
            "incidents/models/places.py:Stage",
            "/monitoring/foods/",
        )
    ),
    80: Carried((*SINGLE_CASES, *OBSERVATIONS)),
    81: Carried(
        (
            *OBSERVATIONS,
            "monitoring/actions/sharing.py:note_sharing",
            "/api/v1/observations/",
            "/monitoring/observations/import/",
            "/monitoring/sharing/",
            "reporting/actions/judging.py:take_up_signal",
        )
    ),
    82: Carried(
        (
            "plan/monitoring.py:Stream",
            "monitoring/picture.py:picture_of",
            "reporting/signalling/method.py:find",
            "/monitoring/",
            "/signals/",
        )
    ),
    83: Carried(("monitoring/actions/issuing.py:sign_warning", "/warnings/", "/feeds/cap.atom")),
    84: Carried(
        (
            "plan/monitoring.py:HazardDuty",
            "monitoring/actions/hazards.py:find_hazard",
            "monitoring/actions/hazards.py:control_hazard",
            "monitoring/actions/hazards.py:tell_of_hazard",
            "/monitoring/hazards/<pk>/",
        )
    ),
    85: Carried(
        (
            "monitoring/policies.py:check_text",
            "monitoring/actions/warnings.py:begin_warning",
            "monitoring/cap.py:Message",
            "/monitoring/warnings/<pk>/",
        )
    ),
    86: Carried(
        (
            "monitoring/actions/answers.py:confirm_warning",
            "monitoring/actions/answers.py:answer_warning",
            "monitoring/waiting.py:monitoring_waits",
        )
    ),
    87: Carried(
        ("monitoring/actions/warnings.py:draft_bulletin", "monitoring/permissions.py:check_actor_issues")
    ),
    88: Carried(("plan/monitoring.py:LiftGround", "monitoring/policies.py:check_text")),
    # 5 Reporting
    89: Carried((FIRST_REPORT, "/reports/new/", VERDICT, "/timeliness/", "reporting/quality.py:quality")),
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
            *SUSPICIONS,
        ),
    ),
    91: Carried((OPERATORS, VERDICT, FIRE, "/incidents/<number>/operators/", PUBLIC)),
    92: Carried((OPERATORS, VERDICT, FIRE, "/incidents/<number>/operators/", PUBLIC)),
    93: Carried(
        (
            CLUSTER,
            "reporting/actions/cluster_legs.py:arm_cluster_legs",
            "/api/v1/cluster-reports/",
            "reporting/actions/hospitals.py:record_hospital_report",
            "/incidents/<number>/hospitals/",
        )
    ),
    94: Carried(
        (
            PUBLIC,
            "/report/",
            "/triage/",
            "reporting/actions/triage.py:take_up_public_report",
            TIP,
            "/incidents/<number>/tips/",
        )
    ),
    95: Carried((LEARN, "plan/duties.py:DUTY_5_1_5_COUNTY", "/incidents/<number>/learnings/")),
    96: Carried(
        (
            LEARN,
            "reporting/actions/notices.py:record_check",
            "reporting/actions/notices.py:send_notice",
            "reporting/actions/misdirected.py:pass_on",
            "reporting/actions/opening.py:file_notice",
            "/notices/new/",
        )
    ),
    97: Carried(
        (FIRST_REPORT, "incidents/selectors.py:visible_incidents", PASS_UP, "plan/duties.py:HOPS"),
    ),
    98: Carried((LEAP, "plan/reporting.py:skipped_offices", "/incidents/<number>/leaps/")),
    99: Carried(
        (
            ARM,
            "reporting/first_limb.py:start_of",
            "incidents/crossing.py:crossing",
            "reporting/second_limb.py:within_event",
            "reporting/actions/events.py:enter_event",
            "/calendar/",
        )
    ),
    100: Carried(
        (
            "reporting/first_limb.py:bearers",
            "reporting/actions/bearers.py:name_city_unit",
            "/incidents/<number>/city-units/",
            "/incidents/<number>/counties/",
        )
    ),
    101: Carried(
        (
            *URGENT_REPORT.by,
            "reporting/actions/documents.py:record_call",
            "reporting/actions/channels.py:declare_channel",
            "reporting/actions/channels.py:record_attempt",
            "/channels/",
        ),
        URGENT_REPORT.lacks,
    ),
    102: Carried((*URGENT_REPORT.by, SIGN_REPORT, SEND_REPORT), URGENT_REPORT.lacks),
    103: Carried(
        (
            EXPLAIN,
            "reporting/excuses.py:excuse",
            "/incidents/<number>/explanations/",
            "reporting/documents/fields.py:Need",
            "/incidents/<number>/explanations/<pk>/retract/",
        )
    ),
    104: Carried(
        (
            "/reports/new/",
            "/report/",
            CLUSTER,
            "reporting/actions/duties.py:open_duties",
            "reporting/follow_up.py:has_arrived",
            "reporting/documents/drafting.py:drafted",
        )
    ),
    # 6.1, 6.2 Assessment and activation
    105: Carried(
        (
            "response/actions/assessments.py:request_data",
            "response/actions/assessments.py:answer_data_request",
            "response/actions/chasing.py:chase_late_answers",
            "/requests/<pk>/",
        )
    ),
    106: Carried(
        (
            REASSESS,
            FIX,
            CONFIRM,
            "incidents/models/levels.py:LevelConfirmation",
            "/incidents/<number>/confirm/",
            ASSESS,
        )
    ),
    107: Carried((ASSESS, "response/policies/assessment.py:check_three_parts")),
    108: Carried(("plan/levels.py:ResponseLevel", "response/models/activation.py:Response")),
    109: Carried(
        (
            CAN_ACTIVATE,
            "response/actions/activation.py:weigh_impact",
            ANSWER,
            ACTIVATE,
            ACT_PAGE,
            "response/way.py:way_of",
        )
    ),
    110: Carried((START, COMMAND)),
    111: Carried((START, TEAM, RESPONSE_PAGE)),
    112: Carried((START, SETTLE)),
    113: Carried(
        (
            CAN_ACTIVATE,
            ANSWER,
            ACTIVATE,
            "response/policies/spoken.py:Spoken",
            "response/actions/papers.py:record_paper",
        )
    ),
    114: Carried((START, COMMAND)),
    115: Carried((START, TEAM, RESPONSE_PAGE)),
    116: Carried((CAN_ACTIVATE, ANSWER, ACTIVATE, ACT_PAGE)),
    117: Carried((START, COMMAND)),
    118: Carried((START, TEAM, RESPONSE_PAGE)),
    119: Carried((CONFIRM, ACTIVATE_COUNTY, "response/policies/activation.py:check_can_activate_county")),
    120: Carried((ACTIVATE_COUNTY, START)),
    121: Carried((TEAM,)),
    122: Carried((ACTIVATE_COUNTY, SETTLE)),
    123: Carried((CLASSIFY, PROMPTS, "response/actions/below.py:record_handling")),
    124: Carried(("response/actions/epidemics.py:open_epidemic_branch", RESPONSE_PAGE)),
    # 6.3 Measures
    125: Carried((CHECKLIST, TASK, "/incidents/<number>/tasks/<code>/")),
    126: Carried((KINDS, TAKE, MEASURE_PAGE, *REGISTER, "response/actions/patients.py:transfer_patient")),
    127: IN_MEASURES,
    128: IN_MEASURES,
    129: Carried((KINDS, TAKE, "response/policies/measures.py:check_can_take", MEASURE_PAGE)),
    130: IN_MEASURES,
    131: Carried((KINDS, TAKE, "response/policies/measures.py:check_can_take", MEASURE_PAGE)),
    132: Carried((KINDS, TAKE, "response/policies/measures.py:check_can_take", MEASURE_PAGE)),
    133: Carried(
        (
            *IN_MEASURES.by,
            "incidents/actions/definitions.py:define_cases",
            "incidents/actions/histories.py:record_food_histories",
            "incidents/actions/cards.py:record_outbreak_card",
            "/incidents/<number>/outbreak/card/",
        )
    ),
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
    141: Carried((KINDS, TAKE, MEASURE_PAGE, "response/key_places.py:unguarded")),
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
    145: Carried(
        (ADJUSTMENT, CAN_ADJUST, "response/actions/adjustment.py:apply_adjustment", ADJUST, ACT_PAGE)
    ),
    146: Carried((ADJUSTMENT, "response/policies/adjustment.py:check_can_raise")),
    147: Carried(
        (
            ADJUSTMENT,
            "response/policies/adjustment.py:check_can_raise",
            "response/selectors/grounds.py:grounds_on_record",
        )
    ),
    148: Carried(
        ("plan/adjustment.py:LOWER_GROUND", "response/policies/adjustment.py:check_can_lower", ADJUST)
    ),
    149: Carried((PROPOSE_END, "response/permissions.py:check_actor_proposes_end")),
    150: Carried(
        (
            END,
            "response/permissions.py:check_actor_commands",
            "response/policies/termination.py:check_proposal",
        )
    ),
    151: Carried((JUDGE, CONDITION, RESPONSE_PAGE, *REGISTER)),
    152: Carried((JUDGE, CONDITION, RESPONSE_PAGE, *REGISTER)),
    153: Carried((JUDGE, "response/actions/reopening.py:flag_reopened", *REGISTER)),
    154: Carried((JUDGE, "plan/agents.py:agents", AGENT, CONDITION, RESPONSE_PAGE)),
    155: Carried((TERMINATION, PROPOSE_END, END, "response/policies/termination.py:check_results")),
    156: Carried((TERMINATION, PROPOSE_END, END)),
    157: Carried((TERMINATION, END, "incidents/actions/findings.py:close_as_no_incident")),
    # 7 Aftermath, summary, accountability
    158: Carried((*IN_LEDGER, "aftermath/selectors/costs.py:costs_by_kind")),
    159: Carried((*IN_LEDGER, "aftermath/actions/ledger.py:receive_from_party")),
    160: Carried(
        ("plan/aftermath.py:TaskKind", "aftermath/actions/care.py:enter_aftermath_task", AFTERMATH_PAGE)
    ),
    161: Carried(
        (
            "plan/aftermath.py:InsuranceList",
            "aftermath/actions/insurance.py:tell_insurance_of_incidents",
            "aftermath/actions/care.py:enter_insurance_claim",
            "/incidents/<number>/aftermath/insurance/",
        )
    ),
    162: Carried(
        (
            *PAPERS,
            "review/actions/signing_papers.py:sign_paper",
            "review/policies.py:check_can_sign_paper",
            "aftermath/selectors/finishing.py:finished_at",
            "/incidents/<number>/after-action/",
        )
    ),
    163: INVESTIGATED_ABOVE,
    164: INVESTIGATED_ABOVE,
    165: INVESTIGATED,
    166: INVESTIGATED,
    167: Carried((INVESTIGATIONS, *PAPERS, "review/actions/sending_papers.py:send_paper")),
    168: Carried(
        (*PAPERS, "review/actions/improving.py:propose_improvement", "/improvements/", "/improvements/<pk>/")
    ),
    169: Carried((*SUSPICIONS, *FILES)),
    170: Carried((*SUSPICIONS, *FILES)),
    171: REFERRED,
    # 8 Readiness
    172: Carried((*REGISTERS, "readiness/models/entries.py:Team", SHORT)),
    173: Carried((*REGISTERS, "response/models/experts.py:Expert", *SUPPORT)),
    174: Carried(
        (
            *OBSERVATIONS,
            "plan/monitoring.py:Feed",
            "reporting/actions/proposing.py:propose_signals",
            "/monitoring/",
        )
    ),
    175: Carried(
        (
            *REGISTERS,
            "plan/readiness.py:HelperKind",
            "monitoring/actions/observations.py:take_helpers_word",
            "/notice-to-regulator/",
        )
    ),
    176: Carried((*REGISTERS, "readiness/models/entries.py:Hospital", *SUPPORT)),
    177: NotForSoftware("Asks for technical research, which is no act within an incident."),
    178: Carried(
        (
            *REGISTERS,
            "readiness/actions/stock.py:use_stock",
            "readiness/actions/stock.py:replenish_stock",
            SHORT,
        )
    ),
    179: Carried((*REGISTERS, "readiness/models/years.py:Budget", SHORT)),
    180: Carried(IN_ORDERS),
    181: Carried(
        (
            *IN_ORDERS,
            "aftermath/actions/orders.py:end_requisition",
            "aftermath/actions/finishing.py:declare_aftermath_finished",
        )
    ),
    182: Carried((*REGISTERS, "readiness/models/years.py:Activity")),
    183: Carried((*REGISTERS, "plan/readiness.py:Audience")),
    # 9 Keeping the plan
    187: Carried(
        (
            "plan/readiness.py:next_drill_due",
            "readiness/selectors/drills.py:drills_due",
            RECORD_DRILL,
            "/readiness/<code>/drills/",
        )
    ),
    188: Carried((*REGISTERS, "readiness/models/entries.py:Enterprise", SHORT)),
    184: Carried(
        (
            *(EDITION_FOR, "plan/revising.py:read_edition", "editions/actions/drafts.py:try_draft"),
            *("editions/actions/drafts.py:record_plan_review", "/plan/drafts/<key>/"),
        )
    ),
    185: Carried(("editions/actions/counties.py:register_county_plan", "/plan/counties/")),
    186: Carried(
        (
            "editions/actions/counties.py:record_inspection",
            "editions/actions/counties.py:follow_finding",
            "/plan/counties/",
        )
    ),
    189: Carried(
        (
            RECORD_DRILL,
            "readiness/actions/drills.py:evaluate_drill",
            "plan/readiness.py:DrillKind",
            "drills/actions/directing.py:start_drill",
            "drills/scoring.py:score",
            "/drills/<pk>/",
        )
    ),
    190: Carried((EDITION_FOR, ACCEPT)),
    191: Carried((EDITION,)),
}
