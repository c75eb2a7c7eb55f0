"""Which versions hold, and what moved for each entry: sums made by the database, exact to the cent (7.1)."""

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypedDict, TypeVar, cast

from django.db.models import BigIntegerField, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from aftermath.models import Cost, Entry, Flow, Liability, Payment
from aftermath.models.entries import CENTS

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

E = TypeVar("E", bound=Entry)

ZERO: Final = Decimal("0.00")
HOLDS: Final = Q(replaced_by__isnull=True, is_withdrawn=False)
# Of many sums, each as wide as a column.
SUM: Final = DecimalField(max_digits=20, decimal_places=CENTS)
STATEMENT: Final = Coalesce("first_id", "pk", output_field=BigIntegerField())


class Paid(TypedDict):
    """What a cost carries beside its columns."""

    paid: Decimal


class Moved(TypedDict):
    """What a liability carries beside its columns."""

    compensated: Decimal
    recovered: Decimal
    advanced: Decimal


def standing(rows: QuerySet[E]) -> QuerySet[E]:
    """Return the versions that hold, each with the number of its first one as `statement`."""
    return cast("QuerySet[E]", rows.filter(HOLDS).annotate(statement=STATEMENT))


def current(rows: QuerySet[E], entry: E) -> E | None:
    """Return the version of an entry that holds, whichever version was named; None if it was withdrawn."""
    first = entry.statement_id
    return rows.filter(HOLDS).filter(Q(pk=first) | Q(first_id=first)).first()


def with_paid(costs: QuerySet[Cost]) -> "QuerySet[WithAnnotations[Cost, Paid]]":
    """Return standing costs, each with what was `paid` of it."""
    return standing(costs).annotate(paid=_moved(Payment.objects.filter(HOLDS, cost=OuterRef("statement"))))


def open_costs(costs: QuerySet[Cost]) -> "QuerySet[WithAnnotations[Cost, Paid]]":
    """Return the costs that are not paid in full."""
    return with_paid(costs).filter(Q(paid__lt=F("amount")))


def with_moved(liabilities: QuerySet[Liability]) -> "QuerySet[WithAnnotations[Liability, Moved]]":
    """Return standing liabilities with what the party `compensated`, the public purse `advanced` and had back (`recovered`)."""
    own = Payment.objects.filter(HOLDS, liability=OuterRef("statement"))
    linked = Cost.objects.filter(HOLDS, liability=OuterRef(OuterRef("statement")))
    advances = Payment.objects.filter(HOLDS, cost__in=linked.values(first=STATEMENT))
    return standing(liabilities).annotate(
        compensated=_moved(own.filter(flow=Flow.COMPENSATED)),
        recovered=_moved(own.filter(flow=Flow.RECOVERED)),
        advanced=_moved(advances),
    )


def advanced_for(liability: Liability) -> Decimal:
    """Return what the public purse advanced in a party's place (7.1)."""
    return with_moved(Liability.objects.filter(pk=liability.pk)).get().advanced


def open_liabilities(liabilities: QuerySet[Liability]) -> "QuerySet[WithAnnotations[Liability, Moved]]":
    """Return the liabilities that are not settled: victims wait, or the public purse does (7.1)."""
    return with_moved(liabilities).filter(Q(compensated__lt=F("amount")) | Q(recovered__lt=F("advanced")))


def _moved(payments: QuerySet[Payment]) -> Coalesce:
    total = payments.order_by().values("flow").annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total, output_field=SUM), Value(ZERO), output_field=SUM)
