"""What is not settled yet, of an incident or of an office: the same questions on the page, the desk and the declaration (7.1, 8.6)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from aftermath.models import (
    CareTask,
    ClaimState,
    Cost,
    Entry,
    InsuranceClaim,
    Liability,
    Requisition,
    TaskState,
)
from aftermath.selectors.standing import open_costs, open_liabilities, standing
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.aftermath import CLAUSE, SOCIAL_FORCES, CostKind, InsuranceList, OrderKind, OrderState, TaskKind


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing that is not settled; `left` is the money it waits for, `due_on` an office's own day."""

    entry: Entry
    what: str
    clause: str = CLAUSE
    left: Decimal | None = None
    due_on: date | None = None

    @property
    def key(self) -> str:
        """What names it, whatever version holds."""
        return f"{self.entry.slug}:{self.entry.statement_id}"

    def is_late(self, at: datetime) -> bool:
        """Tell whether the day that an office set is over in Ningbo."""
        return self.due_on is not None and self.due_on < timezone.localdate(at)

    def frozen(self) -> dict[str, Any]:
        """Return it as a declaration keeps it: by number and kind, without names."""
        return {
            "key": self.key,
            "what": self.what,
            "clause": self.clause,
            "left": str(self.left) if self.left is not None else "",
            "due_on": str(self.due_on or ""),
        }


def open_items(incident: Incident) -> list[OpenItem]:
    """Return what is open of an incident and of what was merged into it, what is due first before the rest."""
    return open_items_among(family_ids(incident))


def open_items_among(incident_ids: Iterable[int]) -> list[OpenItem]:
    """Return what is open of these incidents; one query a kind."""
    return _in_order(_items(incident__in=list(incident_ids)))


def open_items_of(office: Organisation) -> list[OpenItem]:
    """Return what is open of what an office entered, over all incidents; one query a kind."""
    return _in_order(_items(organisation=office))


def late_items(at: datetime) -> list[OpenItem]:
    """Return what is open although the day that its office set is over."""
    today = timezone.localdate(at)
    return [*_costs(due_on__lt=today), *_tasks(due_on__lt=today)]


def _items(**of: Any) -> Iterator[OpenItem]:
    yield from _costs(**of)
    yield from _liabilities(**of)
    yield from _orders(**of)
    yield from _tasks(**of)
    yield from _claims(**of)


def _costs(**of: Any) -> Iterator[OpenItem]:
    for cost in open_costs(Cost.objects.filter(**of)).select_related("incident", "organisation"):
        left = cost.amount - cost.paid
        yield OpenItem(cost, CostKind(cost.kind).label_zh, left=left, due_on=cost.due_on)


def _liabilities(**of: Any) -> Iterator[OpenItem]:
    rows = open_liabilities(Liability.objects.filter(**of)).select_related("incident", "organisation")
    for row in rows:
        to_victims = row.amount - row.compensated
        to_purse = row.advanced - row.recovered
        if to_victims > 0:
            yield OpenItem(row, _("责任方对受害人的赔偿"), left=to_victims)
        if to_purse > 0:
            yield OpenItem(row, _("向责任方追偿垫付费用"), left=to_purse)


def _orders(**of: Any) -> Iterator[OpenItem]:
    rows = standing(Requisition.objects.filter(state=OrderState.OPEN, **of))
    for row in rows.select_related("incident", "organisation"):
        yield OpenItem(row, OrderKind(row.kind).label_zh, clause=SOCIAL_FORCES)


def _tasks(**of: Any) -> Iterator[OpenItem]:
    rows = standing(CareTask.objects.filter(state=TaskState.OPEN, **of))
    for row in rows.select_related("incident", "organisation"):
        yield OpenItem(row, TaskKind(row.kind).label_zh, due_on=row.due_on)


def _claims(**of: Any) -> Iterator[OpenItem]:
    rows = standing(InsuranceClaim.objects.filter(state=ClaimState.OPEN, **of))
    for row in rows.select_related("incident", "organisation"):
        yield OpenItem(row, InsuranceList(row.of_list).label_zh)


def _in_order(items: Iterator[OpenItem]) -> list[OpenItem]:
    return sorted(items, key=lambda one: (one.due_on is None, one.due_on or date.max, one.entry.recorded_at))
