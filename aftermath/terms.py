"""What a person says of an entry of the aftermath, before it becomes one (7.1, 8.6)."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from aftermath.models import (
    ClaimState,
    Entry,
    Liability,
    LiabilityState,
    Requisition,
    TaskState,
)
from plan.aftermath import CostKind, InsuranceList, OrderKind, TaskKind
from response.models import MeasureRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTerms:
    """An item of the ledger: yuan with at most two decimals; `due_on` is the office's own, the plan says 及时."""

    kind: CostKind
    payee: str
    amount: Decimal
    is_person: bool = False
    due_on: date | None = None
    proof: str = ""
    note: str = ""
    liability: Liability | None = None
    measure: MeasureRecord | None = None
    order: Requisition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTerms:
    """Money that moved, with its proof."""

    amount: Decimal
    paid_on: date
    proof: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiabilityTerms:
    """What a responsible party owes a group of victims, and on what that rests."""

    party: str
    victims: str
    amount: Decimal
    basis: str
    is_person: bool = False
    people: int | None = None
    state: LiabilityState = LiabilityState.CLAIMED
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTerms:
    """What was mobilised or requisitioned, of whom, when, and on which law."""

    kind: OrderKind
    legal_basis: str
    owner: str
    item: str
    quantity: str
    taken_at: datetime
    is_person: bool = False
    document: str = ""
    measure: MeasureRecord | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTerms:
    """A settlement, a visit or another task; people are counted and not named."""

    kind: TaskKind
    summary: str
    people: int | None = None
    due_on: date | None = None
    state: TaskState = TaskState.OPEN
    done_on: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTerms:
    """A case with an insurer, on one of the two lists."""

    of_list: InsuranceList
    insurer: str
    case_number: str
    people: int
    amount: Decimal | None = None
    state: ClaimState = ClaimState.OPEN
    paid: Decimal | None = None
    note: str = ""


Terms = CostTerms | PaymentTerms | LiabilityTerms | OrderTerms | TaskTerms | ClaimTerms


def said(terms: Terms) -> dict[str, Any]:
    """Return what was said, by the columns that keep it; another entry by its first version, so that no correction cuts the link."""
    named = {field.name: getattr(terms, field.name) for field in fields(terms)}
    return {
        f"{name}_id" if isinstance(value, Entry) else name: value.statement_id
        if isinstance(value, Entry)
        else value
        for name, value in named.items()
    }
