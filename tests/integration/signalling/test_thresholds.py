"""What is proposed, at, below and above each threshold; the numbers are the house's, none is the plan's (4.1, 8.2)."""

from datetime import timedelta
from typing import Any

import pytest

from reporting.models import Signal, SignalState
from reporting.signalling.parameters import (
    BASELINE_WEEKS,
    HOUSEHOLD_WINDOW,
    LEAST_WEEKS,
    RISES,
    SHARED,
    USUAL_DAYS,
    SignalKind,
    Syndrome,
)
from tests.support.public import public
from tests.support.reports import NOON, county, incident, minutes, restaurant
from tests.support.signalling import only_signal, seen, sweep, take

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.mark.clause(82, 174)
def test_two_households_of_one_place_are_proposed_and_one_is_not() -> None:
    take(seen(1, place="慈湖酒楼"), seen(2, place="慈湖酒楼", home="1"))
    assert not Signal.objects.exists()
    take(seen(3, place="慈湖 酒楼"), hospital="hosp-first")
    signal = only_signal()
    assert (signal.kind, signal.units, signal.evidence.count()) == (SignalKind.PLACE, 2, 3)
    assert signal.state == SignalState.PROPOSED


@pytest.mark.clause(82, 174)
def test_one_place_written_in_two_ways_is_one_and_is_found_in_the_register() -> None:
    restaurant("宁波海曙慈湖酒楼有限公司", code="330203")
    take(seen(1, place="慈湖酒楼"), seen(2, place="宁波市慈湖酒楼有限公司"))
    signal = only_signal()
    assert (signal.shared, signal.units) == ("慈湖酒楼", 2)
    assert county("330203").pk in signal.counties


@pytest.mark.clause(82)
@pytest.mark.parametrize(("late", "found"), [(timedelta(0), True), (SECOND, False)])
def test_two_meals_lie_within_the_window_to_its_last_second(late: timedelta, found: bool) -> None:
    meal = NOON - timedelta(days=4)
    window = SHARED[SignalKind.PLACE].window
    take(seen(1, place="慈湖酒楼", eaten_at=meal), seen(2, place="慈湖酒楼", eaten_at=meal + window + late))
    assert Signal.objects.exists() is found


@pytest.mark.clause(82)
def test_a_place_that_many_name_all_year_needs_more_households() -> None:
    usual = [seen(100 + week, at=NOON - timedelta(weeks=week), place="大学食堂一号") for week in range(3, 50)]
    take(*usual)
    take(*(seen(number, place="大学食堂一号") for number in (1, 2, 3)))
    assert not Signal.objects.exists()
    take(*(seen(number, place="大学食堂一号") for number in (4, 5)))
    assert only_signal().units == 5


@pytest.mark.clause(82)
def test_what_cases_share_beside_the_thing_asked_for_is_held_against_its_own_habit() -> None:
    habit: dict[str, Any] = {"place": "大学食堂一号", "food": "牛肉面"}
    take(*(seen(100 + week, at=NOON - timedelta(weeks=week), **habit) for week in range(3, 50)))
    take(seen(1, **habit), seen(2, **habit))
    take(seen(3, food="牛肉面"))
    assert not Signal.objects.exists()


@pytest.mark.clause(82)
def test_a_food_needs_three_households_and_a_maker_two() -> None:
    take(seen(1, food="织纹螺"), seen(2, food="织纹螺"))
    assert not Signal.objects.exists()
    take(seen(3, food="织纹螺"))
    assert only_signal().kind == SignalKind.FOOD
    # Within two weeks two meet by chance unless a year has shown that they do not.
    take(seen(500, at=NOON - timedelta(days=USUAL_DAYS)))
    take(seen(4, maker="甬上卤味"), seen(5, maker="甬上卤味", at=NOON - timedelta(days=10)))
    assert Signal.objects.filter(kind=SignalKind.MAKER, units=2).exists()


