"""Sums of the ledger by kind, incident, county and year (7.1): exact, and the same wherever they are shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from accounts.actors import Actor
from aftermath.models import Cost
from aftermath.selectors.standing import ZERO, Paid, with_paid
from incidents.actions.incidents import BEIJING
from incidents.models import Incident
from incidents.selectors import family_ids, visible_incidents
from plan.aftermath import CostKind

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


@dataclass(frozen=True, slots=True)
class Sums:
    """What is owed and what was paid of it."""

    owed: Decimal = ZERO
    paid: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What is still to be paid."""
        return self.owed - self.paid

    def plus(self, owed: Decimal, paid: Decimal) -> "Sums":
        """Return these with an item more."""
        return Sums(self.owed + owed, self.paid + paid)


def costs_by_kind(incident: Incident) -> dict[CostKind, Sums]:
    """Return the sums of an incident and of what was merged into it, by kind in the plan's order (7.1)."""
    return _by_kind(with_paid(Cost.objects.filter(incident__in=family_ids(incident))))


def total_of(sums: Iterable[Sums]) -> Sums:
    """Return one sum of several."""
    total = Sums()
    for each in sums:
        total = total.plus(each.owed, each.paid)
    return total


@dataclass(frozen=True, slots=True)
class YearOfCosts:
    """The costs of the incidents of one year: by kind, by county, and how many incidents had any; drills are left out."""

    year: int
    incidents: int
    by_kind: dict[CostKind, Sums]
    by_county: Sequence[tuple[str, Sums]]

    @property
    def total(self) -> Sums:
        """The sum of all kinds."""
        return total_of(self.by_kind.values())


def costs_of_year(actor: Actor, year: int) -> YearOfCosts:
    """Return what the incidents known of in one Beijing year cost, of those the actor may see; two queries."""
    begin, end = (datetime(number, 1, 1, tzinfo=BEIJING) for number in (year, year + 1))
    seen = visible_incidents(actor).filter(known_at__gte=begin, known_at__lt=end, is_drill=False)
    rows = with_paid(Cost.objects.filter(incident__in=seen.values("pk"))).select_related("incident__county")
    counties: dict[str, Sums] = defaultdict(Sums)
    for row in rows:
        name = row.incident.county.name
        counties[name] = counties[name].plus(row.amount, row.paid)
    return YearOfCosts(
        year=year,
        incidents=len({row.incident.merged_into_id or row.incident_id for row in rows}),
        by_kind=_by_kind(rows),
        by_county=sorted(counties.items(), key=lambda each: (-each[1].owed, each[0])),
    )


def _by_kind(rows: "QuerySet[WithAnnotations[Cost, Paid]]") -> dict[CostKind, Sums]:
    found: dict[CostKind, Sums] = defaultdict(Sums)
    for row in rows:
        kind = CostKind(row.kind)
        found[kind] = found[kind].plus(row.amount, row.paid)
    return {kind: found[kind] for kind in CostKind if kind in found}
