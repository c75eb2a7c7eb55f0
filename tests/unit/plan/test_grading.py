"""Chapter 2 held against the printed table: each clause alone, at, below and above each number."""

from dataclasses import replace

import pytest

from plan.classification import Assessment, classify
from plan.edition import EDITION_2021, Switches
from plan.facts import DeterminingBody, Facts, parse_facts


def graded(**facts: object) -> Assessment:
    return classify(parse_facts({"illness_count": 0, "death_count": 0, **facts}))


def level_of(**facts: object) -> str:
    return graded(**facts).level.value


OUTBREAK_BY_COUNTS = [
    *[(ill, 0, "below") for ill in (0, 1, 29)],
    *[(ill, 0, "IV") for ill in (30, 31, 98, 99)],
    *[(ill, 0, "III") for ill in (100, 101, 1000)],
    *[(ill, dead, "III") for ill in (0, 1, 9, 29, 30, 99) for dead in (1, 2, 9)],
    *[(ill, dead, "II") for ill in (100, 101, 1000) for dead in (1, 9, 10)],
    *[(ill, dead, "II") for ill in (0, 10, 29, 30, 99) for dead in (10, 11, 50)],
]


@pytest.mark.clause(20, 21, 25, 29, 123)
@pytest.mark.parametrize(("ill", "dead", "level"), OUTBREAK_BY_COUNTS)
def test_one_outbreak_by_counts_only(ill: int, dead: int, level: str) -> None:
    assert level_of(illness_count=ill, death_count=dead) == level


@pytest.mark.clause(20, 21, 25, 29)
@pytest.mark.parametrize(("ill", "dead", "level"), OUTBREAK_BY_COUNTS)
def test_counts_mean_nothing_without_an_outbreak(ill: int, dead: int, level: str) -> None:
    assert level_of(illness_count=ill, death_count=dead, is_food_borne_outbreak=False) == "below"


FOOD: dict[str, object] = {"contaminated_food_present": True}
NOVEL: dict[str, object] = {
    "novel_contaminant_first_in_china": True,
    "health_damage": "serious",
    "spreading": True,
}
MET_ALONE = [
    ("2.1(1)", "I", FOOD | {"provinces_affected": 2, "health_damage": "particularly_serious"}),
    ("2.1(1)", "I", FOOD | {"reached_overseas": True, "health_damage": "particularly_serious"}),
    ("2.1(1)", "I", FOOD | {"provinces_affected": 2, "assessed_particularly_serious": True}),
    ("2.1(1)", "I", FOOD | {"reached_overseas": True, "assessed_particularly_serious": True}),
    ("2.1(2)", "I", {"determined_by": "state_council"}),
    ("2.2(1)", "II", FOOD | {"prefecture_cities_affected": 2, "health_damage": "serious"}),
    ("2.2(1)", "II", FOOD | {"prefecture_cities_affected": 2, "health_damage": "particularly_serious"}),
    ("2.2(1)", "II", FOOD | {"prefecture_cities_affected": 2, "assessed_possible_serious": True}),
    ("2.2(1)", "II", FOOD | {"prefecture_cities_affected": 2, "assessed_particularly_serious": True}),
    ("2.2(2)", "II", NOVEL),
    ("2.2(2)", "II", NOVEL | {"is_food_borne_outbreak": False}),
    ("2.2(3)", "II", {"illness_count": 100, "death_count": 1}),
    ("2.2(3)", "II", {"illness_count": 10, "death_count": 10}),
    ("2.2(4)", "II", {"determined_by": "province"}),
    ("2.3(1)", "III", FOOD | {"counties_affected": 2, "health_damage": "serious"}),
    ("2.3(2)", "III", {"illness_count": 100}),
    ("2.3(2)", "III", {"illness_count": 1, "death_count": 1}),
    ("2.3(3)", "III", {"determined_by": "city"}),
    ("2.4(1)", "IV", FOOD | {"health_damage": "serious"}),
    (
        "2.4(1)",
        "IV",
        FOOD | {"health_damage": "serious", "illness_count": 1, "is_food_borne_outbreak": False},
    ),
    ("2.4(2)", "IV", {"illness_count": 30}),
    ("2.4(3)", "IV", {"determined_by": "county"}),
]


@pytest.mark.clause(11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)
@pytest.mark.parametrize(("clause", "level", "facts"), MET_ALONE)
def test_item_gives_its_level_and_is_cited(clause: str, level: str, facts: dict[str, object]) -> None:
    assessment = graded(**facts)
    assert assessment.level.value == level
    assert assessment.clauses == (clause,)


ONE_CONDITION_SHORT = [
    # 2.1(1): no spread; not particularly serious; no contaminated food on record
    FOOD | {"provinces_affected": 1, "health_damage": "particularly_serious"},
    FOOD | {"provinces_affected": 2, "health_damage": "serious"},
    FOOD | {"reached_overseas": True, "health_damage": "serious", "assessed_possible_serious": True},
    {"provinces_affected": 2, "health_damage": "particularly_serious"},
    # 2.2(1): one city; harm only possible and not assessed; no contaminated food
    FOOD | {"prefecture_cities_affected": 1, "assessed_possible_serious": True},
    FOOD | {"prefecture_cities_affected": 2, "health_damage": "possible"},
    {"prefecture_cities_affected": 2, "assessed_possible_serious": True},
    # 2.2(2): each of the three missing
    NOVEL | {"novel_contaminant_first_in_china": False},
    NOVEL | {"spreading": False},
    NOVEL | {"health_damage": "possible", "assessed_possible_serious": True},
    # 2.3(1): possibility is not enough, nor are two counties without contaminated food
    FOOD | {"counties_affected": 2, "health_damage": "possible", "assessed_possible_serious": True},
    FOOD | {"counties_affected": 2, "assessed_particularly_serious": True},
    FOOD | {"counties_affected": 1, "health_damage": "serious"},
    {"counties_affected": 2, "health_damage": "serious"},
    # 2.4(1)
    FOOD | {"health_damage": "possible"},
    {"health_damage": "particularly_serious"},
]


