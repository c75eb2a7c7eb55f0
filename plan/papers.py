"""The three papers of 7.2, each with who writes it and the parts it has (预案 7.2, A40)."""

from dataclasses import dataclass

from plan.investigation import INVESTIGATIONS
from plan.labelled import Labelled
from plan.levels import IncidentLevel
from plan.offices import OfficeKind as Office

CLAUSE = "7.2"


class PaperKind(Labelled):
    """A paper of 7.2; each has its own precondition (A40)."""

    SUMMARY = "summary", "应急处置工作总结"
    INVESTIGATION = "investigation", "事故调查评估报告"
    LOCAL_REVIEW = "local_review", "应急救援处置工作总结分析"


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One part of a paper; `of_plan` where 7.2 itself names it, else it is how the house sets the paper out."""

    code: str
    label_zh: str
    of_plan: bool = True


@dataclass(frozen=True, slots=True)
class PaperRule:
    """What 7.2 says of a paper: its sentence, and its parts in the plan's order."""

    kind: PaperKind
    text_zh: str
    parts: tuple[PaperPart, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its parts."""
        return frozenset(part.code for part in self.parts)


PAPERS: dict[PaperKind, PaperRule] = {
    rule.kind: rule
    for rule in (
        PaperRule(
            PaperKind.SUMMARY,
            "食品安全事故善后处置工作结束后，食品安全监管部门应及时组织有关单位对食品安全事故和应急处置工作进行总结",
            (
                PaperPart("causes", "事故原因和影响因素"),
                PaperPart("evaluation", "应急处置工作开展情况和效果评估"),
                PaperPart("lessons", "经验教训"),
                PaperPart("prevention", "对类似事故的防范措施和意见建议"),
            ),
        ),
        # 7.2 says who investigates and evaluates and not what the report has in it.
        PaperRule(
            PaperKind.INVESTIGATION,
            "由调查组进行调查评估",
            (
                PaperPart("facts", "事故基本情况", of_plan=False),
                PaperPart("inquiry", "调查情况", of_plan=False),
                PaperPart("opinion", "评估意见", of_plan=False),
            ),
        ),
        PaperRule(
            PaperKind.LOCAL_REVIEW,
            "市食药安办结合实际情况，组织对事发地政府的应急救援处置工作进行总结、分析，提出改进意见，通报有关单位",
            (
                PaperPart("handling", "事发地政府应急救援处置工作总结"),
                PaperPart("analysis", "分析"),
                PaperPart("improvements", "改进意见"),
            ),
        ),
    )
}


def addressees(kind: PaperKind, level: IncidentLevel) -> tuple[Office, ...]:
    """Return to whom 7.2 has a paper reported; none for 市食药安办's own, and none above the city's levels (A40)."""
    if kind is PaperKind.LOCAL_REVIEW or level not in INVESTIGATIONS:
        return ()
    return INVESTIGATIONS[level].reports_to
