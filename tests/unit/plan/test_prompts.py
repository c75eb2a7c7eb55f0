"""What the grade leaves to people, and what it finds odd."""

import pytest

from plan.classification import Assessment, classify
from plan.facts import parse_facts


def graded(**facts: object) -> Assessment:
    return classify(parse_facts({"illness_count": 1, "death_count": 0, **facts}))


def asked(assessment: Assessment) -> list[tuple[str, str]]:
    return [(question.clause, question.code) for question in assessment.needs_person]


def test_plain_counts_ask_nothing_and_warn_of_nothing() -> None:
    for ill, dead in ((0, 0), (29, 0), (45, 0), (100, 0), (5, 1), (200, 3)):
        assessment = graded(illness_count=ill, death_count=dead)
        assert assessment.needs_person == ()
        assert assessment.warnings == ()


OPEN = [
    ("2.1(1)", {"contaminated_food_present": True, "provinces_affected": 2, "health_damage": "serious"}),
    ("2.1(1)", {"reached_overseas": True, "health_damage": "particularly_serious"}),
    ("2.2(1)", {"contaminated_food_present": True, "prefecture_cities_affected": 2}),
    ("2.2(1)", {"prefecture_cities_affected": 2, "assessed_possible_serious": True}),
    ("2.2(2)", {"novel_contaminant_first_in_china": True, "spreading": True}),
    ("2.3(1)", {"contaminated_food_present": True, "counties_affected": 2}),
    ("2.3(1)", {"counties_affected": 2, "health_damage": "serious"}),
    ("2.4(1)", {"contaminated_food_present": True}),
    ("2.4(1)", {"health_damage": "serious"}),
]


@pytest.mark.clause(13, 14, 18, 19, 24, 28)
@pytest.mark.parametrize(("clause", "facts"), OPEN)
def test_an_item_short_only_of_a_judgement_is_put_to_a_person(clause: str, facts: dict[str, object]) -> None:
    assessment = graded(**facts)
    assert (clause, "open_judgement") in asked(assessment)
    assert clause not in assessment.clauses + assessment.other_clauses
    assert clause in assessment.explanation


@pytest.mark.clause(24)
def test_a_judgement_given_is_not_asked_again() -> None:
    facts = {"counties_affected": 2, "health_damage": "serious"}
    assert asked(graded(**facts, contaminated_food_present=False)) == []


def test_an_open_item_no_graver_than_the_level_is_not_asked() -> None:
    assert asked(graded(counties_affected=2, illness_count=100, contaminated_food_present=True)) == []


@pytest.mark.clause(24, 28)
@pytest.mark.parametrize("given", ["none", "possible"])
def test_death_against_a_lower_harm_asks_for_each_clause_that_rests_on_it(given: str) -> None:
    facts = {"contaminated_food_present": True, "counties_affected": 2, "death_count": 1}
    assessment = graded(**facts, health_damage=given)
    assert assessment.clauses == ("2.3(1)", "2.3(2)")
    assert asked(assessment) == [("2.3(1)", "harm_below_death"), ("2.4(1)", "harm_below_death")]
    assert asked(graded(**facts)) == []
    assert asked(graded(**facts, health_damage="serious")) == []


@pytest.mark.clause(18)
def test_a_clause_that_also_stands_on_an_assessment_does_not_rest_on_the_death() -> None:
    assessment = graded(
        contaminated_food_present=True,
        prefecture_cities_affected=2,
        assessed_possible_serious=True,
        death_count=1,
        health_damage="possible",
    )
    assert assessment.clauses == ("2.2(1)",)
    assert asked(assessment) == [("2.4(1)", "harm_below_death")]


@pytest.mark.clause(18)
def test_the_only_patient_being_dead_leaves_a_new_contaminant_one_that_made_people_ill() -> None:
    assessment = graded(
        illness_count=0,
        death_count=1,
        novel_contaminant_first_in_china=True,
        prefecture_cities_affected=2,
        assessed_possible_serious=True,
        health_damage="possible",
    )
    assert ("2.2(1)", "harm_below_death") not in asked(assessment)


@pytest.mark.clause(14)
def test_assessed_particularly_serious_without_spread_asks_for_a_determination() -> None:
    assessment = graded(assessed_particularly_serious=True)
    assert ("2.1(1)", "assessed_without_spread") in asked(assessment)
    (text,) = [str(q) for q in assessment.needs_person if q.code == "assessed_without_spread"]
    assert "2.1(2)" in text
    assert "2.2(4)" in text
    determined = graded(assessed_particularly_serious=True, determined_by="state_council")
    assert asked(determined) == []
    spread = graded(assessed_particularly_serious=True, provinces_affected=2)
    assert asked(spread) == [("2.1(1)", "open_judgement")]


@pytest.mark.clause(28, 123)
def test_death_outside_every_item_is_never_left_to_the_county() -> None:
    assessment = graded(death_count=1, is_food_borne_outbreak=False)
    assert assessment.level.value == "below"
    assert assessment.clauses == ()
    assert ("6.1", "fatal_ungraded") in asked(assessment)
    assert "敏感" in str(assessment.needs_person[-1])
    assert "酌情处置（6.2.4）" not in assessment.explanation


@pytest.mark.clause(28)
def test_death_at_level_four_prompts_for_a_determination() -> None:
    assessment = graded(death_count=1, is_food_borne_outbreak=False, contaminated_food_present=True)
    assert assessment.level.value == "IV"
    assert ("2.3(3)", "fatal_at_iv") in asked(assessment)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"illness_count": 1, "death_count": 2}, "死亡人数多于发病人数"),
        ({"illness_count": 0, "health_damage": "serious"}, "发病人数为0"),
        ({"novel_contaminant_first_in_china": True, "contaminated_food_present": False}, "A11"),
        ({"counties_affected": 11}, "10个区县（市）"),
        ({"prefecture_cities_affected": 12}, "11个设区市"),
        ({"provinces_affected": 32}, "A2"),
        ({"reached_overseas": True, "contaminated_food_present": True, "health_damage": "serious"}, "A9"),
        ({"provinces_affected": 2, "health_damage": "possible"}, "A9"),
        ({"illness_count": 100, "determined_by": "county"}, "A13"),
    ],
)
def test_possible_but_odd_facts_are_graded_with_a_warning(facts: dict[str, object], words: str) -> None:
    assert any(words in warning for warning in graded(**facts).warnings)


def test_facts_at_the_edge_of_the_odd_bring_no_warning() -> None:
    for facts in (
        {"illness_count": 2, "death_count": 2},
        {"counties_affected": 10},
        {"novel_contaminant_first_in_china": True},
        {"prefecture_cities_affected": 11},
        {"illness_count": 30, "determined_by": ["county"]},
        {
            "provinces_affected": 31,
            "contaminated_food_present": True,
            "health_damage": "particularly_serious",
        },
    ):
        assert graded(**facts).warnings == ()


@pytest.mark.clause(104)
def test_a_number_nobody_has_said_is_not_told_as_nought() -> None:
    facts = parse_facts({"illness_count": 0, "death_count": 0, "health_damage": "serious"})
    known, unknown = classify(facts), classify(facts, is_ill_known=False)
    assert "发病0人、死亡0人" in known.explanation
    assert any("发病人数为0" in warning for warning in known.warnings)
    assert "发病人数暂不清楚、已知死亡0人" in unknown.explanation
    assert "发病0人" not in unknown.explanation
    assert any("尚未报发病人数" in warning for warning in unknown.warnings)
    assert not any("为0" in warning for warning in unknown.warnings)
