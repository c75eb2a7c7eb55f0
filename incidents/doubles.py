"""Records that are likely one patient, proposed to a person where no identity number says so (A12)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from django.utils.translation import gettext_lazy as _

from incidents.models import Case, Fact, PersonDecision
from incidents.persons import counted_lists, name_of

# House rules, not the plan's: how near two onsets, and how near two ages, of one person may be stated.
ONSETS_WITHIN = timedelta(days=7)
AGES_WITHIN = 1
# A trait that more records share than this is a filler, or a dormitory's telephone.
MOST_SHARING = 12
GROUNDS = {"p": _("电话相同"), "b": _("姓名和出生日期相同"), "n": _("姓名和性别相同")}


@dataclass(frozen=True, slots=True)
class Double:
    """Two records that may be one patient, and why."""

    first: Case
    second: Case
    grounds: tuple[str, ...]


def likely_doubles(facts: Sequence[Fact]) -> list[Double]:
    """Return the pairs of an incident family's standing facts that nobody has decided; two queries however many."""
    lists = counted_lists(facts)
    cases = list(Case.objects.filter(fact__in=lists).select_related("fact__source").order_by("pk"))
    decided = set(
        PersonDecision.objects.filter(incident__in={fact.incident_id for fact in facts}).values_list(
            "first", "second"
        )
    )
    found: dict[tuple[int, int], Double] = {}
    for first, second in _sharing(cases):
        names = sorted((name_of(first), name_of(second)))
        grounds = _grounds(first, second)
        if grounds and names[0] != names[1] and tuple(names) not in decided:
            found[first.pk, second.pk] = Double(first, second, grounds)
    return [found[pair] for pair in sorted(found)]


def _sharing(cases: Iterable[Case]) -> Iterable[tuple[Case, Case]]:
    """Return each pair of records that share a trait, of traits that few share."""
    by_trait: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        for trait in case.traits:
            by_trait[trait].append(case)
    pairs = {
        (first.pk, second.pk): (first, second)
        for sharing in by_trait.values()
        if len(sharing) <= MOST_SHARING
        for first, second in combinations(sharing, 2)
    }
    return pairs.values()


def _grounds(first: Case, second: Case) -> tuple[str, ...]:
    """Return why two records may be one person; nothing where something speaks against it."""
    if (first.person and second.person) or (
        first.fact_id == second.fact_id and first.local_id == second.local_id
    ):
        return ()
    if None not in (first.age, second.age) and abs((first.age or 0) - (second.age or 0)) > AGES_WITHIN:
        return ()
    if first.onset_at and second.onset_at and abs(first.onset_at - second.onset_at) > ONSETS_WITHIN:
        return ()
    shared = {trait[0] for trait in set(first.traits) & set(second.traits)}
    # A telephone alone may be a family's.
    if shared == {"p"} and "unknown" not in (first.sex, second.sex) and first.sex != second.sex:
        return ()
    return tuple(str(text) for letter, text in GROUNDS.items() if letter in shared)
