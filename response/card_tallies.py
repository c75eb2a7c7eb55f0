"""What the line lists name on the outbreak card, and how often: symptoms, medicines, foods, places by kind, samples (6.3.3)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from incidents.codes import SAMPLED
from incidents.definitions import POSITIVE
from incidents.listed import Patient
from incidents.models import OutbreakCard

MOST_NAMED = 20
WAITS = "待出"
# What a hospital took from somewhere else than its patient.
ELSEWHERE = {"食品": "食品", "环境涂抹": "环境", "水": "环境"}
BY_CASE = ("symptoms", "treatments", "histories")
BY_EXPOSURE = ("food", "food_class", "place_kind")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many patients name what, of how many who name anything; None is fewer than may be shown."""

    named: Sequence[tuple[str, int | None]]
    of: int


@dataclass(frozen=True, slots=True)
class Sampled:
    """Samples of one kind from whom or what, entered or of the lists; `positive` is None where nobody said."""

    source: str
    kind: str
    number: int
    positive: int | None
    is_entered: bool


def tallies(patients: Sequence[Patient], *, least: int) -> dict[str, Tally]:
    """Return what patients name, by field; a number below the least is withheld."""
    found = {name: [_of_case(patient, name) for patient in patients] for name in BY_CASE}
    found |= {name: [_of_exposures(patient, name) for patient in patients] for name in BY_EXPOSURE}
    found["positives"] = [set(patient.stated.positives) for patient in patients]
    return {name: _tally(sets, least) for name, sets in found.items()}


def sampled(patients: Iterable[Patient], card: OutbreakCard | None) -> list[Sampled]:
    """Return the samples that the lists name, each once, and those entered on the card."""
    counts: Counter[tuple[str, str]] = Counter()
    positive: Counter[tuple[str, str]] = Counter()
    for patient in patients:
        results = _samples(patient)
        for (kind, *_rest), words in results.items():
            place = ELSEWHERE.get(kind, SAMPLED[0]), kind
            counts[place] += 1
            positive[place] += POSITIVE in words
    rows = [Sampled(*place, number, positive[place], False) for place, number in counts.items()]
    rows += [Sampled(**row, is_entered=True) for row in (card.samples if card else ())]
    return sorted(rows, key=lambda row: (SAMPLED.index(row.source), row.is_entered, row.kind))


def _samples(patient: Patient) -> Mapping[tuple[str, str, str], set[str]]:
    """Return a patient's samples with their results; two hospitals that name one of one moment and test name one."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for case in patient.cases:
        for each in case.details.get("specimens", ()):
            key = each["kind"], each.get("taken_at") or case.key, each.get("test", "")
            found.setdefault(key, set()).add(each.get("result", WAITS))
    return found


def _of_case(patient: Patient, name: str) -> set[str]:
    return {word for case in patient.cases for word in case.details.get(name, ())}


def _of_exposures(patient: Patient, name: str) -> set[str]:
    return {exposure[name] for exposure in patient.stated.exposures if exposure.get(name)}


def _tally(sets: Iterable[set[str]], least: int) -> Tally:
    said = [each for each in sets if each]
    ranked = Counter(_words(said)).most_common(MOST_NAMED)
    return Tally([(word, number if number >= least else None) for word, number in ranked], len(said))


def _words(sets: Iterable[set[str]]) -> Iterator[Any]:
    for each in sets:
        yield from sorted(each)
