"""What is out of date or short in each area (3.2, 8, 9.2): counted once per register, for as many areas as are asked for."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q

from accounts.models import Jurisdiction, JurisdictionKind
from readiness.models import CheckInterval, HeldDrill, StockUse
from readiness.register import Register, Shortage
from readiness.registers import REGISTERS
from readiness.selectors.drills import DrillDue, drills_due
from readiness.selectors.entries import rows_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is short: of so many rows, or, with none, something that no row fulfils."""

    shortage: Shortage
    rows: int


@dataclass(frozen=True, slots=True)
class RegisterStanding:
    """One register of an area: how many rows, when the longest unchecked was checked, what is short.

    unchecked: how many were not checked within the house's interval, None where it set none.
    """

    register: Register
    total: int
    oldest_on: date | None
    days: int | None
    unchecked: int | None
    findings: Sequence[Finding]

    @property
    def is_short(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.findings or self.unchecked or not self.total)


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """One area: its registers, its regulator's next drill, evaluations and replenishments owed."""

    area: Jurisdiction
    registers: Sequence[RegisterStanding]
    drill: DrillDue | None
    evaluations: int
    replenishments: int

    @property
    def short(self) -> int:
        """How many things are out of date or short."""
        late = self.drill is not None and self.drill.is_overdue
        return (
            sum(each.is_short for each in self.registers)
            + bool(late)
            + bool(self.evaluations)
            + bool(self.replenishments)
        )


def intervals() -> dict[str, int]:
    """Return the house's intervals that are on, in days, by register (非预案规定)."""
    newest = CheckInterval.objects.order_by("register", "-pk").distinct("register")
    return {row.register: row.days for row in newest if row.days is not None}


def standings(areas: Iterable[Jurisdiction], *, today: date) -> list[AreaStanding]:
    """Return how each area stands on a day; as many queries for eleven areas as for one."""
    asked, known = list(areas), intervals()
    counted = {each.slug: _counted(each, asked, known.get(each.slug), today) for each in REGISTERS.values()}
    drills = {each.organiser.jurisdiction_id: each for each in drills_due(asked, today=today)}
    owed = HeldDrill.objects.not_evaluated().select_related("organiser", "enterprise")
    evaluations = Counter(
        each.organiser.jurisdiction_id if each.organiser else each.held_by_enterprise.area_id for each in owed
    )
    uses = Counter(StockUse.objects.owed().values_list("stock__area", flat=True))
    return [
        AreaStanding(
            area,
            [
                _standing(each, counted[each.slug].get(area.pk, {}), known.get(each.slug))
                for each in REGISTERS.values()
                if not each.of_city or area.kind == JurisdictionKind.CITY
            ],
            drills.get(area.pk),
            evaluations[area.pk],
            uses[area.pk],
        )
        for area in asked
    ]


def _counted(
    register: Register, areas: Sequence[Jurisdiction], days: int | None, today: date
) -> dict[int, Mapping[str, Any]]:
    """Return by area what one query counts: rows, the oldest check, each shortage, what was not checked in time."""
    conditions = {each.slug: each.where(today) for each in (*register.shortages, *register.needs)}
    if days is not None:
        before = Q(checked_on__lt=today - timedelta(days=days))
        conditions["unchecked"] = before | Q(checked_on__isnull=True)
    # Their own names, for a shortage may be called like a column.
    counts = {counting(name): Count("pk", filter=condition) for name, condition in conditions.items()}
    rows = rows_of(register, areas).order_by().values("area")
    found = rows.annotate(total_rows=Count("pk"), oldest_on=Min("checked_on"), **counts)
    return {row["area"]: row for row in found}


def counting(name: str) -> str:
    """Return under what name the rows of which something is true are counted."""
    return f"rows_{name}"


def _standing(register: Register, counted: Mapping[str, Any], days: int | None) -> RegisterStanding:
    short = [Finding(each, counted.get(counting(each.slug), 0)) for each in register.shortages]
    missing = [Finding(each, 0) for each in register.needs if not counted.get(counting(each.slug))]
    total = counted.get("total_rows", 0)
    return RegisterStanding(
        register=register,
        total=total,
        oldest_on=counted.get("oldest_on") if register.is_checked else None,
        days=days,
        unchecked=counted.get(counting("unchecked"), 0) if days is not None else None,
        findings=[*(each for each in short if each.rows), *(missing if total else ())],
    )
