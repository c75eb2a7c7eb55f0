import pytest

from plan.levels import IncidentLevel, ResponseLevel, most_severe


@pytest.mark.clause(10)
def test_four_levels_and_below_count_down() -> None:
    names = [level.value for level in IncidentLevel]
    assert names == ["I", "II", "III", "IV", "below"]
    for worse, better in zip(IncidentLevel, list(IncidentLevel)[1:], strict=False):
        assert worse.more_severe_than(better)
        assert not better.more_severe_than(worse)


@pytest.mark.clause(99)
def test_at_least_includes_the_level_itself() -> None:
    assert IncidentLevel.III.at_least(IncidentLevel.III)
    assert IncidentLevel.II.at_least(IncidentLevel.III)
    assert not IncidentLevel.IV.at_least(IncidentLevel.III)


@pytest.mark.parametrize("compare", ["__lt__", "__le__", "__gt__", "__ge__"])
def test_text_order_is_refused(compare: str) -> None:
    with pytest.raises(TypeError, match="count down"):
        getattr(IncidentLevel.I, compare)(IncidentLevel.IV)
    with pytest.raises(TypeError, match="count down"):
        sorted(ResponseLevel)


def test_most_severe_of_none_is_below() -> None:
    assert most_severe() is IncidentLevel.BELOW
    assert most_severe(IncidentLevel.IV, IncidentLevel.II, IncidentLevel.BELOW) is IncidentLevel.II


@pytest.mark.clause(10, 108)
def test_labels_are_the_plans_words() -> None:
    assert [level.numeral for level in IncidentLevel] == ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "未达Ⅳ级"]
    assert [level.label_zh for level in IncidentLevel] == ["特别重大", "重大", "较大", "一般", "未达一般"]
    assert [level.label_zh for level in ResponseLevel] == [
        "Ⅰ级应急响应",
        "Ⅱ级应急响应",
        "Ⅲ级应急响应",
        "Ⅳ级应急响应",
    ]
