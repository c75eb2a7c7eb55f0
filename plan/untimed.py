"""What the plan wants 立即, 及时 or 迅速 in chapter 6 without a number of hours; the house may set itself a target (A19)."""

from dataclasses import dataclass

from plan.clauses import row


@dataclass(frozen=True, slots=True)
class Untimed:
    """A duty without hours: in which clause row, in the plan's word; `measure` where a measure of 6.3 fulfils it."""

    clause: str
    label_zh: str
    urgency_zh: str
    row: int
    measure: str = ""

    @property
    def text_zh(self) -> str:
        """The duty in the plan's words."""
        return row(self.row).text_zh


UNTIMED: tuple[Untimed, ...] = (
    Untimed("6.1", "有关部门提供评估所需的信息和资料", "及时", 105),
    Untimed("6.2.1", "Ⅰ级响应的批准、启动和报告", "立即", 109),
    Untimed("6.2.4", "事发地食药安办报告处置情况、报备案", "及时", 122),
    Untimed("6.3.1", "组织救治", "迅速", 126, measure="treat"),
    Untimed("6.3.2", "组织现场卫生处理", "及时", 129, measure="sanitise"),
    Untimed("6.3.4", "组织检验检测", "及时", 135, measure="test"),
)
# The clause whose target runs for a measure, by the measure's code.
UNTIMED_MEASURES = {each.measure: each.clause for each in UNTIMED if each.measure}
