"""What the aftermath page of an incident shows, read once: a constant number of queries, whatever is on record (7.1, 8.6)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from aftermath.models import (
    CareTask,
    Cost,
    Entry,
    Finish,
    Flow,
    InsuranceClaim,
    Liability,
    Payment,
    Requisition,
)
from aftermath.permissions import check_actor_finishes, check_actor_keeps, sees_names
from aftermath.policies.entries import check_takes_entries
from aftermath.policies.finishing import check_can_finish
from aftermath.selectors.costs import Sums, costs_by_kind, total_of
from aftermath.selectors.finishing import finished_at, last_finish, regulators_in_charge
from aftermath.selectors.open_items import OpenItem, open_items
from aftermath.selectors.standing import ZERO
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.aftermath import COSTS_OF_MEASURES, CostKind
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from response.models import MeasureRecord
from response.selectors.measures import standing_measures
from response.selectors.running import responses_of

E = TypeVar("E", bound=Entry)
PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Thread(Generic[E]):
    """One entry: the version that holds or withdrew it, those before, and whether this office may change it."""

    entry: E
    earlier: Sequence[E]
    may_change: bool
    name: str = ""
    payments: "Sequence[Thread[Payment]]" = ()
    advanced: Any = ZERO

    def moved(self, flow: str) -> Any:
        """What moved this way."""
        rows = (each.entry for each in self.payments if not each.entry.is_withdrawn)
        return sum((row.amount for row in rows if row.flow == flow), ZERO)

    @property
    def paid(self) -> Any:
        """What was paid of a cost."""
        return self.moved(Flow.PAID)

    @property
    def compensated(self) -> Any:
        """What the party paid to victims."""
        return self.moved(Flow.COMPENSATED)

    @property
    def recovered(self) -> Any:
        """What the public purse had back."""
        return self.moved(Flow.RECOVERED)

    @property
    def is_settled(self) -> bool:
        """Whether a cost is paid in full."""
        return isinstance(self.entry, Cost) and self.paid >= self.entry.amount


@dataclass(frozen=True, slots=True)
class AftermathPage:
    """The page at one instant, for one actor."""

    incident: Incident
    at: datetime
    costs: Page[Thread[Cost]]
    by_kind: Mapping[CostKind, Sums]
    liabilities: Sequence[Thread[Liability]]
    orders: Sequence[Thread[Requisition]]
    tasks: Sequence[Thread[CareTask]]
    measures: Sequence[tuple[MeasureRecord, CostKind]]
    open: Sequence[tuple[OpenItem, bool, bool]]
    finish: Finish | None
    finished_at: datetime | None
    in_charge: Sequence[Organisation]
    keeping: PlanRefusal | None
    finishing: PlanRefusal | None

    @property
    def total(self) -> Sums:
        """The sum of all kinds."""
        return total_of(self.by_kind.values())


def aftermath_page(incident: Incident, actor: Actor, at: datetime, number: str) -> AftermathPage:
    """Return everything the page shows (7.1, 8.6)."""
    in_charge = regulators_in_charge(incident)
    book = _Book(incident, actor, in_charge)
    finish, still_open = last_finish(incident), open_items(incident)
    carried = {each["key"] for each in finish.carried} if finish else set()
    costs = book.threads(Cost)
    return AftermathPage(
        incident=incident,
        at=at,
        costs=Paginator(costs, PER_PAGE).get_page(number),
        by_kind=costs_by_kind(incident),
        liabilities=book.threads(Liability),
        orders=book.threads(Requisition),
        tasks=book.threads(CareTask),
        measures=_without_cost(incident, costs),
        open=[(item, item.key in carried, item.is_late(at)) for item in still_open],
        finish=finish,
        finished_at=finished_at(incident),
        in_charge=in_charge,
        keeping=_first(partial(check_actor_keeps, actor, incident), partial(check_takes_entries, incident)),
        finishing=_first(
            partial(check_actor_finishes, actor, incident, in_charge),
            partial(check_can_finish, incident, list(responses_of(incident)), finish),
        ),
    )


def costs_of(incident: Incident, actor: Actor) -> list[Thread[Cost]]:
    """Return every item of the ledger, with what was paid of it (7.1)."""
    return _Book(incident, actor, regulators_in_charge(incident)).threads(Cost)


def claims_of(incident: Incident, actor: Actor) -> list[Thread[InsuranceClaim]]:
    """Return the cases on the two insurance lists (7.1)."""
    return _Book(incident, actor, regulators_in_charge(incident)).threads(InsuranceClaim)


class _Book:
    """The entries of one incident as one actor may see them."""

    def __init__(self, incident: Incident, actor: Actor, in_charge: Sequence[Organisation]) -> None:
        self.family = family_ids(incident)
        self.actor, self.office = actor, actor.organisation
        self.read: dict[type[Entry], dict[int, Any]] = {}
        self.leads = self.office in in_charge

    def threads(self, model: type[E]) -> list[Thread[E]]:
        """Return the entries of a kind, the newest first, each with its versions and what was paid."""
        payments = self._payments(model)
        advanced = self._advanced() if model is Liability else {}
        return [
            self._thread(versions, payments.get(first, ()), advanced.get(first, ZERO))
            for first, versions in self._versions(model).items()
        ]

    def _versions(self, model: type[E]) -> dict[int, list[E]]:
        if model not in self.read:
            rows = model._default_manager.filter(incident__in=self.family).select_related("organisation")
            found: dict[int, list[E]] = defaultdict(list)
            for row in rows.order_by("pk"):
                found[row.statement_id].append(row)
            self.read[model] = dict(sorted(found.items(), reverse=True))
        return self.read[model]

    def _thread(self, versions: list[E], payments: Sequence[Thread[Payment]], advanced: Any) -> Thread[E]:
        entry = versions[-1]
        own = self.office is not None and entry.organisation_id == self.office.pk
        return Thread(
            entry=entry,
            earlier=versions[-2::-1],
            may_change=(own or self.leads) and not entry.is_withdrawn,
            name=self._name(entry),
            payments=payments,
            advanced=advanced,
        )

    def _name(self, entry: Entry) -> str:
        """Return what an entry is known by; the name of a person only to who settles with them."""
        match entry:
            case Cost():
                name = entry.payee
            case Liability():
                name = entry.party
            case Requisition():
                name = entry.owner
            case InsuranceClaim():
                return f"{entry.insurer} {entry.case_number}"
            case _:
                return ""
        if entry.is_person and not sees_names(self.actor):
            return _("个人（姓名只供办理单位查看）")
        return name

    def _payments(self, model: type[Entry]) -> dict[int, list[Thread[Payment]]]:
        if model not in {Cost, Liability}:
            return {}
        found: dict[int, list[Thread[Payment]]] = defaultdict(list)
        for versions in self._versions(Payment).values():
            about = versions[-1].cost_id if model is Cost else versions[-1].liability_id
            if about is not None:
                found[about].append(self._thread(versions, (), ZERO))
        return found

    def _advanced(self) -> dict[int, Any]:
        """Return what the public purse paid of costs that a party is to bear, by liability."""
        paid = self._payments(Cost)
        found: dict[int, Any] = defaultdict(lambda: ZERO)
        for first, versions in self._versions(Cost).items():
            cost = versions[-1]
            if cost.liability_id is not None and not cost.is_withdrawn:
                found[cost.liability_id] += Thread(
                    cost, (), may_change=False, payments=paid.get(first, ())
                ).paid
        return found


def _without_cost(incident: Incident, costs: Sequence[Thread[Cost]]) -> list[tuple[MeasureRecord, CostKind]]:
    """Return the measures that may have cost somebody and for which nothing was entered."""
    entered = {each.entry.measure_id for each in costs if not each.entry.is_withdrawn}
    return [
        (measure, COSTS_OF_MEASURES[measure.kind])
        for measure in standing_measures(incident)
        if measure.kind in COSTS_OF_MEASURES and measure.pk not in entered
    ]


def _first(*checks: Any) -> PlanRefusal | None:
    return next(filter(None, map(refusal_of, checks)), None)
