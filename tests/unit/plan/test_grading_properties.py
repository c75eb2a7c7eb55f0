"""What holds for all facts: worse facts never grade lower, and every citation is of its level."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.classification import classify
from plan.clauses import has_clause
from plan.facts import DeterminingBody, Facts, HealthDamage, dump_facts, parse_facts
from plan.grading import ITEMS
from plan.levels import IncidentLevel

LEVEL_OF = {item.clause: item.level for item in ITEMS}
ORDER = list(LEVEL_OF)

counts = st.one_of(st.integers(0, 12), st.integers(27, 33), st.integers(96, 104), st.integers(0, 10**6))
judgement = st.sampled_from([None, False, True])
facts_of_any_kind = st.builds(
    Facts,
    illness_count=counts,
    death_count=counts,
    provinces_affected=st.integers(1, 3),
    reached_overseas=st.booleans(),
    prefecture_cities_affected=st.integers(1, 3),
    counties_affected=st.integers(1, 3),
    health_damage=st.sampled_from([None, *HealthDamage]),
    assessed_particularly_serious=judgement,
    assessed_possible_serious=judgement,
    novel_contaminant_first_in_china=st.booleans(),
    spreading=judgement,
    contaminated_food_present=judgement,
    determined_by=st.frozensets(st.sampled_from(DeterminingBody)),
    is_food_borne_outbreak=st.booleans(),
)


def by_the_table(f: Facts) -> set[str]:
    """Write the printed table out once more, by hand and in two values."""
    serious = f.death_count >= 1 or f.health_damage in {"serious", "particularly_serious"}
    made_ill = f.illness_count >= 1 or f.death_count >= 1
    food = bool(f.contaminated_food_present) or (f.novel_contaminant_first_in_china and made_ill)
    far = f.provinces_affected >= 2 or f.reached_overseas
    gravest = f.health_damage == "particularly_serious" or bool(f.assessed_particularly_serious)
    feared = bool(f.assessed_possible_serious) or bool(f.assessed_particularly_serious)
    one = f.is_food_borne_outbreak
    ill, dead = f.illness_count, f.death_count
    table = {
        "2.1(1)": food and far and gravest,
        "2.1(2)": "state_council" in f.determined_by,
        "2.2(1)": food and f.prefecture_cities_affected >= 2 and (serious or feared),
        "2.2(2)": f.novel_contaminant_first_in_china and serious and bool(f.spreading),
        "2.2(3)": one and ((ill >= 100 and dead >= 1) or dead >= 10),
        "2.2(4)": "province" in f.determined_by,
        "2.3(1)": food and f.counties_affected >= 2 and serious,
        "2.3(2)": one and (ill >= 100 or dead >= 1),
        "2.3(3)": "city" in f.determined_by,
        "2.4(1)": food and serious,
        "2.4(2)": one and 30 <= ill <= 99 and dead == 0,
        "2.4(3)": "county" in f.determined_by,
    }
    return {ref for ref, met in table.items() if met}


@pytest.mark.clause(11, 16, 23, 27)
@given(facts_of_any_kind)
def test_clauses_met_are_those_of_the_printed_table(facts: Facts) -> None:
    assessment = classify(facts)
    met = by_the_table(facts)
    assert {*assessment.clauses, *assessment.other_clauses} == met
    worst = min((LEVEL_OF[ref] for ref in met), key=list(IncidentLevel).index, default=IncidentLevel.BELOW)
    assert assessment.level is worst
    assert set(assessment.clauses) == {ref for ref in met if LEVEL_OF[ref] is worst}


@given(facts_of_any_kind)
def test_citations_stand_in_plan_order_and_exist(facts: Facts) -> None:
    assessment = classify(facts)
    for cited in (assessment.clauses, assessment.other_clauses):
        assert list(cited) == sorted(cited, key=ORDER.index)
    for question in assessment.needs_person:
        assert has_clause(question.clause)
        if question.code == "open_judgement":
            assert LEVEL_OF[question.clause].more_severe_than(assessment.level)


WORSE: list[tuple[str, Any]] = [
    ("death_count", 1),
    ("death_count", 10),
    ("provinces_affected", 2),
    ("reached_overseas", True),
    ("prefecture_cities_affected", 2),
    ("counties_affected", 2),
    ("health_damage", HealthDamage.PARTICULARLY_SERIOUS),
    ("assessed_particularly_serious", True),
    ("assessed_possible_serious", True),
    ("novel_contaminant_first_in_china", True),
    ("spreading", True),
    ("contaminated_food_present", True),
    ("is_food_borne_outbreak", True),
]


@given(facts_of_any_kind, st.sampled_from(WORSE), st.integers(0, 200))
def test_worse_facts_never_grade_lower(facts: Facts, worse: tuple[str, Any], more_ill: int) -> None:
    field, value = worse
    current = getattr(facts, field)
    value = max(current, value) if isinstance(value, int) and not isinstance(value, bool) else value
    graver = replace(facts, **{field: value})
    if graver.death_count >= facts.death_count:
        graver = replace(graver, illness_count=facts.illness_count + more_ill)
    assert classify(graver).level.at_least(classify(facts).level)


@pytest.mark.clause(15, 22, 26, 30)
@given(facts_of_any_kind, st.sampled_from(DeterminingBody))
def test_a_determination_never_lowers(facts: Facts, body: DeterminingBody) -> None:
    determined = replace(facts, determined_by=facts.determined_by | {body})
    assert classify(determined).level.at_least(classify(facts).level)


@given(facts_of_any_kind)
def test_each_next_step_is_graver_than_now(facts: Facts) -> None:
    assessment = classify(facts)
    for step in assessment.next_up:
        assert step.level.more_severe_than(assessment.level)
        assert all(LEVEL_OF[ref] is step.level for ref in step.clauses)


@given(facts_of_any_kind)
def test_a_death_without_a_level_always_waits_for_a_person(facts: Facts) -> None:
    assessment = classify(facts)
    if facts.death_count and assessment.level is IncidentLevel.BELOW:
        assert "fatal_ungraded" in {question.code for question in assessment.needs_person}


@given(facts_of_any_kind)
def test_facts_survive_being_written_and_read(facts: Facts) -> None:
    assert parse_facts(dump_facts(facts)) == facts
