"""Chapter 2 as a table: every numbered item, its level and the conditions it joins.

A condition answers True, False or None; None means that only a person can answer, and nobody has yet.
"""

from collections.abc import Callable
from dataclasses import dataclass

from plan.edition import Edition, Thresholds
from plan.facts import DeterminingBody, Facts, HealthDamage
from plan.levels import IncidentLevel, most_severe

Answer = bool | None


@dataclass(frozen=True, slots=True)
class Condition:
    """One conjunct of an item; where only a person can answer it, with the question put to that person."""

    answer: Callable[[Facts, Edition], Answer]
    question_zh: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered item of 2.1–2.4: met when all its conditions are."""

    clause: str
    level: IncidentLevel
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item that only a person's judgement separates from being met."""

    item: Item
    questions_zh: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """The level by the words, with every clause met and every item left open, in plan order."""

    level: IncidentLevel
    met: tuple[str, ...]
    winning: tuple[str, ...]
    open: tuple[OpenItem, ...]


def any_of(*answers: Answer) -> Answer:
    """Join alternatives: one yes is enough, else one open question leaves it open."""
    if True in answers:
        return True
    return None if None in answers else False


def harm_is_serious(facts: Facts) -> Answer:
    """Say whether serious harm has been done; a recorded death is at least serious (A10)."""
    if facts.death_count > 0:
        return True
    return None if facts.health_damage is None else facts.health_damage.is_serious


def harm_is_particularly_serious(facts: Facts) -> Answer:
    """Say whether particularly serious harm has been done (预案 2.1(1))."""
    if facts.health_damage is None:
        return None
    return facts.health_damage is HealthDamage.PARTICULARLY_SERIOUS


def novel_contaminant_made_ill(facts: Facts) -> bool:
    """Say whether a contaminant new to China made people ill, which implies contaminated food (A11)."""
    return facts.novel_contaminant_first_in_china and max(facts.illness_count, facts.death_count) > 0


def food_is_contaminated(facts: Facts) -> Answer:
    """Say whether contaminated food is on record, as the inflow items need (A11)."""
    return True if novel_contaminant_made_ill(facts) else facts.contaminated_food_present


def spread_beyond_province(facts: Facts, edition: Edition) -> bool:
    """Say whether the food reached two provinces, ours included, or went overseas (预案 2.1(1), A2)."""
    return facts.reached_overseas or facts.provinces_affected >= edition.thresholds.places_for_spread


def is_outbreak(facts: Facts, edition: Edition) -> bool:
    """Say whether this is one outbreak of foodborne disease (A6, A12)."""
    by_counts = facts.illness_count >= 2 or facts.death_count >= 1
    return facts.is_food_borne_outbreak or (edition.switches.two_ill_or_one_death_is_outbreak and by_counts)


def _ill_and_dead(test: Callable[[int, int, Thresholds], bool]) -> Condition:
    return Condition(lambda facts, edition: test(facts.illness_count, facts.death_count, edition.thresholds))


def _reached(count: Callable[[Facts], int]) -> Condition:
    return Condition(lambda facts, edition: count(facts) >= edition.thresholds.places_for_spread)


def _determined(body: DeterminingBody) -> tuple[Condition, ...]:
    return (Condition(lambda facts, _: body in facts.determined_by),)


_OUTBREAK = Condition(is_outbreak)
_PROVINCES = Condition(spread_beyond_province)
_CITIES = _reached(lambda facts: facts.prefecture_cities_affected)
_COUNTIES = _reached(lambda facts: facts.counties_affected)
_NOVEL = Condition(lambda facts, _: facts.novel_contaminant_first_in_china)
_CONTAMINATED = Condition(
    lambda facts, _: food_is_contaminated(facts), "是否存在受污染食品（物种固有的毒素不算，A11）"
)
_SERIOUS = Condition(lambda facts, _: harm_is_serious(facts), "是否已造成严重健康损害后果")
_SPREADING = Condition(lambda facts, _: facts.spreading, "是否有扩散趋势")
_ASSESSED_PARTICULARLY = Condition(
    lambda facts, _: facts.assessed_particularly_serious, "是否经评估认为事故危害特别严重"
)
_PARTICULARLY_DONE_OR_ASSESSED = Condition(
    lambda facts, _: any_of(harm_is_particularly_serious(facts), facts.assessed_particularly_serious),
    "是否造成特别严重健康损害后果，或经评估认为事故危害特别严重",
)
_SERIOUS_DONE_OR_POSSIBLE = Condition(
    lambda facts, _: any_of(
        harm_is_serious(facts), facts.assessed_possible_serious, facts.assessed_particularly_serious
    ),
    "是否造成或经评估认为可能对社会公众造成严重健康损害",
)

