"""From an incident's facts to the plan's facts, and the plan's answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidents.counting import count
from incidents.models import Fact, FactKind
from plan.classification import Assessment, classify
from plan.edition import Edition
from plan.editions import EDITIONS
from plan.facts import Facts, parse_facts

# Of these the latest by as-of time holds; counts are added up and determinations gathered.
_LATEST = (
    FactKind.PROVINCES,
    FactKind.OVERSEAS,
    FactKind.CITIES,
    FactKind.COUNTIES,
    FactKind.HEALTH_DAMAGE,
    FactKind.ASSESSED_PARTICULARLY_SERIOUS,
    FactKind.ASSESSED_POSSIBLE_SERIOUS,
    FactKind.NOVEL_CONTAMINANT,
    FactKind.SPREADING,
    FactKind.CONTAMINATED_FOOD,
    FactKind.OUTBREAK,
)


@dataclass(frozen=True, slots=True)
class Graded:
    """The plan's facts and the ids of the facts they were made from.

    may_overlap: people may be counted twice; is_ill_known: somebody has said how many are ill (5.2).
    """

    facts: Facts
    fact_ids: tuple[int, ...]
    may_overlap: bool
    is_ill_known: bool


def plan_facts(facts: Sequence[Fact]) -> Graded:
    """Gather current facts into what the plan grades (预案 2); nothing stated counts as nothing known."""
    ill, dead = count(facts, FactKind.ILLNESS), count(facts, FactKind.DEATHS)
    deaths = dead.value if dead else 0
    # The number ill includes the dead (A12), so deaths alone are at least as many ill.
    given: dict[str, object] = {"illness_count": ill.value if ill else deaths, "death_count": deaths}
    used = [*(ill.fact_ids if ill else ()), *(dead.fact_ids if dead else ())]
    for kind in _LATEST:
        of_kind = [fact for fact in facts if fact.kind == kind]
        if of_kind:
            latest = max(of_kind, key=lambda fact: (fact.as_of, fact.pk))
            given[kind.value] = latest.value
            used.append(latest.pk)
    determinations = [fact for fact in facts if fact.kind == FactKind.DETERMINATION]
    given["determined_by"] = sorted({fact.value["body"] for fact in determinations})
    used += [fact.pk for fact in determinations]
    overlap = any(counted is not None and counted.may_overlap for counted in (ill, dead))
    return Graded(parse_facts(given), tuple(used), overlap, is_ill_known=ill is not None or deaths > 0)


def assess(facts: Sequence[Fact], edition: Edition) -> tuple[Assessment, Graded]:
    """Grade an incident's current facts, each patient once, by its edition (预案 6.1: the machine proposes)."""
    graded = plan_facts(facts)
    return classify(graded.facts, edition, is_ill_known=graded.is_ill_known), graded


def edition_named(number: str) -> Edition:
    """Return the edition an incident is judged by; every stored number is one of ours."""
    return next(edition for edition in EDITIONS if edition.number == number)
