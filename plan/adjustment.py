"""Raising and lowering the response level (预案 6.4.1): always 可, always headquarters' decision, never the machine's."""

from dataclasses import dataclass

from plan.labelled import Labelled


class Element(Labelled):
    """A finding that a ground consists of, each recorded with its evidence."""

    WORSENED = "worsened", "事故进一步加重"
    WIDENED = "widened", "影响和危害扩大"
    SPREADING = "spreading", "有蔓延趋势"
    HARD_TO_CONTROL = "hard_to_control", "情况难以控制"
    SCHOOL_OR_NURSERY = "school_or_nursery", "在学校或托幼机构发生"
    IMPORTANT_EVENT = "important_event", "全国性或区域性重要活动期间发生"
    CONTROLLED = "controlled", "事故危害或不良影响得到有效控制"
    BELOW_FORMER_LEVEL = "below_former_level", "评估标准已降低到原级别以下"
    NO_FURTHER_SPREAD = "no_further_spread", "再无进一步扩散趋势"


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for adjusting: needs all its elements, or any one of them."""

    clause: str
    elements: tuple[Element, ...]
    needs_all: bool
    readings: tuple[str, ...]


PREPARATION_ZH = ("分析", "评估", "论证")

RAISE_GROUNDS: tuple[Ground, ...] = (
    Ground(
        "6.4.1(1)",
        (Element.WORSENED, Element.WIDENED, Element.SPREADING, Element.HARD_TO_CONTROL),
        needs_all=True,
        readings=("A31",),
    ),
    Ground(
        "6.4.1(2)",
        (Element.SCHOOL_OR_NURSERY, Element.IMPORTANT_EVENT),
        needs_all=False,
        readings=("A31",),
    ),
)
LOWER_GROUND = Ground(
    "6.4.1",
    (Element.CONTROLLED, Element.BELOW_FORMER_LEVEL, Element.NO_FURTHER_SPREAD),
    needs_all=True,
    readings=("A32",),
)
