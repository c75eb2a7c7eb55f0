"""What is written down of each measure (预案 6.3): the kinds of record, what each asks for, which one it continues."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field

from plan.groups import COUNTY_EQUIVALENTS, WorkingGroup, group_of
from plan.measures import MEASURES, Measure
from plan.offices import OfficeKind as Office


class Answer(enum.Enum):
    """How something asked for is answered; a hospital by its organisation's code."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    TICK = "tick"
    HOSPITAL = "hospital"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing a record must say; a choice is made among `choices`, each a value and its words."""

    name: str
    label_zh: str
    answer: Answer = Answer.TEXT
    is_required: bool = True
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: the row it carries out, what it asks for, and the kinds one of which it continues.

    by: the offices that make it, those of the row's measure if left out. anyone: every office that takes measures may.
    note_zh: what its free text must say; empty where the text is optional. names_official: it names who decided.
    """

    code: str
    label_zh: str
    row: int
    asks: tuple[Asked, ...] = ()
    follows: tuple[str, ...] = ()
    note_zh: str = ""
    by: tuple[Office, ...] = ()
    anyone: bool = False
    names_official: bool = False
    offices: frozenset[Office] = field(init=False)

    def __post_init__(self) -> None:
        """Work out which offices may make it."""
        object.__setattr__(self, "offices", frozenset(self.by or offices_named(self.measure)))

    @property
    def measure(self) -> Measure:
        """The measure of 6.3 that it carries out."""
        return next(measure for measure in MEASURES if measure.row == self.row)

    @property
    def clause(self) -> str:
        """The clause of that measure."""
        return self.measure.clause


def offices_of_group(group: WorkingGroup) -> Iterator[Office]:
    """Yield who leads, assists or is named in a group, and the county's offices in their place (3.5, A60)."""
    for office in (*([group.lead] if group.lead else []), *group.assisting, *group.members):
        yield from with_county(office)


def offices_named(measure: Measure) -> Iterator[Office]:
    """Yield the offices of the measure's groups and those named beside them (6.3, A60)."""
    for group in measure.groups:
        yield from offices_of_group(group_of(group))
    for office in measure.offices:
        yield from with_county(office)


def with_county(office: Office) -> Iterator[Office]:
    """Yield an office and the county's in its place."""
    yield office
    if office in COUNTY_EQUIVALENTS:
        yield COUNTY_EQUIVALENTS[office]


def number(name: str, label_zh: str, *, is_required: bool = True) -> Asked:
    """Ask for a whole number."""
    return Asked(name, label_zh, Answer.NUMBER, is_required)


def text(name: str, label_zh: str, *, is_required: bool = True) -> Asked:
    """Ask for words."""
    return Asked(name, label_zh, Answer.TEXT, is_required)


def tick(name: str, label_zh: str) -> Asked:
    """Ask whether something is so."""
    return Asked(name, label_zh, Answer.TICK, is_required=False)


def choice(name: str, label_zh: str, *choices: tuple[str, str]) -> Asked:
    """Ask for one of several."""
    return Asked(name, label_zh, Answer.CHOICE, choices=choices)


def hospital(name: str, label_zh: str) -> Asked:
    """Ask for a hospital."""
    return Asked(name, label_zh, Answer.HOSPITAL)


OBJECT = choice("object", "对象", ("food", "食品"), ("ingredient", "食品原料"), ("tool", "食品用工具及用具"))
PLACE, QUANTITY = text("place", "地点"), text("quantity", "数量")
ORDER, OPERATOR = text("order_number", "文书编号"), text("operator", "生产经营者")
ORGAN = text("organ", "办理机关")
OFFICES = (Office.CITY_COMMISSION_OFFICE, Office.COUNTY_COMMISSION_OFFICE)
COMMISSIONS = (Office.CITY_COMMISSION, Office.COUNTY_COMMISSION)
REGULATORS = (Office.CITY_REGULATOR, Office.COUNTY_REGULATOR)
