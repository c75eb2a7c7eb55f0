"""Who prepares, approves and carries out each act of command (预案 1.3, 3, 6); `accounts` knows who holds the office."""

from dataclasses import dataclass

from plan.labelled import Labelled
from plan.offices import OfficeKind as Office


class Act(Labelled):
    """An act that the plan reserves to somebody."""

    ACTIVATE_I = "activate_i", "启动Ⅰ级应急响应"
    ACTIVATE_II = "activate_ii", "启动Ⅱ级应急响应"
    ACTIVATE_III = "activate_iii", "启动Ⅲ级应急响应"
    ACTIVATE_IV = "activate_iv", "启动Ⅳ级应急响应"
    HANDLE_BELOW = "handle_below", "县级酌情处置"
    ADJUST = "adjust", "提高或降低应急响应级别"
    TERMINATE = "terminate", "终止应急响应"
    TERMINATE_COUNTY = "terminate_county", "终止县级应急响应"
    PUBLISH = "publish", "发布事故信息"
    TAKE_OVER = "take_over", "市政府决定自行负责处置"
    DESIGNATE_LEAD_COUNTY = "designate_lead_county", "指定牵头区县（市）"
    REQUEST_CITY_COORDINATION = "request_city_coordination", "请求市级层面协调处置"
    FIX_LEVEL = "fix_level", "核定事故级别"
    FIX_LEVEL_IV = "fix_level_iv", "评估为一般事故"
    WORK_REPORT = "work_report", "应急处理工作报告"
    APPOINT_COMMANDER = "appoint_commander", "指定总指挥"


@dataclass(frozen=True, slots=True)
class Authority:
    """One row of the table of approvals.

    applies: owes the application, which is no gate. prepares: whose preparation_zh must stand first.
    approves: whose consent_zh is needed, each an alternative; empty where the text names none. acts: alternatives too.
    """

    act: Act
    applies: tuple[Office, ...]
    prepares: tuple[Office, ...]
    preparation_zh: str
    approves: tuple[Office, ...]
    consent_zh: str
    acts: tuple[Office, ...]
    clauses: tuple[str, ...]
    readings: tuple[str, ...] = ()


_APPLICANTS = (Office.CITY_COMMISSION_OFFICE, Office.CITY_HEADQUARTERS_OFFICE)

