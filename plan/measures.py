"""The response measures (预案 6.3): chosen by the incident's nature, never gated on activation or groups (A60)."""

from dataclasses import dataclass

from plan.clauses import row
from plan.groups import Group
from plan.offices import OfficeKind as Office


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of 6.3 and who takes it.

    row: the clause row that quotes it. groups: whose task it is; without a group its lead acts (A60).
    offices: named beside or instead of a group. first_zh: what must be done or waived before, if anything.
    when_needed: 必要时, 视情 or 根据需要 in the text.
    """

    code: str
    label_zh: str
    clause: str
    row: int
    groups: tuple[Group, ...]
    offices: tuple[Office, ...] = ()
    first_zh: str = ""
    when_needed: bool = False

    @property
    def text_zh(self) -> str:
        """The measure in the plan's words."""
        return row(self.row).text_zh


_INVESTIGATION, _HAZARD, _MEDICAL = Group.INVESTIGATION, Group.HAZARD_CONTROL, Group.MEDICAL
_HEALTH = (Office.CITY_HEALTH, Office.COUNTY_HEALTH)
_RELEASE = (Office.CITY_HEADQUARTERS, Office.CITY_HEADQUARTERS_OFFICE, Office.CITY_PUBLICITY)
_EVIDENCE_FIRST = "先完成或说明免除采样取证（A35）"

MEASURES: tuple[Measure, ...] = (
    Measure("treat", "救治与转运", "6.3.1", 126, (_MEDICAL,), _HEALTH),
    Measure("reinforce", "增派与调配", "6.3.1", 127, (_MEDICAL,), _HEALTH, when_needed=True),
    Measure("advise_public", "健康建议与心理援助", "6.3.1", 128, (_MEDICAL,), _HEALTH),
    Measure("sanitise", "现场卫生处理", "6.3.2", 129, (_INVESTIGATION, _HAZARD), first_zh=_EVIDENCE_FIRST),
    Measure("seal", "封存", "6.3.2", 130, (_HAZARD,)),
    Measure("recall", "召回或停止经营", "6.3.2", 131, (_HAZARD,), first_zh="先由具名人员确认属于被污染"),
    Measure("clean_tools", "清洗消毒与标明危害范围", "6.3.2", 132, (_HAZARD,), first_zh=_EVIDENCE_FIRST),
    Measure("epidemiology", "流行病学调查", "6.3.3", 133, (_INVESTIGATION,)),
    Measure("epidemiology_report", "流行病学调查报告", "6.3.3", 134, (), (Office.CDC,)),
    Measure("test", "检验检测", "6.3.4", 135, (_INVESTIGATION,), (Office.TESTING_BODY,)),
    Measure("expert_opinion", "综合分析和评估", "6.3.4", 136, (Group.EXPERTS,)),
    Measure("organise_release", "统一组织信息发布", "6.3.5", 137, (), _RELEASE),
    Measure("release", "向社会发布", "6.3.5", 138, (Group.PUBLICITY,), _RELEASE),
    Measure("watch_opinion", "舆情监测与澄清", "6.3.5", 139, (Group.PUBLICITY,), when_needed=True),
    Measure("scene_order", "现场秩序与治安", "6.3.6", 140, (Group.STABILITY,)),
    Measure("key_places", "重点区域管控", "6.3.6", 141, (Group.STABILITY,)),
    Measure("false_information", "处置不实信息", "6.3.6", 142, (Group.STABILITY,)),
    Measure("obstruction", "查处妨碍公务", "6.3.6", 143, (Group.STABILITY,)),
    Measure("disputes", "信访与矛盾化解", "6.3.6", 144, (Group.STABILITY,)),
)
