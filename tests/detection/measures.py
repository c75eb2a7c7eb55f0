"""What is measured: false alarms of a quiet year, the time gained on an outbreak, and what two choices of the house cost."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from reporting.signalling import method
from reporting.signalling.parameters import SignalKind
from reporting.signalling.traces import trace_of
from reporting.signalling.values import Finding, kind_of
from tests.detection.background import Habits, background
from tests.detection.outbreaks import OUTBREAKS, Outbreak, played
from tests.detection.watch import Reported, Watch
from tests.detection.written import as_written

START: Final = datetime.fromisoformat("2023-01-01T00:00:00+08:00")
WARM_UP_DAYS, MEASURED_DAYS, SEEDS, QUIET_BEFORE_DAYS = 365, 365, 5, 120
AT_ONCE: Final = timedelta(minutes=30)
LAGS: Final = (("at once", AT_ONCE), ("a day later", timedelta(hours=24)))
Hit = tuple[int, timedelta, timedelta | None]


def quiet_year(habits: Habits, only: SignalKind | None = None) -> tuple[list[Finding], int]:
    """Return the signals of a year in which nothing happens, and how many cases it had; of one kind if only that is watched."""
    cases = list(background(START, WARM_UP_DAYS + MEASURED_DAYS, random.Random(20_210_930), habits))
    since = START + timedelta(days=WARM_UP_DAYS)
    found = [finding for at, finding in Watch(START).proposals(_only(cases, only)) if at >= since]
    return found, sum(at >= since for at, _case in cases)


def hit(
    outbreak: Outbreak, lag: timedelta, seed: int, habits: Habits, only: SignalKind | None = None
) -> Hit | None:
    """Return how many cases had been reported at the signal, and how long before the report and one hospital it came."""
    rng = random.Random(seed)
    cases, recognised = played(outbreak, rng, habits, lag=lag)
    first = min(at for at, _case in cases)
    start = (first - timedelta(days=QUIET_BEFORE_DAYS)).replace(hour=0, minute=0)
    others = list(background(start, QUIET_BEFORE_DAYS + 12, rng, habits))
    ours = {case.ref for _at, case in cases}
    for at, finding in Watch(start).proposals(_only([*others, *cases], only)):
        if ours & set(finding.refs):
            reported = sum(moment <= at for moment, _case in cases)
            return reported, outbreak.told_at - at, recognised - at if recognised else None
    return None


def print_quiet_years() -> None:
    """Print the false alarms of years of few and of many cases."""
    print(f"{'cases a day':>12} {'signals':>8} {'a month':>8} {'per 1000 cases':>15}  by kind")
    for cases in (20, 40, 80):
        found, measured = quiet_year(Habits(cases_a_day=cases))
        sizes = sorted(Counter(each.kind for each in found).items())
        kinds = ", ".join(f"{kind} {number}" for kind, number in sizes)
        share = 1000 * len(found) / measured
        print(f"{cases:>12} {len(found):>8} {len(found) / 12:>8.1f} {share:>15.2f}  {kinds}", flush=True)


def print_outbreaks(lag: timedelta) -> None:
    """Print the time gained on each outbreak."""
    print(f"  {'':36} {'found':>6} {'cases then':>10} {'before the report':>18} {'before one hospital':>20}")
    for outbreak in OUTBREAKS:
        found = _hits(outbreak, lag, Habits())
        told = _hours([row[1] for row in found])
        alone = _hours([row[2] for row in found if row[2] is not None])
        size = median(row[0] for row in found) if found else 0
        print(
            f"  {outbreak.name:36} {len(found):>4}/{SEEDS} {size:>10.0f} {told:>18} {alone:>20}", flush=True
        )


def print_households() -> None:
    """Print what the least household costs and gains, and the least with somebody severely ill."""
    family = next(each for each in OUTBREAKS if each.one_home)
    mild = replace(family, name=f"{family.name}, none severe", grave=0)
    for least, grave in ((3, 2), (4, 3), (4, 2)):
        vars(method).update(HOUSEHOLD_LEAST=least, HOUSEHOLD_LEAST_GRAVE=grave)
        found, _measured = quiet_year(Habits(), SignalKind.HOUSEHOLD)
        said = [f"{least} of one home, {grave} with a severe one: {len(found):>4} false alarms"]
        for each in (family, mild):
            hits = _hits(each, AT_ONCE, Habits(), SignalKind.HOUSEHOLD)
            said.append(f"{each.name}: {len(hits)}/{SEEDS}, {_hours([row[1] for row in hits])}")
        print("  " + "; ".join(said), flush=True)


def print_names() -> None:
    """Print what comparing places less their area and company form costs and gains."""
    for label, compare in (("as written", as_written), ("by the rule", trace_of)):
        habits = Habits(compare=compare)
        found, _measured = quiet_year(habits, SignalKind.PLACE)
        said = [f"{label}: {len(found):>4} false alarms"]
        for each in OUTBREAKS:
            if not each.one_home:
                hits = _hits(each, AT_ONCE, habits, SignalKind.PLACE)
                said.append(
                    f"{each.name.partition(',')[0]} {len(hits)}/{SEEDS} {_hours([row[1] for row in hits])}"
                )
        print("  " + "; ".join(said), flush=True)


def _hits(outbreak: Outbreak, lag: timedelta, habits: Habits, only: SignalKind | None = None) -> list[Hit]:
    rows = (hit(outbreak, lag, seed, habits, only) for seed in range(SEEDS))
    return [row for row in rows if row is not None]


def _only(cases: Iterable[Reported], kind: SignalKind | None) -> Iterator[Reported]:
    """Yield the cases, with nothing but traces of one kind if one is named: the others then cost no time."""
    for at, case in cases:
        if kind is None:
            yield at, case
        elif traces := {name: when for name, when in case.traces.items() if kind_of(name) == kind}:
            yield at, replace(case, traces=traces, syndrome="")


def _hours(spans: list[timedelta]) -> str:
    if not spans:
        return "—"
    return f"{median(span / timedelta(hours=1) for span in spans):+.1f} h"
