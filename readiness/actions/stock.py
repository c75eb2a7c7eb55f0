"""Stock is used, and replenished in time (8.5): each use is owed back until as much was put in."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.evidence import write_down
from accounts.rights import Right
from audit.models import Sealed
from audit.seals import name_of
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from readiness.models import Replenishment, Stock, StockUse
from readiness.permissions import check_actor_keeps
from readiness.policies import check_can_restore, check_can_use
from readiness.registers import STORES
from response.actions.deciding import lock_whole


@transaction.atomic
def use_stock(
    *, stock: Stock, quantity: int, note: str, incident: Incident | None = None, by: Actor, at: datetime
) -> StockUse:
    """Take stock from its store (8.5); it is owed back, without hours, until as much was put in.

    incident: what it is for, which then has the use in its log. Refused: by another than the keeper, or for an incident
    elsewhere (403); for a drill, without a purpose (422); for more than there is (409).
    """
    incident = lock_whole(incident) if incident else None
    stock = _locked(stock)
    office = check_actor_keeps(by, STORES, stock.area)
    if incident is not None:
        check_actor_may_with(by, Right.SEE_INCIDENTS, incident)
    check_can_use(stock, quantity, note, incident)
    use = StockUse.objects.create(
        stock=stock,
        incident=incident,
        quantity=quantity,
        note=note,
        organisation=office,
        used_by=by.ref,
        used_at=at,
    )
    stock.quantity -= quantity
    stock.save(update_fields=["quantity"])
    _write_down("readiness.use_stock", use, incident, by, at)
    return use


@transaction.atomic
def replenish_stock(
    *, use: StockUse, quantity: int, note: str = "", by: Actor, at: datetime
) -> Replenishment:
    """Put back what was used, whole or in part (8.5). Refused: by another than the keeper (403), more than is owed (409)."""
    incident = lock_whole(use.incident) if use.incident else None
    stock = _locked(use.stock)
    office = check_actor_keeps(by, STORES, stock.area)
    check_can_restore(use, quantity)
    made = Replenishment.objects.create(
        use=use, quantity=quantity, note=note, organisation=office, restored_by=by.ref, restored_at=at
    )
    stock.quantity += quantity
    stock.save(update_fields=["quantity"])
    _write_down("readiness.replenish_stock", made, incident, by, at)
    return made


def _locked(stock: Stock) -> Stock:
    return Stock.objects.select_related("area").select_for_update(of=("self",)).get(pk=stock.pk)


def _write_down(action: str, row: Sealed, incident: Incident | None, by: Actor, at: datetime) -> None:
    """Append the evidence: on the incident's chain where there is one, else on the keeper's."""
    chain = incident.chain if incident else f"org:{by.office}"
    write_down(action, chain, by, at, subject=name_of(row), rows=[row])
