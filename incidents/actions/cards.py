"""Record what the outbreak card asks and nothing computes (6.3.3)."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.rights import Right
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.assessing import lock_with_whole
from incidents.codes import EATEN_AT, FACTORS, FOOD_CLASSES, SAMPLED, SPECIMENS
from incidents.epi.people import Exposed
from incidents.models import Incident, OutbreakCard
from incidents.permissions import check_actor_may_with
from incidents.policies import check_is_open
from incidents.values import MOST_PEOPLE
from plan.refusal import PlanRefusal

CLAUSE = "6.3.3"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCount:
    """How many samples of one kind were taken from whom or what; `positive` is None while results are out."""

    source: str
    kind: str
    number: int
    positive: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardEntries:
    """What is entered on the card; what is left out is not known yet. Costs are yuan per head."""

    factors: tuple[str, ...] = ()
    factor_note: str = ""
    cost_yuan: int | None = None
    food: str = ""
    food_class: str = ""
    eaten_kind: str = ""
    made_kind: str = ""
    exposed: tuple[Exposed, ...] = ()
    samples: tuple[SampleCount, ...] = ()


@transaction.atomic
def record_outbreak_card(
    *, incident: Incident, entries: CardEntries, source: str, by: Actor, at: datetime
) -> OutbreakCard:
    """Put a new version of the outbreak card's entries on record for an incident and what is one with it (6.3.3).

    What follows from the line lists is never entered. Refused: without the right (403), closed, or when nothing changes
    (409), without saying what it rests on, with words outside the code lists or numbers that can't be (422).
    """
    _own, whole = lock_with_whole(incident.pk)
    check_actor_may_with(by, Right.KEEP_FOOD_HISTORIES, whole)
    check_is_open(whole)
    before, stored = whole.outbreak_cards.order_by("version").last(), _stored(entries)
    _check_can_be(entries, source)
    _check_is_new(stored, before)
    card = OutbreakCard.objects.create(
        incident=whole,
        version=before.version + 1 if before else 1,
        **stored,
        source=source.strip(),
        entered_at=at,
        entered_by=by.ref,
        office=by.office,
    )
    record(
        Entry(
            chain=whole.chain,
            action="incidents.record_outbreak_card",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"incident:{whole.number}",
            payload={"version": card.version, "rows": seals([card])},
        )
    )
    return card


def _stored(entries: CardEntries) -> dict[str, Any]:
    """Return the entries as a version keeps them, so that the same entries are the same row."""
    return {
        **asdict(entries),
        "factors": [each for each in FACTORS if each in entries.factors],
        "exposed": [asdict(each) for each in entries.exposed],
        "samples": [asdict(each) for each in entries.samples],
    }


def _check_can_be(entries: CardEntries, source: str) -> None:
    if not source.strip():
        raise PlanRefusal(_("请写明根据什么填写。"), clause=CLAUSE, code="card_without_source")
    if wrong := next(_impossible(entries), ""):
        raise PlanRefusal(wrong, clause=CLAUSE, code="card_invalid")


def _check_is_new(stored: Mapping[str, Any], before: OutbreakCard | None) -> None:
    if before and all(getattr(before, name) == value for name, value in stored.items()):
        raise PlanRefusal(
            _("与现行信息卡相同，不必另立一版。"), clause=CLAUSE, code="card_unchanged", status=409
        )


def _impossible(entries: CardEntries) -> Iterator[str]:
    """Say what of the entries can't be."""
    codes: list[tuple[str, tuple[str, ...]]] = [(each, FACTORS) for each in entries.factors]
    codes += [
        (entries.food_class, FOOD_CLASSES),
        (entries.eaten_kind, EATEN_AT),
        (entries.made_kind, EATEN_AT),
    ]
    codes += [(each.source, SAMPLED) for each in entries.samples]
    codes += [(each.kind, SPECIMENS) for each in entries.samples]
    if any(word and word not in known for word, known in codes):
        yield _("有选项不在代码表中。")
    numbers = [entries.cost_yuan or 0, *(each.number for each in entries.samples)]
    numbers += [number for each in entries.exposed for number in (each.male, each.female)]
    if not all(0 <= number <= MOST_PEOPLE for number in numbers):
        yield _("人数、份数和费用须为0至10000000之间的整数。")
    if any(each.positive is not None and not 0 <= each.positive <= each.number for each in entries.samples):
        yield _("阳性数不能多于份数。")
    rows = [(each.source, each.kind) for each in entries.samples]
    bands = [each.band for each in entries.exposed]
    if len(set(rows)) < len(rows) or len(set(bands)) < len(bands):
        yield _("同一年龄组、同一来源的同一种标本只填一行。")
