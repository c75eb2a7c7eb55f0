import math

import pytest

from plan.facts import DeterminingBody, FactError, Facts, HealthDamage, dump_facts, parse_facts

COUNTS: dict[str, object] = {"illness_count": 3, "death_count": 1}
INTEGERS = [
    "illness_count",
    "death_count",
    "provinces_affected",
    "prefecture_cities_affected",
    "counties_affected",
]
BOOLEANS = [
    "reached_overseas",
    "assessed_particularly_serious",
    "assessed_possible_serious",
    "novel_contaminant_first_in_china",
    "spreading",
    "contaminated_food_present",
    "is_food_borne_outbreak",
]


def refused(**given: object) -> str:
    with pytest.raises(FactError) as caught:
        parse_facts(COUNTS | given)
    assert caught.value.reason_zh
    return caught.value.key


def test_defaults_are_one_place_no_judgement_and_an_outbreak() -> None:
    assert parse_facts(COUNTS) == Facts(
        illness_count=3,
        death_count=1,
        provinces_affected=1,
        reached_overseas=False,
        prefecture_cities_affected=1,
        counties_affected=1,
        health_damage=None,
        assessed_particularly_serious=None,
        assessed_possible_serious=None,
        novel_contaminant_first_in_china=False,
        spreading=None,
        contaminated_food_present=None,
        determined_by=frozenset(),
        is_food_borne_outbreak=True,
    )


@pytest.mark.parametrize("key", INTEGERS)
@pytest.mark.parametrize(
    "value", [True, False, "3", 3.0, 3.5, -1, None, [3], {}, math.nan, math.inf, -math.inf]
)
def test_integers_take_nothing_else(key: str, value: object) -> None:
    assert refused(**{key: value}) == key


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_number_that_is_none_is_named_as_such(value: float) -> None:
    with pytest.raises(FactError, match="NaN"):
        parse_facts(COUNTS | {"illness_count": value})


@pytest.mark.parametrize("key", ["provinces_affected", "prefecture_cities_affected", "counties_affected"])
def test_ours_is_counted_so_no_place_count_is_zero(key: str) -> None:
    assert refused(**{key: 0}) == key
    assert getattr(parse_facts(COUNTS | {key: 1}), key) == 1


@pytest.mark.parametrize("key", BOOLEANS)
@pytest.mark.parametrize("value", [0, 1, "true", None, [], math.nan])
def test_booleans_take_nothing_else(key: str, value: object) -> None:
    assert refused(**{key: value}) == key
    assert getattr(parse_facts(COUNTS | {key: False}), key) is False


@pytest.mark.parametrize("value", ["Serious", "", None, 1, True, ["serious"], math.inf])
def test_harm_is_one_of_four_words(value: object) -> None:
    assert refused(health_damage=value) == "health_damage"


@pytest.mark.parametrize(
    ("value", "bodies"),
    [
        (None, set()),
        ([], set()),
        ("city", {DeterminingBody.CITY}),
        (["city"], {DeterminingBody.CITY}),
        (["county", "province", "county"], {DeterminingBody.COUNTY, DeterminingBody.PROVINCE}),
    ],
)
def test_determined_by_is_a_word_null_or_a_list(value: object, bodies: set[DeterminingBody]) -> None:
    assert parse_facts(COUNTS | {"determined_by": value}).determined_by == bodies


@pytest.mark.parametrize(
    "value", ["", "City", "nation", 1, True, {"city": 1}, ["city", None], [["city"]], ["x"]]
)
def test_determined_by_takes_nothing_else(value: object) -> None:
    assert refused(determined_by=value) == "determined_by"


def test_unknown_and_missing_keys_are_named() -> None:
    assert refused(ilness_count=1) == "ilness_count"
    for key in COUNTS:
        with pytest.raises(FactError) as caught:
            parse_facts({other: 1 for other in COUNTS if other != key})
        assert caught.value.key == key


def test_dumped_facts_read_back_to_the_same_facts() -> None:
    facts = Facts(
        illness_count=3,
        death_count=1,
        health_damage=HealthDamage.POSSIBLE,
        spreading=False,
        determined_by=frozenset({DeterminingBody.COUNTY, DeterminingBody.CITY}),
    )
    dumped = dump_facts(facts)
    assert dumped["determined_by"] == ["city", "county"]
    assert "contaminated_food_present" not in dumped
    assert parse_facts(dumped) == facts
