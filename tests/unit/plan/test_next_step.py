import pytest

from plan.classification import classify
from plan.facts import parse_facts


def steps(**facts: object) -> list[str]:
    given = parse_facts({"illness_count": 0, "death_count": 0, **facts})
    return [str(step) for step in classify(given).next_up]


@pytest.mark.clause(20, 21, 25, 29)
def test_the_nearest_count_of_each_kind_is_named() -> None:
    assert steps(illness_count=10) == ["再增加20例达到一般（2.4(2)）", "再增加1例死亡达到较大（2.3(2)）"]
    assert steps(illness_count=94) == ["再增加6例达到较大（2.3(2)）", "再增加1例死亡达到较大（2.3(2)）"]
    assert steps(illness_count=100) == ["再增加1例死亡达到重大（2.2(3)）"]
    assert steps(illness_count=60, death_count=3) == [
        "再增加40例达到重大（2.2(3)）",
        "再增加7例死亡达到重大（2.2(3)）",
    ]


@pytest.mark.clause(24)
def test_a_finding_that_would_raise_the_level_is_named() -> None:
    found = steps(contaminated_food_present=True, health_damage="serious", is_food_borne_outbreak=False)
    assert found == [
        "受污染食品流入2个以上区县（市）达到较大（2.3(1)）",
        "受污染食品流入2个以上设区市达到重大（2.2(1)）",
    ]
    assert steps(contaminated_food_present=True, reached_overseas=True, is_food_borne_outbreak=False) == [
        "再增加1例死亡达到一般（2.4(1)）",
        "造成严重健康损害后果达到一般（2.4(1)）",
        "经评估认为事故危害特别严重达到特别重大（2.1(1)）",
    ]


@pytest.mark.clause(15)
def test_at_level_two_the_determination_is_named_and_at_level_one_nothing() -> None:
    assert steps(illness_count=1000, death_count=50) == ["国务院认定达到特别重大（2.1(2)）"]
    assert steps(determined_by="state_council") == []
