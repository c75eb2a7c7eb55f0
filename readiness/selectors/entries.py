"""The rows of the registers (3.2): of an area, searched, found again by their key."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet, Value
from django.utils.translation import gettext as _

from accounts.models import Jurisdiction, JurisdictionKind
from plan.refusal import PlanRefusal
from readiness.fields import Kind
from readiness.models import Entry
from readiness.register import Register
from response.models import Expert

Row = Entry | Expert
LONGEST_SEARCH = 60
SEARCHED = frozenset({Kind.LINE, Kind.WORDS})


def all_rows(register: Register) -> QuerySet[Any]:
    """Return every row ever kept; those of a register of the city alone say that they are the city's."""
    rows: QuerySet[Any] = register.model._default_manager.all()
    if register.of_city:
        city = Jurisdiction.objects.get(kind=JurisdictionKind.CITY)
        rows = rows.annotate(area=Value(city.pk, output_field=BigIntegerField()))
    return rows


def area_of(row: Row) -> Jurisdiction:
    """Return the area whose office keeps a row."""
    if isinstance(row, Entry):
        return row.area
    return Jurisdiction.objects.get(kind=JurisdictionKind.CITY)


def rows_of(register: Register, areas: Iterable[Jurisdiction]) -> QuerySet[Any]:
    """Return the rows that are in the register of these areas, in its order."""
    rows = all_rows(register).filter(left_at__isnull=True, area__in=[each.pk for each in areas])
    return rows.order_by(*(register.order or (*register.key, "pk")))


def searched(
    register: Register, rows: QuerySet[Any], *, text: str = "", short: str = "", today: date
) -> QuerySet[Any]:
    """Return the rows whose words hold the text and of which a shortage is true; an unknown shortage narrows nothing."""
    wanted = text.replace("\x00", "").strip()[:LONGEST_SEARCH]
    if wanted:
        rows = rows.filter(holding(register, wanted))
    for each in register.shortages:
        if each.slug == short:
            rows = rows.filter(each.where(today))
    return rows


def holding(register: Register, text: str) -> Q:
    """Match rows whose words hold a text; who is reached where is sealed, and nobody is sought by name."""
    found = Q(pk__isnull=True)
    for each in register.fields:
        if each.kind in SEARCHED and not each.is_personal:
            found |= Q(**{f"{each.name}__icontains": text})
    return found


def row_of(register: Register, areas: Iterable[Jurisdiction], pk: int) -> Row:
    """Return a row that is in the register of one of these areas; a refusal (404) where there is none."""
    found: Row | None = rows_of(register, areas).filter(pk=pk).first()
    if found is None:
        raise PlanRefusal(
            _("登记册中没有这一行，或已移出。"), clause=register.clause, code="entry_not_found", status=404
        )
    return found


def by_key(register: Register, area: Jurisdiction) -> dict[tuple[Any, ...], Row]:
    """Return the rows of an area by what they are known again by."""
    rows = rows_of(register, [area])
    return {tuple(getattr(row, name) for name in register.key): row for row in rows}
