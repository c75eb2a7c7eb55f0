"""Numbers that contradict each other so that somebody must ask why (预案 5.1, 7.3; ADR 9): conservative, and no finding of guilt."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from incidents.counting import COUNTED_KINDS
from incidents.models import CountKind, Fact

# How many were exposed is an estimate, which differs from one list of guests to the next.
JUDGED_KINDS: Final = COUNTED_KINDS - {"exposed_count"}


class Pattern(models.TextChoices):
    """In which way numbers contradict each other."""

    OWN_TOTAL = "own_total", _("同一单位先报的合计低于其后报的同一时点人数")
    LOWERED = "lowered", _("人数被改低或撤回后，原报告单位重申原数")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A statement and the later number that speaks against it.

    said: the total, or the correction that lowered a number; against: the first number that contradicts it; stands: neither
    was corrected since so that they agree.
    """

    pattern: Pattern
    said: Fact
    against: Fact
    stands: bool


class _Series:
    """The rows of one kind in one incident, in the order in which they were recorded."""

    def __init__(self) -> None:
        self.rows: list[Fact] = []
        self._chains: dict[int, list[Fact]] = defaultdict(list)

    def add(self, fact: Fact) -> None:
        """Take in the next row."""
        self.rows.append(fact)
        self._chains[fact.statement_id].append(fact)

    def first(self, fact: Fact) -> Fact:
        """Return the row that made a statement."""
        return self._chains[fact.statement_id][0]

    def as_of(self, fact: Fact, *, before: int | None = None) -> Fact | None:
        """Return what a statement came to, before another row if given; None while it is taken back."""
        own = [each for each in self._chains[fact.statement_id] if before is None or each.pk < before]
        return None if not own or own[-1].is_retraction else own[-1]


def contradictions(facts: Iterable[Fact]) -> list[Contradiction]:
    """Return each statement of these facts, corrected ones included, that a later number contradicts (预案 7.3).

    Growth is none: the later number must be about the same minute or an earlier one (A58). Numbers of several senders that
    may overlap are none, nor is a correction that raises one's own number.
    """
    series: dict[tuple[int, str], _Series] = defaultdict(_Series)
    for fact in sorted(facts, key=lambda fact: fact.pk):
        if fact.kind in JUDGED_KINDS:
            series[fact.incident_id, fact.kind].add(fact)
    return _one_each(each for own in series.values() for each in (*_own_totals(own), *_lowered(own)))


def _one_each(found: Iterable[Contradiction]) -> list[Contradiction]:
    """Of several numbers against one statement keep the first, one that stands before one that does not."""
    kept: dict[int, Contradiction] = {}
    for each in found:
        known = kept.get(each.said.pk)
        if known is None or (each.stands and not known.stands):
            kept[each.said.pk] = each
    return sorted(kept.values(), key=lambda each: each.said.pk)


def _own_totals(series: _Series) -> Iterator[Contradiction]:
    """Yield each total that its own office contradicts by a new statement, not by a correction."""
    totals: dict[int | None, list[Fact]] = defaultdict(list)
    for against in series.rows:
        if against.corrects_id is not None or against.source_id is None:
            continue
        then = [series.as_of(total, before=against.pk) for total in totals[against.source_id]]
        said = max(filter(None, then), key=lambda fact: (fact.as_of, fact.pk), default=None)
        if said is not None and against.value > said.value and _minute(against) <= _minute(said):
            stands = _still_higher(series, said, against)
            yield Contradiction(Pattern.OWN_TOTAL, series.first(said), against, stands)
        if against.count_kind == CountKind.TOTAL:
            totals[against.source_id].append(against)


def _still_higher(series: _Series, said: Fact, against: Fact) -> bool:
    now, later = series.as_of(said), series.as_of(against)
    return now is not None and later is not None and later.value > now.value


def _lowered(series: _Series) -> Iterator[Contradiction]:
    """Yield each correction by which an office lowered or took back a number that its sender then states again."""
    by_id = {fact.pk: fact for fact in series.rows}
    for said in series.rows:
        was = by_id.get(said.corrects_id or 0)
        if was is None or not said.office or not (said.is_retraction or said.value < was.value):
            continue
        for against in series.rows:
            if _restates(against, was, said) and _is_low(series.as_of(said, before=against.pk), was):
                yield Contradiction(Pattern.LOWERED, said, against, not _is_low(series.as_of(against), was))


def _restates(against: Fact, was: Fact, said: Fact) -> bool:
    """Tell whether a later row, of another office than lowered it, states the sender's number again."""
    return (
        against.pk > said.pk
        and not against.is_retraction
        and against.office != said.office
        and (against.source_id, against.count_kind) == (was.source_id, was.count_kind)
        and against.value >= was.value
        and _minute(against) <= _minute(was)
    )


def _is_low(now: Fact | None, was: Fact) -> bool:
    """Tell whether a number is lower than it was, or taken back."""
    return now is None or now.value < was.value


def _minute(fact: Fact) -> datetime:
    """The minute for which a number holds (A58)."""
    as_of: datetime = fact.as_of
    return as_of.replace(second=0, microsecond=0)