_I, _II, _III, _IV = IncidentLevel.I, IncidentLevel.II, IncidentLevel.III, IncidentLevel.IV

ITEMS: tuple[Item, ...] = (
    Item("2.1(1)", _I, (_PROVINCES, _CONTAMINATED, _PARTICULARLY_DONE_OR_ASSESSED)),
    Item("2.1(2)", _I, _determined(DeterminingBody.STATE_COUNCIL)),
    Item("2.2(1)", _II, (_CITIES, _CONTAMINATED, _SERIOUS_DONE_OR_POSSIBLE)),
    Item("2.2(2)", _II, (_NOVEL, _SERIOUS, _SPREADING)),
    Item(
        "2.2(3)",
        _II,
        (
            _OUTBREAK,
            _ill_and_dead(
                lambda ill, dead, of: (ill >= of.ill_for_iii and dead >= 1) or dead >= of.deaths_for_ii
            ),
        ),
    ),
    Item("2.2(4)", _II, _determined(DeterminingBody.PROVINCE)),
    Item("2.3(1)", _III, (_COUNTIES, _CONTAMINATED, _SERIOUS)),
    Item(
        "2.3(2)", _III, (_OUTBREAK, _ill_and_dead(lambda ill, dead, of: ill >= of.ill_for_iii or dead >= 1))
    ),
    Item("2.3(3)", _III, _determined(DeterminingBody.CITY)),
    Item("2.4(1)", _IV, (_CONTAMINATED, _SERIOUS)),
    Item(
        "2.4(2)",
        _IV,
        (_OUTBREAK, _ill_and_dead(lambda ill, dead, of: of.ill_for_iv <= ill < of.ill_for_iii and dead == 0)),
    ),
    Item("2.4(3)", _IV, _determined(DeterminingBody.COUNTY)),
)
_ASSESSED_LIMB_ALONE = Item("2.1(1)", _I, (_ASSESSED_PARTICULARLY,))


def items_for(edition: Edition) -> tuple[Item, ...]:
    """Return the items of an edition; with A1 off the assessed limb of 2.1(1) also stands alone."""
    return ITEMS if edition.switches.spread_governs_assessed_limb else (_ASSESSED_LIMB_ALONE, *ITEMS)


def grade(facts: Facts, edition: Edition) -> Grade:
    """Hold the facts against every item; the highest level met wins (预案 2.1–2.4, A7)."""
    met: list[Item] = []
    left_open: list[OpenItem] = []
    for item in items_for(edition):
        questions = _open_questions(item, facts, edition)
        if questions == ():
            met.append(item)
        elif questions and len(questions) < len(item.conditions):
            left_open.append(OpenItem(item, questions))
    level = most_severe(*(item.level for item in met))
    return Grade(
        level,
        tuple(dict.fromkeys(item.clause for item in met)),
        tuple(dict.fromkeys(item.clause for item in met if item.level is level)),
        tuple(entry for entry in left_open if entry.item.level.more_severe_than(level)),
    )


def _open_questions(item: Item, facts: Facts, edition: Edition) -> tuple[str, ...] | None:
    """Return the questions between the facts and the item, None when a condition is not met."""
    questions: list[str] = []
    for condition in item.conditions:
        answer = condition.answer(facts, edition)
        if answer is False:
            return None
        if answer is None:
            questions.append(condition.question_zh)
    return tuple(questions)
