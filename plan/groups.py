"""The working groups headquarters may set up (预案 3.4): optional, and their member lists open (A36)."""

from dataclasses import dataclass

from plan.labelled import Labelled
from plan.offices import OfficeKind as Office


class Group(Labelled):
    """The six groups the plan names; headquarters may set up others (预案 3.4)."""

    INVESTIGATION = "investigation", "事故调查组"
    HAZARD_CONTROL = "hazard_control", "危害控制组"
    MEDICAL = "medical", "医疗救治组"
    STABILITY = "stability", "社会稳定组"
    PUBLICITY = "publicity", "新闻宣传组"
    EXPERTS = "experts", "专家咨询组"


@dataclass(frozen=True, slots=True)
class GroupDuty:
    """One duty of a group in the plan's words; `is_deliverable`: its outcome is a document."""

    code: str
    text_zh: str
    is_deliverable: bool = False


@dataclass(frozen=True, slots=True)
class WorkingGroup:
    """Who leads a group and whom the plan names in it.

    lead: None where the plan names none. others_zh: named by function, no body of its own. is_open: 等.
    """

    group: Group
    clause: str
    lead: Office | None
    assisting: tuple[Office, ...]
    members: tuple[Office, ...]
    others_zh: tuple[str, ...]
    is_open: bool
    readings: tuple[str, ...] = ()
    duties: tuple[GroupDuty, ...] = ()


# The county's office in the place of the city's: 参照 (预案 3.5, A60).
COUNTY_EQUIVALENTS: dict[Office, Office] = {
    Office.CITY_HEADQUARTERS: Office.COUNTY_COMMISSION,
    Office.CITY_HEADQUARTERS_OFFICE: Office.COUNTY_COMMISSION_OFFICE,
    Office.CITY_REGULATOR: Office.COUNTY_REGULATOR,
    Office.CITY_STAGE_REGULATOR: Office.COUNTY_REGULATOR,
    Office.CITY_HEALTH: Office.COUNTY_HEALTH,
    Office.CITY_POLITICAL_LEGAL: Office.COUNTY_GOVERNMENT,
    Office.CITY_PUBLICITY: Office.COUNTY_GOVERNMENT,
    Office.CITY_POLICE: Office.COUNTY_DEPARTMENT,
}

GROUPS: tuple[WorkingGroup, ...] = (
    WorkingGroup(
        group=Group.INVESTIGATION,
        clause="3.4.1",
        lead=Office.CITY_REGULATOR,
        assisting=(Office.HOSPITAL, Office.CDC, Office.TESTING_BODY),
        members=(Office.CITY_POLICE,),
        others_zh=("行业主管部门",),
        is_open=True,
        readings=("A35", "A36"),
        duties=(
            GroupDuty("cause", "调查事故发生原因", is_deliverable=True),
            GroupDuty("impact", "评估事故影响", is_deliverable=True),
            GroupDuty("trend", "研判发展趋势", is_deliverable=True),
            GroupDuty("field_study", "组织开展流行病学调查和原因分析", is_deliverable=True),
            GroupDuty("product_tests", "对问题产品进行检验检测", is_deliverable=True),
            GroupDuty("conclusion", "作出事故调查结论", is_deliverable=True),
            GroupDuty("recommendations", "提出相关防范意见和建议", is_deliverable=True),
        ),
    ),
    WorkingGroup(
        group=Group.HAZARD_CONTROL,
        clause="3.4.2",
        lead=Office.CITY_STAGE_REGULATOR,
        assisting=(),
        members=(),
        others_zh=(),
        is_open=False,
        readings=("A35", "A36", "A53"),
        duties=(
            GroupDuty("scene_treatment", "组织开展事故现场卫生处理"),
            GroupDuty("product_measures", "监督、指导事发地相关监管部门对问题产品采取必要措施"),
        ),
    ),
    WorkingGroup(
        group=Group.MEDICAL,
        clause="3.4.3",
        lead=Office.CITY_HEALTH,
        assisting=(),
        members=(),
        others_zh=(),
        is_open=False,
        readings=("A36",),
        duties=(
            GroupDuty("treatment_plan", "提出救治方案", is_deliverable=True),
            GroupDuty("treatment", "组织开展应急医疗救治工作"),
            GroupDuty("local_guidance", "指导事发地卫生健康部门救治因食品安全事故导致健康受到危害的人员"),
        ),
    ),
    WorkingGroup(
        group=Group.STABILITY,
        clause="3.4.4",
        lead=Office.CITY_POLITICAL_LEGAL,
        assisting=(),
        members=(
            Office.CITY_CYBERSPACE,
            Office.CITY_PETITIONS,
            Office.CITY_POLICE,
            Office.CITY_JUSTICE,
            Office.CITY_COURT,
            Office.CITY_PROCURATORATE,
        ),
        others_zh=(),
        is_open=True,
        readings=("A36",),
        duties=(
            GroupDuty("sabotage", "防范敌对势力破坏"),
            GroupDuty("security", "加强社会治安防控"),
            GroupDuty("order", "维护正常社会秩序"),
            GroupDuty("rumour_crimes", "严厉打击编造传播谣言、制造社会恐慌等违法犯罪行为"),
            GroupDuty("conflicts", "协调做好因食品安全事故及处理造成的矛盾化解和社会稳定工作"),
        ),
    ),
    WorkingGroup(
        group=Group.PUBLICITY,
        clause="3.4.5",
        lead=Office.CITY_PUBLICITY,
        assisting=(),
        members=(Office.CITY_HEADQUARTERS_OFFICE, Office.CITY_CYBERSPACE),
        others_zh=(),
        is_open=True,
        readings=("A36", "A37"),
        duties=(
            GroupDuty("media", "指导协调事发地现场报道和媒体采访管理工作"),
            GroupDuty("opinion", "做好食品安全事故舆情引导和处置工作"),
            GroupDuty("assist_release", "配合做好信息发布工作"),
        ),
    ),
    WorkingGroup(
        group=Group.EXPERTS,
        clause="3.4.6",
        lead=None,
        assisting=(),
        members=(Office.EXPERT,),
        others_zh=(),
        is_open=False,
        readings=("A33", "A36"),
        duties=(
            GroupDuty("analysis", "负责对事故分析评估", is_deliverable=True),
            GroupDuty("advice", "为应急响应的调整和解除以及应急处置工作提供决策建议", is_deliverable=True),
            GroupDuty("direct", "直接参与指导应急处置和舆情引导工作"),
        ),
    ),
)


def group_of(group: Group) -> WorkingGroup:
    """Return what the plan says of one of its groups (预案 3.4)."""
    return next(each for each in GROUPS if each.group is group)
