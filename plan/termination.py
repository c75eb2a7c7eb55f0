"""When a response may end (预案 6.4.2): any one of four conditions, each a conjunction of findings (A33)."""

from dataclasses import dataclass
from datetime import timedelta

from plan.clauses import clause
from plan.labelled import Labelled

STABLE_FOR = timedelta(hours=24)  # 24小时以上: exactly 24 hours count (A3)


class Finding(Labelled):
    """What must be shown for a condition."""

    ALL_TREATED = "all_treated", "患者全部得到救治"
    STABLE_24H = "stable_24h", "原患者病情稳定24小时以上"
    NO_NEW_ACUTE = "no_new_acute", "无新的急性病症患者出现"
    INCUBATION_PASSED = "incubation_passed", "末例患者后经过最长潜伏期无新病例出现"
    FOOD_CONTROLLED = "food_controlled", "现场受污染食品得到有效控制"
    CLEANED = "cleaned", "食品与环境污染得到有效清理并符合相关标准"
    NO_SECONDARY_HAZARD = "no_secondary_hazard", "次生、衍生事件隐患消除"
    HARM_CONTROLLED = "harm_controlled", "事故危害或不良影响已消除或得到有效控制"
    NO_MORE_HANDLING = "no_more_handling", "不再需要继续应急处置"
    NOT_AN_INCIDENT = "not_an_incident", "经综合评估认定不属于食品安全事故"


@dataclass(frozen=True, slots=True)
class TerminationCondition:
    """One of the four conditions, met when all its findings are.

    needs_patients: with no patient on record it is not met vacuously (A33).
    """

    clause: str
    findings: tuple[Finding, ...]
    needs_patients: bool = False

    @property
    def text_zh(self) -> str:
        """The condition in the plan's words."""
        return clause(self.clause).text_zh


TERMINATION_CONDITIONS: tuple[TerminationCondition, ...] = (
    TerminationCondition(
        "6.4.2(1)",
        (Finding.ALL_TREATED, Finding.STABLE_24H, Finding.NO_NEW_ACUTE, Finding.INCUBATION_PASSED),
        needs_patients=True,
    ),
    TerminationCondition("6.4.2(2)", (Finding.FOOD_CONTROLLED, Finding.CLEANED, Finding.NO_SECONDARY_HAZARD)),
    TerminationCondition("6.4.2(3)", (Finding.HARM_CONTROLLED, Finding.NO_MORE_HANDLING)),
    TerminationCondition("6.4.2(4)", (Finding.NOT_AN_INCIDENT,)),
)
