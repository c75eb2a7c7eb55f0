"""`python -m tests.detection`: count false alarms of a quiet year, and the time gained on real outbreaks."""

import logging
import os
import random
from collections import Counter
from datetime import datetime, timedelta
from statistics import median
from typing import Final

import django

START: Final = datetime.fromisoformat("2023-01-01T00:00:00+08:00")
WARM_UP_DAYS, MEASURED_DAYS, SEEDS, QUIET_BEFORE_DAYS = 365, 365, 5, 120
LAGS: Final = (("at once", timedelta(minutes=30)), ("a day later", timedelta(hours=24)))


def main() -> None:
    """Measure, printing each line as it comes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    logging.disable(logging.WARNING)
    django.setup()
    from tests.detection.background import Habits  # noqa: PLC0415  models exist only now

    print("false alarms of a quiet year, all counties together")
    print(f"{'cases a day':>12} {'signals':>8} {'a month':>8} {'per 1000 cases':>15}  by kind")
    for cases in (20, 40, 80):
        _quiet_year(Habits(cases_a_day=cases))
    print("\nreal outbreaks as single cases, among 40 others a day; medians of so many draws:", SEEDS)
    for name, lag in LAGS:
        print(f"cases reported {name}")
        _outbreaks(lag)


def _quiet_year(habits: object) -> None:
    from tests.detection.background import Habits, background  # noqa: PLC0415
    from tests.detection.watch import Watch  # noqa: PLC0415

    assert isinstance(habits, Habits)
    rng = random.Random(20_210_930)
    cases = list(background(START, WARM_UP_DAYS + MEASURED_DAYS, rng, habits))
    since = START + timedelta(days=WARM_UP_DAYS)
    found = [finding for at, finding in Watch(START).proposals(cases) if at >= since]
    measured = sum(at >= since for at, _case in cases)
    kinds = ", ".join(
        f"{kind} {number}" for kind, number in sorted(Counter(each.kind for each in found).items())
    )
    month = len(found) / 12
    print(
        f"{habits.cases_a_day:>12} {len(found):>8} {month:>8.1f} {1000 * len(found) / measured:>15.2f}  {kinds}",
        flush=True,
    )


def _outbreaks(lag: timedelta) -> None:
    from tests.detection.outbreaks import OUTBREAKS  # noqa: PLC0415

    print(f"  {'':36} {'found':>6} {'cases then':>10} {'before the report':>18} {'before one hospital':>20}")
    for outbreak in OUTBREAKS:
        rows = [_played(outbreak, lag, seed) for seed in range(SEEDS)]
        found = [row for row in rows if row is not None]
        told = _hours([row[1] for row in found])
        alone = _hours([row[2] for row in found if row[2] is not None])
        size = median(row[0] for row in found) if found else 0
        print(
            f"  {outbreak.name:36} {len(found):>4}/{SEEDS} {size:>10.0f} {told:>18} {alone:>20}", flush=True
        )


def _played(outbreak: object, lag: timedelta, seed: int) -> tuple[int, timedelta, timedelta | None] | None:
    """Return how many cases had been reported at the signal, and how long before the report and one hospital it came."""
    from tests.detection.background import Habits, background  # noqa: PLC0415
    from tests.detection.outbreaks import Outbreak, played  # noqa: PLC0415
    from tests.detection.watch import Watch  # noqa: PLC0415

    assert isinstance(outbreak, Outbreak)
    rng = random.Random(seed)
    cases, recognised = played(outbreak, rng, lag=lag)
    first = min(at for at, _case in cases)
    start = (first - timedelta(days=QUIET_BEFORE_DAYS)).replace(hour=0, minute=0)
    others = list(background(start, QUIET_BEFORE_DAYS + 12, rng, Habits()))
    ours = {case.ref for _at, case in cases}
    for at, finding in Watch(start).proposals([*others, *cases]):
        if ours & set(finding.refs):
            reported = sum(moment <= at for moment, _case in cases)
            return reported, outbreak.told_at - at, recognised - at if recognised else None
    return None


def _hours(spans: list[timedelta]) -> str:
    if not spans:
        return "—"
    return f"{median(span / timedelta(hours=1) for span in spans):+.1f} h"


if __name__ == "__main__":
    main()
