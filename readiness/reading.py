"""From what was written to what a row holds (3.2): all of it or the reasons why not, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from plan.refusal import PlanRefusal
from readiness.fields import Field, Kind
from readiness.register import Register
from response.line_lists.values import Unreadable

EMPTY: dict[Kind, Any] = {Kind.LINE: "", Kind.WORDS: "", Kind.PHONE: "", Kind.AGENTS: []}


@dataclass(slots=True)
class Said:
    """What was read of one row: the values of its fields, and what is wrong with which."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def listed(self) -> list[str]:
        """The problems as sentences."""
        return list(self.problems.values())


def read(register: Register, said: Mapping[str, Any], *, today: date, is_new: bool) -> Said:
    """Read a row's fields; one that is not said keeps what it was, in a new row it is empty."""
    found = Said()
    for own in register.fields:
        if own.name not in said and not is_new:
            continue
        try:
            value = own.read(said.get(own.name), today=today)
        except Unreadable as wrong:
            found.problems[own.name] = _problem(own, str(wrong))
            continue
        if value is None and own.required:
            found.problems[own.name] = _problem(own, _("请填写。"))
        found.values[own.name] = EMPTY.get(own.kind) if value is None else value
    unknown = said.keys() - {own.name for own in register.fields}
    found.problems |= {name: _("登记册没有“%s”这一项。") % name for name in sorted(unknown)}
    return found


def read_onto(
    register: Register, said: Mapping[str, Any], known: Mapping[tuple[Any, ...], Any], *, today: date
) -> tuple[Said, tuple[Any, ...], Any]:
    """Read a row of a workbook against the rows that are there: what it says, its key, and the row it changes, None if new."""
    whole = read(register, said, today=today, is_new=True)
    key = key_of(register, whole.values)
    earlier = known.get(key)
    found = whole if earlier is None else read(register, said, today=today, is_new=False)
    return found, key, earlier


def changed(row: Any, values: Mapping[str, Any]) -> list[str]:
    """Return the fields of a row that would become something else."""
    return [name for name, value in values.items() if getattr(row, name) != value]


def check_readable(register: Register, found: Said, *, number: int = 0) -> None:
    """Raise a refusal (422) that names everything wrong with a row; number: which of several it is."""
    if found.problems:
        which = [_("第%d行") % number] if number else []
        why = " ".join([*which, *found.listed])
        raise PlanRefusal(why, clause=register.clause, code="entry_unreadable")


def key_of(register: Register, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what a row is known again by."""
    return tuple(values.get(name) for name in register.key)


def _problem(own: Field, why: str) -> str:
    return _("%(heading)s：%(why)s") % {"heading": own.heading, "why": why}