AUTHORITIES: tuple[Authority, ...] = (
    Authority(
        act=Act.ACTIVATE_I,
        applies=_APPLICANTS,
        prepares=(Office.CITY_COMMISSION,),
        preparation_zh="对事故影响及其趋势进行综合评估",
        approves=(Office.CITY_GOVERNMENT,),
        consent_zh="批准",
        acts=(Office.CITY_COMMISSION,),
        clauses=("6.2.1", "3.2"),
        readings=("A28", "A59"),
    ),
    Authority(
        act=Act.ACTIVATE_II,
        applies=_APPLICANTS,
        prepares=(Office.CITY_COMMISSION_OFFICE,),
        preparation_zh="初步评估",
        approves=(Office.CITY_GOVERNMENT,),
        consent_zh="同意",
        acts=(Office.CITY_COMMISSION,),
        clauses=("6.2.2", "3.2"),
        readings=("A28", "A59", "A61"),
    ),
    Authority(
        act=Act.ACTIVATE_III,
        applies=_APPLICANTS,
        prepares=(Office.CITY_COMMISSION_OFFICE,),
        preparation_zh="初步评估",
        approves=(Office.CITY_GOVERNMENT,),
        consent_zh="同意",
        acts=(Office.CITY_COMMISSION,),
        clauses=("6.2.3", "3.2"),
        readings=("A28", "A59", "A61"),
    ),
    Authority(
        act=Act.ACTIVATE_IV,
        applies=(),
        prepares=(Office.COUNTY_COMMISSION_OFFICE,),
        preparation_zh="评估",
        approves=(),
        consent_zh="",
        acts=(Office.COUNTY_COMMISSION,),
        clauses=("6.2.4",),
        readings=("A28", "A45", "A52"),
    ),
    Authority(
        act=Act.HANDLE_BELOW,
        applies=(),
        prepares=(),
        preparation_zh="",
        approves=(),
        consent_zh="",
        acts=(Office.COUNTY_GOVERNMENT,),
        clauses=("6.2.4",),
        readings=("A4", "A5"),
    ),
    Authority(
        act=Act.ADJUST,
        applies=(Office.CITY_HEADQUARTERS_OFFICE,),
        prepares=(Office.CITY_HEADQUARTERS_OFFICE,),
        preparation_zh="分析、评估和论证",
        approves=(Office.CITY_HEADQUARTERS,),
        consent_zh="审议批准",
        acts=(Office.CITY_HEADQUARTERS,),
        clauses=("3.1", "6.4.1"),
        readings=("A31", "A32", "A63"),
    ),
    Authority(
        act=Act.TERMINATE,
        applies=(Office.COUNTY_GOVERNMENT, Office.CITY_HEADQUARTERS_OFFICE),
        prepares=(Office.COUNTY_GOVERNMENT, Office.CITY_HEADQUARTERS_OFFICE),
        preparation_zh="终止应急响应的建议，并评估认为符合终止条件之一",
        approves=(Office.CITY_HEADQUARTERS,),
        consent_zh="总指挥同意",
        acts=(Office.CITY_HEADQUARTERS,),
        clauses=("6.4.2", "3.1"),
        readings=("A33", "A34", "A47"),
    ),
    Authority(
        act=Act.TERMINATE_COUNTY,
        applies=(Office.COUNTY_COMMISSION_OFFICE,),
        prepares=(Office.COUNTY_COMMISSION_OFFICE,),
        preparation_zh="终止应急响应的建议，并评估认为符合终止条件之一",
        approves=(Office.COUNTY_HEADQUARTERS,),
        consent_zh="总指挥同意",
        acts=(Office.COUNTY_HEADQUARTERS,),
        clauses=("3.5", "6.2.4", "6.4.2"),
        readings=("A33",),
    ),
    Authority(
        act=Act.PUBLISH,
        applies=(),
        prepares=(Office.CITY_HEADQUARTERS_OFFICE, Office.CITY_PUBLICITY),
        preparation_zh="统筹信息发布",
        approves=(Office.CITY_HEADQUARTERS,),
        consent_zh="审核重大信息",
        acts=(Office.CITY_HEADQUARTERS, Office.CITY_HEADQUARTERS_OFFICE),
        clauses=("3.1", "3.2", "6.3.5"),
        readings=("A37",),
    ),
    Authority(
        act=Act.TAKE_OVER,
        applies=(),
        prepares=(),
        preparation_zh="",
        approves=(Office.CITY_GOVERNMENT,),
        consent_zh="决定",
        acts=(Office.CITY_GOVERNMENT,),
        clauses=("1.3",),
        readings=("A15", "A62"),
    ),
    Authority(
        act=Act.DESIGNATE_LEAD_COUNTY,
        applies=(Office.COUNTY_GOVERNMENT,),
        prepares=(),
        preparation_zh="",
        approves=(Office.CITY_GOVERNMENT,),
        consent_zh="指定",
        acts=(Office.COUNTY_GOVERNMENT,),
        clauses=("3.5",),
        readings=("A38",),
    ),
    Authority(
        act=Act.REQUEST_CITY_COORDINATION,
        applies=(Office.COUNTY_GOVERNMENT, Office.COUNTY_HEADQUARTERS),
        prepares=(),
        preparation_zh="",
        approves=(Office.CITY_GOVERNMENT, Office.CITY_HEADQUARTERS),
        consent_zh="答复",
        acts=(Office.CITY_GOVERNMENT, Office.CITY_HEADQUARTERS),
        clauses=("3.5",),
        readings=("A38",),
    ),
    Authority(
        act=Act.FIX_LEVEL,
        applies=(),
        prepares=(),
        preparation_zh="事故评估",
        approves=(Office.CITY_COMMISSION_OFFICE,),
        consent_zh="核定",
        acts=(Office.CITY_COMMISSION_OFFICE,),
        clauses=("6.1",),
        readings=("A14",),
    ),
    Authority(
        act=Act.FIX_LEVEL_IV,
        applies=(),
        prepares=(),
        preparation_zh="事故评估",
        approves=(Office.COUNTY_COMMISSION_OFFICE,),
        consent_zh="评估",
        acts=(Office.COUNTY_COMMISSION_OFFICE,),
        clauses=("6.2.4",),
        readings=("A14", "A52"),
    ),
    Authority(
        act=Act.WORK_REPORT,
        applies=(Office.CITY_HEADQUARTERS_OFFICE,),
        prepares=(Office.CITY_HEADQUARTERS_OFFICE,),
        preparation_zh="应急处理工作报告",
        approves=(Office.CITY_HEADQUARTERS,),
        consent_zh="审议批准",
        acts=(Office.CITY_HEADQUARTERS,),
        clauses=("3.1",),
    ),
    Authority(
        act=Act.APPOINT_COMMANDER,
        applies=(),
        prepares=(),
        preparation_zh="",
        approves=(Office.CITY_GOVERNMENT,),
        consent_zh="指定",
        acts=(Office.CITY_GOVERNMENT,),
        clauses=("3.1",),
        readings=("A47", "A59"),
    ),
)

# Answers and papers for which the plan names no hours: silence is no consent, a late paper voids nothing (A19, A59).
CONSENT_WAITS, ADJUSTMENT_WAITS, END_WAITS, PAPER_WAITS = "6.2", "3.1", "6.4.2", "A59"
ANSWERS_WITHOUT_HOURS: dict[str, str] = {
    CONSENT_WAITS: "市政府对启动申请的批准或同意",
    ADJUSTMENT_WAITS: "应急指挥部对工作报告和级别调整的审议",
    END_WAITS: "总指挥对终止建议的答复",
    PAPER_WAITS: "口头决定的书面文件",
}

# county government asks the city government, county headquarters ask the city's (commission before there are any)
COORDINATION_PAIRS: tuple[tuple[Office, Office], ...] = (
    (Office.COUNTY_GOVERNMENT, Office.CITY_GOVERNMENT),
    (Office.COUNTY_HEADQUARTERS, Office.CITY_HEADQUARTERS),
)
