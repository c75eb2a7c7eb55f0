"""Real outbreaks as the single cases of several hospitals, before anybody calls them a cluster.

Meals, numbers, onsets and the first report are as published or as the storylines of `demo/` have them; when a patient goes to
a hospital, to which, and whether the place is asked for, is assumed.
"""

import csv
import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from incidents.epi.curve import NINGBO
from reporting.signalling.parameters import SignalKind, Syndrome
from reporting.signalling.values import Sighting
from tests.detection.background import Habits
from tests.detection.written import written

HOUR = timedelta(hours=1)
OSWEGO: Final = Path(__file__).resolve().parents[1] / "unit" / "incidents" / "data" / "oswego_1940.csv"
# A hospital is taken to recognise a cluster by itself with so many of its own patients within a day, an hour later.
RECOGNISED: Final = 5


@dataclass(frozen=True, slots=True)
class Outbreak:
    """One outbreak: who fell ill when, after which meal, in how many homes, treated in how many hospitals.

    told_at: the first report, as published or, where no source has the hour, as `demo/` assumes it.
    """

    name: str
    told_at: datetime
    told_by: str
    onsets: Callable[[random.Random], Sequence[tuple[datetime, datetime]]]
    hospitals: int = 4
    family: float = 1.5
    one_home: bool = False
    syndrome: Syndrome = Syndrome.GUT
    grave: float = 0.01
    seeks_care: float = 0.6
    names_place: float = 0.7


def instant(text: str) -> datetime:
    """Read a moment in Ningbo."""
    return datetime.fromisoformat(text).replace(tzinfo=NINGBO)


def spread(
    number: int, meals: tuple[str, str], median_h: float, most_h: float, sigma: float
) -> Callable[[random.Random], list[tuple[datetime, datetime]]]:
    """Return how to draw so many meals and onsets: meals evenly in a span, incubations lognormal within the longest."""
    first, last = (instant(meal) for meal in meals)

    def drawn(rng: random.Random) -> list[tuple[datetime, datetime]]:
        found = []
        for _each in range(number):
            meal = first + rng.random() * (last - first)
            hours = min(most_h, rng.lognormvariate(math.log(median_h), sigma))
            found.append((meal, meal + hours * HOUR))
        return found

    return drawn


def oswego(_rng: random.Random) -> list[tuple[datetime, datetime]]:
    """Return the supper's meals and onsets as published, moved by 82 years."""
    with OSWEGO.open() as file:
        rows = [row for row in csv.DictReader(file) if row["ill"] == "1"]
    found = []
    for row in rows:
        onset = instant(row["onset_at"].replace("1940", "2022"))
        meal = row["meal_at"].replace("1940", "2022")
        found.append((instant(meal) if meal else instant("2022-04-18T19:00"), onset))
    return found


OUTBREAKS: Final = (
    Outbreak(
        "Long Khánh 2024, bread, 547 ill",
        instant("2024-05-01T11:00"),
        "the shop was closed (published)",
        spread(547, ("2024-04-30T15:00", "2024-04-30T19:00"), 9, 24, 0.5),
        hospitals=3,
    ),
    Outbreak(
        "Guilin 2018, hotel, 252 ill",
        instant("2022-08-26T10:00"),
        "demo/guilin.yaml (assumed)",
        spread(252, ("2022-08-25T12:00", "2022-08-26T12:30"), 14, 72, 0.6),
    ),
    Outbreak(
        "Taipei 2024, restaurant, 31 ill",
        instant("2024-03-27T09:00"),
        "11 ill on 27 March (published)",
        spread(31, ("2024-03-18T12:00", "2024-03-24T20:00"), 10, 24, 0.5),
        syndrome=Syndrome.NERVE,
        grave=0.2,
        seeks_care=0.9,
        hospitals=6,
    ),
    Outbreak(
        "Oswego 1940, supper, 46 ill",
        instant("2022-04-19T12:00"),
        "19 April (published, hour assumed)",
        oswego,
        hospitals=2,
        family=2.5,
    ),
    Outbreak(
        "Yinchuan, school canteen, 47 ill",
        instant("2022-06-08T12:00"),
        "next noon (assumed)",
        spread(47, ("2022-06-07T11:30", "2022-06-07T12:30"), 14, 60, 0.5),
        hospitals=2,
        family=1,
    ),
    Outbreak(
        "Jixi 2020, one family, 9 ill",
        instant("2021-10-05T15:30"),
        "demo/jixi.yaml (assumed)",
        spread(9, ("2021-10-05T07:00", "2021-10-05T07:30"), 4, 8, 0.3),
        hospitals=2,
        one_home=True,
        grave=0.8,
        seeks_care=1,
    ),
)


def played(
    outbreak: Outbreak, rng: random.Random, habits: Habits, *, lag: timedelta, county: str = "330212"
) -> tuple[list[tuple[datetime, Sighting]], datetime | None]:
    """Return its cases as they are reported, and when one hospital would have recognised a cluster by itself."""
    reported, by_hospital, home, left = [], defaultdict(list), 0, 0
    for number, (meal, onset) in enumerate(sorted(outbreak.onsets(rng), key=lambda each: each[1])):
        if not left:
            home, left = home + 1, max(1, round(rng.expovariate(1 / outbreak.family)))
        left -= 0 if outbreak.one_home else 1
        if rng.random() > outbreak.seeks_care:
            continue
        seen_at = onset + min(48.0, rng.lognormvariate(math.log(4), 0.8)) * HOUR
        mark = f"{outbreak.name}-{home}"
        traces: dict[str, datetime | None] = {f"{SignalKind.HOUSEHOLD.value}|{mark}": meal}
        if rng.random() < outbreak.names_place and not outbreak.one_home:
            traces[habits.compare(SignalKind.PLACE, written(outbreak.name, county, rng))] = meal
            by_hospital[rng.randrange(outbreak.hospitals)].append(seen_at)
        elif outbreak.one_home:
            by_hospital[rng.randrange(outbreak.hospitals)].append(seen_at)
        sighting = Sighting(
            ref=f"case:{outbreak.name}-{number}",
            county=county,
            seen_at=seen_at,
            traces=traces,
            kin=frozenset({mark}),
            person=f"{outbreak.name}-{number}",
            syndrome=outbreak.syndrome,
            is_grave=rng.random() < outbreak.grave,
        )
        reported.append((seen_at + lag, sighting))
    return reported, _recognised(by_hospital.values())


def _recognised(hospitals: Iterable[list[datetime]]) -> datetime | None:
    found = []
    for visits in map(sorted, hospitals):
        for first, fifth in zip(visits, visits[RECOGNISED - 1 :], strict=False):
            if fifth - first <= 24 * HOUR:
                found.append(fifth + HOUR)
                break
    return min(found, default=None)