@pytest.mark.clause(82)
@pytest.mark.parametrize(
    ("persons", "grave", "late", "found"),
    [
        (3, False, 0, False),
        (4, False, 0, True),
        (2, True, 0, True),
        (1, True, 0, False),
        (4, False, 1, False),
    ],
)
def test_a_household_needs_four_persons_or_two_with_a_severe_one(
    persons: int, grave: bool, late: int, found: bool
) -> None:
    cases = [
        seen(number, home="陈家", is_severe=grave and number == 1, eaten_at=NOON - DAY * 2)
        for number in range(1, persons)
    ]
    last = NOON - DAY * 2 + HOUSEHOLD_WINDOW + timedelta(seconds=late)
    take(*cases, seen(persons, home="陈家", is_severe=grave, eaten_at=last, food="酸汤子"))
    assert Signal.objects.filter(kind=SignalKind.HOUSEHOLD).exists() is found


def unrelated(first: int, number: int, **more: Any) -> list[Any]:
    return [seen(first + each, **more) for each in range(number)]


@pytest.mark.clause(82, 174)
def test_a_county_day_above_its_weekdays_is_proposed_and_one_at_the_threshold_is_not() -> None:
    for week in range(1, BASELINE_WEEKS + 1):
        at = NOON - timedelta(weeks=week)
        take(*unrelated(1000 * week, 4, at=at), at=at)
    # The mean of eights 4s is 4, chance alone deviates by 2: 4 + 4 × 2 = 12 is still usual.
    take(*unrelated(1, 12))
    assert not Signal.objects.exists()
    take(seen(13))
    signal = only_signal()
    assert (signal.kind, signal.units, signal.expected) == (SignalKind.RISE, 13, 4)


@pytest.mark.clause(82)
@pytest.mark.parametrize(("weeks", "found"), [(LEAST_WEEKS, True), (LEAST_WEEKS - 1, False)])
def test_without_weeks_to_compare_with_nothing_is_a_rise(weeks: int, found: bool) -> None:
    take(seen(500, at=NOON - timedelta(weeks=weeks)))
    take(*unrelated(1, 20))
    assert Signal.objects.exists() is found


@pytest.mark.clause(82)
def test_two_poisoned_of_one_county_are_enough_and_one_is_not() -> None:
    take(seen(500, at=NOON - timedelta(weeks=BASELINE_WEEKS)))
    numb: dict[str, Any] = {"symptoms": ("肢体麻木",)}
    take(seen(1, **numb))
    assert not Signal.objects.exists()
    take(seen(2, **numb))
    assert only_signal().units == RISES[Syndrome.NERVE].least


@pytest.mark.clause(82)
def test_of_two_things_that_the_same_cases_share_the_place_names_the_signal() -> None:
    take(*(seen(number, place="慈湖酒楼", food="凉拌海蜇") for number in (1, 2, 3)))
    assert only_signal().shared == "慈湖酒楼"


@pytest.mark.clause(82)
def test_a_rise_whose_cases_share_a_place_is_one_signal_named_by_the_place() -> None:
    take(seen(500, at=NOON - timedelta(weeks=BASELINE_WEEKS)))
    take(*unrelated(1, 6))
    assert only_signal().kind == SignalKind.RISE
    revised = [seen(number, place="慈湖酒楼", revision=2) for number in range(1, 7)]
    take(*revised, at=NOON + minutes(5))
    signal = only_signal()
    assert (signal.kind, signal.shared, signal.evidence.count()) == (SignalKind.PLACE, "慈湖酒楼", 6)


@pytest.mark.clause(82, 94)
def test_a_report_of_the_public_is_one_household_and_the_sweep_finds_it() -> None:
    take(seen(1, place="慈湖酒楼"))
    public(at=NOON + minutes(1), place_text="慈湖酒楼")
    assert not Signal.objects.exists()
    assert sweep(NOON + minutes(2)) == 1
    signal = only_signal()
    assert {row.ref.partition(":")[0] for row in signal.evidence.all()} == {"case", "public"}
    assert sweep(NOON + minutes(3)) == 0


@pytest.mark.clause(82)
def test_with_an_incident_at_the_place_one_household_is_enough() -> None:
    case = incident(8, place_text="慈湖酒楼")
    take(seen(1, place="慈湖酒楼"), at=NOON + minutes(30))
    assert only_signal().incident == case


@pytest.mark.clause(82)
def test_drills_and_reality_are_never_one_signal() -> None:
    take(seen(1, place="慈湖酒楼"), seen(2, place="慈湖酒楼", is_drill=True))
    assert not Signal.objects.exists()
    take(seen(3, place="慈湖酒楼", is_drill=True))
    assert only_signal().is_drill
