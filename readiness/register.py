"""What a register is (3.2): a table of fields, from which list, form, search, export, import and template follow."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.rights import Right
from readiness.fields import Field, Kind
from readiness.models import Entry
from response.models import Expert

LONG: Final = 500
Condition = Callable[[date], Q]


@dataclass(frozen=True, slots=True)
class Shortage:
    """What of a row is out of date or short; or what at least one row should be."""

    slug: str
    label: Promise | str
    where: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One register. `key` are the fields by which a row of a workbook is known again, and its title.

    of_city: kept by the city's office alone. is_checked: its rows are standing things, looked at again from time to time.
    shortages hold of single rows; needs are not met where no row fulfils them.
    """

    slug: str
    title: Promise
    clause: str
    model: type[Entry] | type[Expert]
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    right: Right = Right.KEEP_REGISTERS
    of_city: bool = False
    is_checked: bool = True
    order: tuple[str, ...] = ()
    note: Promise | str = ""
    shortages: tuple[Shortage, ...] = ()
    needs: tuple[Shortage, ...] = ()

    @property
    def has_agents(self) -> bool:
        """Whether its rows say which agents they serve against: an incident looks there."""
        return any(each.kind == Kind.AGENTS for each in self.fields)

    def field(self, name: str) -> Field:
        """Return the field of this name."""
        return next(each for each in self.fields if each.name == name)

    def values_of(self, row: Entry | Expert) -> dict[str, Any]:
        """Return what a row holds, by field."""
        return {each.name: getattr(row, each.name) for each in self.fields}

    def shown(self, row: Entry | Expert, *, with_contacts: bool) -> list[tuple[Field, str]]:
        """Return a row's fields in words; of what may name a person only where it may be seen."""
        return [
            (each, each.shown(getattr(row, each.name)))
            for each in self.fields
            if with_contacts or not each.is_personal
        ]

    def title_of(self, row: Entry | Expert, *, with_contacts: bool) -> str:
        """Return what a row is called."""
        key = (self.field(name) for name in self.key)
        words = [each.shown(getattr(row, each.name)) for each in key if with_contacts or not each.is_personal]
        return " ".join(words)


def line(name: str, heading: Promise, **more: Any) -> Field:
    """Return a field of one line that must be filled in."""
    return Field(name=name, heading=heading, **{"required": True, **more})


def words(name: str, heading: Promise, **more: Any) -> Field:
    """Return a field of several lines that may stay empty."""
    return Field(name=name, heading=heading, kind=Kind.WORDS, most=LONG, **more)


def count(name: str, heading: Promise, **more: Any) -> Field:
    """Return a field of a whole number that must be filled in."""
    return Field(name=name, heading=heading, kind=Kind.COUNT, **{"required": True, **more})


def day(name: str, heading: Promise, **more: Any) -> Field:
    """Return a field of a day that may stay empty."""
    return Field(name=name, heading=heading, kind=Kind.DAY, **more)


def money(name: str, heading: Promise) -> Field:
    """Return a field of an amount in yuan, to the fen."""
    return Field(name=name, heading=heading, kind=Kind.MONEY, required=True)


def chosen(name: str, heading: Promise, kinds: Any) -> Field:
    """Return a field that is one of the kinds the plan names."""
    return Field(name=name, heading=heading, kind=Kind.CHOICE, kinds=kinds, required=True)


AGENTS: Final = Field(
    name="agents",
    heading=_("致病因子"),
    kind=Kind.AGENTS,
    help_text=_("写致病因子表中的名称或类别，用顿号隔开，例如：肉毒梭菌毒素、海洋毒素。事故发生时按此查找。"),
)
REACHED: Final = (
    line("contact", _("联系人"), required=False, most=40, is_personal=True),
    Field(
        name="phone",
        heading=_("联系电话"),
        kind=Kind.PHONE,
        most=40,
        is_personal=True,
        others=("电话", "手机号", "值班电话"),
    ),
)


UNREACHED: Final = Shortage("unreached", _("没有联系电话"), lambda _today: Q(phone=""))


def one_of_each(name: str, kinds: Any) -> tuple[Shortage, ...]:
    """Need at least one row of each kind the plan names."""
    return tuple(Shortage(each.value, each.label_zh, _is(name, each.value)) for each in kinds)


def _is(name: str, value: str) -> Condition:
    return lambda _today: Q(**{name: value})
