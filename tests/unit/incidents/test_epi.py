"""The curve and the incubation, checked against the church supper of Oswego, New York, on 18 April 1940."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("size", [1, 2, 3, 4, 6, 8, 12, 24])
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
