"""The curve, the incubation and the attack rates, checked against the church supper of Oswego, New York, on 18 April 1940."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from incidents.epi.attack import FoodTable, Method, PersonHistory, by_risk, tables_of
from incidents.epi.curve import MOST_BINS, NINGBO, Onset, curve
from incidents.epi.incubation import Fit, Incubation, agents_that_fit, incubation

# Facts of the line list published with the CDC's case study 401-303 (M. B. Gross, Public Health Reports 1976; 91: 168-170).
OSWEGO = Path(__file__).parent / "data" / "oswego_1940.csv"
SUPPER = datetime(1940, 4, 18, 12, 0, tzinfo=NINGBO)
HOUR = timedelta(hours=1)


def line_list() -> list[dict[str, str]]:
    with OSWEGO.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NINGBO)


def pairs() -> list[tuple[set[datetime], datetime]]:
    ill = [row for row in line_list() if row["ill"] == "1"]
    return [({moment(row["meal_at"])} if row["meal_at"] else set(), moment(row["onset_at"])) for row in ill]


def test_the_suppers_46_ill_fall_into_hours_as_published() -> None:
    onsets = [Onset(onset, "ill") for _meals, onset in pairs()]
    drawn = curve(onsets, size_h=1)
    assert drawn is not None
    counts = {each.starts_at: each.primary["ill"] for each in drawn.bins if each.primary}
    assert len(onsets) == sum(counts.values()) == 46
    assert (min(counts), max(counts)) == (moment("1940-04-18T15:00"), moment("1940-04-19T10:00"))
    assert max(counts, key=lambda hour: counts[hour]) == moment("1940-04-19T01:00")


def test_the_suppers_incubation_is_three_to_seven_hours_with_a_median_of_four() -> None:
    seen = incubation(pairs())
    assert seen == Incubation(22, 3 * HOUR, 4 * HOUR, 7 * HOUR)
    suggested = {each.agent.code: each.fit for each in agents_that_fit(seen)}
    assert suggested["STAPH"] is Fit.WHOLE


@pytest.mark.parametrize("size", range(1, 25))
def test_an_onset_at_the_first_instant_of_a_bin_is_in_it_and_the_last_before_is_not(size: int) -> None:
    edge = SUPPER.replace(hour=0) + timedelta(hours=size)
    drawn = curve([Onset(edge, "a"), Onset(edge - timedelta(seconds=1), "a")], size_h=size)
    assert drawn is not None
    assert [each.primary["a"] for each in drawn.bins] == [1, 1]
    assert drawn.bins[1].starts_at == edge


def test_secondary_cases_are_counted_apart_and_a_far_slip_is_said_not_drawn() -> None:
    slip = SUPPER - timedelta(days=400)
    drawn = curve([Onset(slip, "a"), Onset(SUPPER, "a"), Onset(SUPPER, "b", is_secondary=True)])
    assert drawn is not None
    assert (len(drawn.bins), drawn.earlier, drawn.size_h) == (MOST_BINS, 1, 24)
    assert (drawn.bins[-1].primary, drawn.bins[-1].secondary) == ({"a": 1}, {"b": 1})


def test_two_meals_before_an_onset_tell_nothing_and_a_later_meal_does_not_disturb() -> None:
    two, later = {SUPPER, SUPPER - HOUR}, {SUPPER, SUPPER + 9 * HOUR}
    assert incubation([(two, SUPPER + HOUR)]) is None
    assert incubation([(later, SUPPER + HOUR), (two, SUPPER + HOUR)]) == Incubation(1, HOUR, HOUR, HOUR)
    assert curve([]) is None


def test_the_suppers_vanilla_ice_cream_stands_out_as_published() -> None:
    foods = [name for name in line_list()[0] if name not in {"number", "ill", "meal_at", "onset_at"}]
    people = [
        PersonHistory(ill=row["ill"] == "1", ate={food: row[food] == "1" for food in foods if row[food]})
        for row in line_list()
    ]
    tables = {each.food: each for each in tables_of(people)}
    vanilla = tables["vanilla_ice_cream"]
    assert (len(people), vanilla.ate, vanilla.ate_ill, vanilla.abstained, vanilla.not_ill) == (
        75,
        54,
        43,
        21,
        3,
    )
    assert vanilla.risk is not None
    assert vanilla.risk.method is Method.PLAIN
    figures = (vanilla.risk.ratio, vanilla.risk.low, vanilla.risk.high, vanilla.rate_ate, vanilla.rate_not)
    assert figures == pytest.approx((5.574, 1.94, 16.03, 79.63, 14.29), rel=0.002)
    assert by_risk(list(tables.values()))[0] is vanilla
    # One did not know of the chocolate ice cream, one of the potatoes.
    assert tables["chocolate_ice_cream"].ate + tables["chocolate_ice_cream"].abstained == 74
    assert tables["mashed_potato"].ate + tables["mashed_potato"].abstained == 74


@pytest.mark.parametrize(
    ("cells", "ratio"),
    [
        ((5, 5, 0, 10), (5.5 / 11) / (0.5 / 11)),
        ((0, 10, 5, 5), (0.5 / 11) / (5.5 / 11)),
        ((5, 5, 0, 0), None),
        ((0, 0, 5, 5), None),
        ((0, 10, 0, 10), None),
    ],
)
def test_a_nought_is_corrected_and_said_or_nothing_is_computed(
    cells: tuple[int, int, int, int], ratio: float | None
) -> None:
    ate_ill, ate_well, not_ill, not_well = cells
    risk = FoodTable(food="x", ate_ill=ate_ill, ate_well=ate_well, not_ill=not_ill, not_well=not_well).risk
    assert (risk and risk.ratio) == (ratio and pytest.approx(ratio))
    assert risk is None or risk.method is Method.HALDANE
