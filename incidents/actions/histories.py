"""Record what people ate, ill and well (3.4.2)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.rights import Right
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.assessing import lock_with_whole
from incidents.epi.attack import FoodTable, PersonHistory, tables_of
from incidents.models import FoodHistory, Incident
from incidents.permissions import check_actor_may_with
from incidents.policies import check_is_open
from plan.refusal import PlanRefusal

CLAUSE = "3.4.2"


@transaction.atomic
def record_food_histories(
    *,
    incident: Incident,
    tables: tuple[FoodTable, ...] = (),
    people: tuple[PersonHistory, ...] = (),
    source: str,
    by: Actor,
    at: datetime,
) -> FoodHistory:
    """Put food histories on record in place of those before: person by person, or summed by food (3.4.2).

    Refused: without the right (403), closed (409), without a source, with both or neither, with impossible numbers (422).
    """
    _own, whole = lock_with_whole(incident.pk)
    check_actor_may_with(by, Right.KEEP_FOOD_HISTORIES, whole)
    check_is_open(whole)
    summed = tuple(tables_of(people)) if people else tables
    _check_can_be(summed, source, is_both=bool(people and tables))
    history = FoodHistory.objects.create(
        incident=whole,
        version=whole.food_histories.count() + 1,
        tables=[asdict(each) for each in summed],
        people=[{"ill": each.ill, "ate": dict(each.ate)} for each in people],
        source=source,
        entered_at=at,
        entered_by=by.ref,
        office=by.office,
    )
    _write_down(history, by, at)
    return history


def _write_down(history: FoodHistory, by: Actor, at: datetime) -> None:
    record(
        Entry(
            chain=history.incident.chain,
            action="incidents.record_food_histories",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"incident:{history.incident.number}",
            payload={"version": history.version, "rows": seals([history])},
        )
    )


def _check_can_be(tables: Sequence[FoodTable], source: str, *, is_both: bool) -> None:
    cells = [
        number for each in tables for number in (each.ate_ill, each.ate_well, each.not_ill, each.not_well)
    ]
    foods = [each.food.strip() for each in tables]
    if is_both or not tables or len(set(foods)) < len(foods) or not all(foods) or min(cells) < 0:
        raise PlanRefusal(
            _("请按人或按食品填写进食史；每种食品一行，人数不能是负数。"),
            clause=CLAUSE,
            code="histories_invalid",
        )
    if not source.strip():
        raise PlanRefusal(_("请写明调查了哪些人、怎样调查。"), clause=CLAUSE, code="histories_without_source")