@pytest.mark.clause(12, 13, 14, 17, 18, 19, 24, 28)
@pytest.mark.parametrize("facts", ONE_CONDITION_SHORT)
def test_item_short_of_one_condition_is_not_met(facts: dict[str, object]) -> None:
    cited = {*graded(**facts).clauses, *graded(**facts).other_clauses}
    assert cited <= {"2.4(1)"}
    if cited:
        assert facts["contaminated_food_present"]
        assert facts["health_damage"] in {"serious", "particularly_serious"}


@pytest.mark.clause(11)
def test_every_clause_met_is_kept_in_plan_order() -> None:
    assessment = graded(
        illness_count=120,
        death_count=12,
        provinces_affected=3,
        prefecture_cities_affected=2,
        counties_affected=2,
        health_damage="particularly_serious",
        novel_contaminant_first_in_china=True,
        spreading=True,
        determined_by=["county", "state_council", "city", "province"],
    )
    assert assessment.clauses == ("2.1(1)", "2.1(2)")
    assert assessment.other_clauses == (
        "2.2(1)",
        "2.2(2)",
        "2.2(3)",
        "2.2(4)",
        "2.3(1)",
        "2.3(2)",
        "2.3(3)",
        "2.4(1)",
        "2.4(3)",
    )


@pytest.mark.clause(13, 18, 24, 28)
def test_a_recorded_death_counts_as_serious_harm() -> None:
    facts = FOOD | {"illness_count": 1, "death_count": 1, "is_food_borne_outbreak": False}
    assert graded(**facts).clauses == ("2.4(1)",)
    assert graded(**facts, counties_affected=2).clauses == ("2.3(1)",)
    assert graded(**facts, prefecture_cities_affected=2).clauses == ("2.2(1)",)
    assert graded(**facts, provinces_affected=2).level.value == "IV"


@pytest.mark.clause(19, 28)
def test_a_new_contaminant_that_made_people_ill_implies_contaminated_food() -> None:
    facts = {"novel_contaminant_first_in_china": True, "health_damage": "serious"}
    assert graded(**facts, illness_count=1).clauses == ("2.4(1)",)
    assert graded(**facts, illness_count=0).level.value == "below"


@pytest.mark.clause(14)
def test_assessed_limb_needs_the_spread_unless_switched_off() -> None:
    facts = Facts(illness_count=1, death_count=0, assessed_particularly_serious=True)
    alone = replace(EDITION_2021, switches=Switches(spread_governs_assessed_limb=False))
    assert classify(facts).level.value == "below"
    assert classify(facts, alone).clauses == ("2.1(1)",)
    both = replace(facts, reached_overseas=True, contaminated_food_present=True)
    assert classify(both, alone).clauses == ("2.1(1)",)


@pytest.mark.clause(25)
@pytest.mark.parametrize(("ill", "dead", "level"), [(1, 0, "below"), (1, 1, "III"), (30, 0, "IV")])
def test_two_ill_or_one_death_make_an_outbreak_only_when_switched_on(ill: int, dead: int, level: str) -> None:
    facts = Facts(illness_count=ill, death_count=dead, is_food_borne_outbreak=False)
    counting = replace(EDITION_2021, switches=Switches(two_ill_or_one_death_is_outbreak=True))
    assert classify(facts).level.value == "below"
    assert classify(facts, counting).level.value == level


@pytest.mark.clause(15, 22, 26, 30)
@pytest.mark.parametrize(
    ("body", "clause"),
    [
        (DeterminingBody.STATE_COUNCIL, "2.1(2)"),
        (DeterminingBody.PROVINCE, "2.2(4)"),
        (DeterminingBody.CITY, "2.3(3)"),
        (DeterminingBody.COUNTY, "2.4(3)"),
    ],
)
def test_a_determination_is_a_floor_for_its_own_level_only(body: DeterminingBody, clause: str) -> None:
    alone = classify(Facts(illness_count=0, death_count=0, determined_by=frozenset({body})))
    assert (alone.clauses, alone.other_clauses) == ((clause,), ())
    grave = classify(Facts(illness_count=100, death_count=1, determined_by=frozenset({body})))
    assert grave.level.at_least(classify(Facts(illness_count=100, death_count=1)).level)
    assert clause in grave.clauses + grave.other_clauses


@pytest.mark.clause(20)
def test_no_count_leads_to_level_one() -> None:
    assert level_of(illness_count=10**6, death_count=10**5) == "II"


@pytest.mark.clause(123)
def test_below_cites_no_item_and_leaves_it_to_the_county() -> None:
    assessment = graded(illness_count=29)
    assert assessment.clauses == assessment.other_clauses == ()
    assert assessment.needs_person == ()
    assert assessment.warnings == ()
    assert "6.2.4" in assessment.explanation


@pytest.mark.clause(29)
def test_explanation_names_edition_counts_clause_and_words() -> None:
    text = graded(illness_count=94).explanation
    for part in (
        "甬政办发〔2021〕60号",
        "发病94人、死亡0人",
        "一般食品安全事故（Ⅳ级）",
        "2.4(2)",
        "30人（含）以上",
    ):
        assert part in text
    assert "再增加6例达到较大（2.3(2)）" in text
