"""A quiet year: single cases that have nothing to do with each other but chance, seasons, weekdays, families and habits.

Every figure here is assumed, as no county publishes its own: the measure says what follows from them.
"""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from reporting.signalling.parameters import SignalKind, Syndrome
from reporting.signalling.traces import trace_of
from reporting.signalling.values import Sighting
from tests.detection.written import own_name, written

# The ten counties by inhabitants, in ten thousands, as weights.
COUNTIES: Final = {
    "330203": 105,
    "330205": 49,
    "330206": 83,
    "330211": 51,
    "330212": 161,
    "330213": 58,
    "330225": 57,
    "330226": 70,
    "330281": 125,
    "330282": 184,
}
# Cases against the year's mean: a summer of bacteria, a smaller winter of viruses.
MONTHS: Final = (1.0, 0.9, 0.8, 0.8, 0.9, 1.2, 1.6, 1.7, 1.3, 0.9, 0.8, 0.9)
WEEKDAYS: Final = (1.15, 1.0, 1.0, 1.0, 1.0, 0.95, 0.9)


@dataclass(frozen=True, slots=True)
class Habits:
    """How people fall ill, eat and are reported when nothing is wrong."""

    cases_a_day: float = 40
    # The variance of a day's cases against Poisson's: doctors, holidays, weather.
    overdispersion: float = 1.5
    places_a_county: int = 1_500
    makers: int = 400
    foods: int = 300
    names_place: float = 0.45
    names_maker: float = 0.12
    names_food: float = 0.6
    # Somebody of the same home falls ill within a day; of such pairs some are three.
    shares_home: float = 0.06
    third: float = 0.2
    nerve: float = 0.02
    grave: float = 0.004
    reported_within_h: float = 24
    compare: Callable[[SignalKind, str], str] = trace_of


def background(
    start: datetime, days: int, rng: random.Random, habits: Habits
) -> Iterator[tuple[datetime, Sighting]]:
    """Return the cases of so many days, each with the moment it is reported, in no order."""
    number = 0
    for day in range(days):
        midnight = start + timedelta(days=day)
        mean = habits.cases_a_day * MONTHS[midnight.month - 1] * WEEKDAYS[midnight.weekday()]
        for _case in range(_count(mean, habits.overdispersion, rng)):
            county = rng.choices(list(COUNTIES), list(COUNTIES.values()))[0]
            seen_at = midnight + timedelta(hours=_hour(rng))
            family = 1
            if rng.random() < habits.shares_home:
                family += 1 + (rng.random() < habits.third)
            number += 1
            for member in range(family):
                later = timedelta(hours=rng.uniform(0, 24)) if member else timedelta(0)
                sighting = _sighting(f"case:{number}{member}", county, seen_at + later, number, rng, habits)
                yield sighting.seen_at + timedelta(hours=rng.uniform(0, habits.reported_within_h)), sighting


def _sighting(
    ref: str, county: str, seen_at: datetime, home: int, rng: random.Random, habits: Habits
) -> Sighting:
    eaten_at = seen_at - timedelta(hours=rng.uniform(3, 48))
    traces: dict[str, datetime | None] = {f"{SignalKind.HOUSEHOLD.value}|{home}": eaten_at}
    if rng.random() < habits.names_place:
        own = own_name(_favourite(habits.places_a_county, rng), county)
        traces[habits.compare(SignalKind.PLACE, written(own, county, rng))] = eaten_at
    if rng.random() < habits.names_maker:
        traces[f"{SignalKind.MAKER.value}|{_favourite(habits.makers, rng)}"] = eaten_at
    if rng.random() < habits.names_food:
        traces[f"{SignalKind.FOOD.value}|{_favourite(habits.foods, rng)}"] = eaten_at
    return Sighting(
        ref=ref,
        county=county,
        seen_at=seen_at,
        traces=traces,
        kin=frozenset({f"home-{home}"}),
        person=ref,
        syndrome=Syndrome.NERVE if rng.random() < habits.nerve else Syndrome.GUT,
        is_grave=rng.random() < habits.grave,
    )


def _favourite(number: int, rng: random.Random) -> int:
    """Return one of so many, the first far more often than the last (Zipf)."""
    return int(math.exp(rng.random() * math.log(number)))


def _count(mean: float, overdispersion: float, rng: random.Random) -> int:
    """Return a day's number of cases: a Poisson whose mean itself varies (negative binomial)."""
    if overdispersion > 1:
        mean = rng.gammavariate(mean / (overdispersion - 1), overdispersion - 1)
    limit, number, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        number += 1
        product *= rng.random()
    return number


def _hour(rng: random.Random) -> float:
    return min(23.9, max(0.0, rng.gauss(14, 5)))
