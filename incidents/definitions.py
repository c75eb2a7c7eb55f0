"""Which patients meet a case definition: met, not met, or not said by what the records state (A12)."""

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from incidents.models import CaseDefinition, Certainty, SymptomRule
from incidents.places import normalise
from plan.agents import agents

Each = TypeVar("Each")
POSITIVE = "阳性"
_SURER = (Certainty.CONFIRMED, Certainty.PROBABLE, Certainty.SUSPECTED)


class Part(enum.StrEnum):
    """A part of a case definition."""

    CLINICAL = "clinical"
    ONSET = "onset"
    EXPOSURE = "exposure"
    CERTAINTY = "certainty"
    SECONDARY = "secondary"

    @property
    def label(self) -> str:
        """The part's name for readers."""
        return str(_PARTS[self])


_PARTS = {
    Part.CLINICAL: _("临床标准"),
    Part.ONSET: _("发病时间"),
    Part.EXPOSURE: _("暴露（进食时间和场所）"),
    Part.CERTAINTY: _("病例分类"),
    Part.SECONDARY: _("二代病例不计"),
}


@dataclass(frozen=True, slots=True)
class Stated:
    """What all records of one patient state together; empty where none says anything."""

    certainty: str = Certainty.SUSPECTED
    is_secondary: bool = False
    onsets: Sequence[datetime] = ()
    symptoms: frozenset[str] = frozenset()
    exposures: Sequence[Mapping[str, Any]] = ()
    positives: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a patient is a case: what speaks against it, and what nobody has said; `certainty` is what they count as."""

    certainty: str
    against: Sequence[Part] = field(default=())
    unsaid: Sequence[Part] = field(default=())

    @property
    def is_case(self) -> bool:
        """Whether the patient counts: silence excludes nobody."""
        return not self.against


def stated_by(records: Iterable[tuple[str, bool, datetime | None, Mapping[str, Any]]]) -> Stated:
    """Return what records (certainty, secondary, onset, details) of one patient state together."""
    rows = list(records)
    details = [row[3] for row in rows]
    certainties = {row[0] for row in rows}
    specimens = [each for found in details for each in found.get("specimens", ())]
    return Stated(
        certainty=next(each for each in _SURER if each in certainties),
        is_secondary=any(row[1] for row in rows),
        onsets=sorted(row[2] for row in rows if row[2] is not None),
        symptoms=frozenset(name for found in details for name in found.get("symptoms", ())),
        exposures=[each for found in details for each in found.get("exposures", ())],
        positives=frozenset(
            normalise(each["agent"])
            for each in specimens
            if each.get("result") == POSITIVE and each.get("agent")
        ),
    )


def verdict(patient: Stated, definition: CaseDefinition) -> Verdict:
    """Judge one patient by a definition (A12): only what is stated speaks against them."""
    certainty = certainty_of(patient, definition)
    judged = {
        Part.CLINICAL: _clinical(patient, definition),
        Part.ONSET: _onset(patient, definition),
        Part.EXPOSURE: _exposure(patient, definition),
        Part.CERTAINTY: certainty in definition.counts,
        Part.SECONDARY: definition.counts_secondary or not patient.is_secondary,
    }
    return Verdict(
        certainty,
        against=tuple(part for part, met in judged.items() if met is False),
        unsaid=tuple(part for part, met in judged.items() if met is None),
    )


def certainty_of(patient: Stated, definition: CaseDefinition | None) -> str:
    """Return what a patient counts as: where an agent is defined, a positive specimen of it confirms and nothing else."""
    if definition is None or not definition.agent:
        return patient.certainty
    if any(name in found for name in _names_of(definition.agent) for found in patient.positives):
        return Certainty.CONFIRMED
    return Certainty.PROBABLE if patient.certainty == Certainty.CONFIRMED else patient.certainty


def _names_of(agent: str) -> set[str]:
    """Return an agent under each name a laboratory may give it."""
    own = normalise(agent)
    known = (
        {normalise(name) for name in (each.code, each.name_zh, each.name_en)} for each in agents().values()
    )
    return next((names for names in known if own in names), {own})


def _clinical(patient: Stated, definition: CaseDefinition) -> bool | None:
    asked = set(definition.symptoms)
    if not asked:
        return True
    if not patient.symptoms:
        return None
    if definition.symptom_rule == SymptomRule.ALL:
        return asked <= patient.symptoms
    return bool(asked & patient.symptoms)


def _onset(patient: Stated, definition: CaseDefinition) -> bool | None:
    if definition.onset_from is None and definition.onset_until is None:
        return True
    return _any(patient.onsets, lambda onset: _between(onset, definition.onset_from, definition.onset_until))


def _exposure(patient: Stated, definition: CaseDefinition) -> bool | None:
    """Say whether one exposure fits both the window and the place."""
    if not definition.place and definition.exposed_from is None and definition.exposed_until is None:
        return True
    return _any(patient.exposures, lambda exposure: exposure_fits(exposure, definition))


def exposure_fits(exposure: Mapping[str, Any], definition: CaseDefinition) -> bool | None:
    """Say whether an exposure is one the definition asks for; None where it leaves out what would tell."""
    when = exposure.get("eaten_at")
    eaten_at = datetime.fromisoformat(when) if when else None
    met = (
        _between(eaten_at, definition.exposed_from, definition.exposed_until),
        _at_place(exposure, definition.place),
    )
    return False if False in met else None if None in met else True


def _at_place(exposure: Mapping[str, Any], place: str) -> bool | None:
    if not place:
        return True
    named = [normalise(exposure[name]) for name in ("place_eaten", "place_made") if exposure.get(name)]
    return any(normalise(place) in name for name in named) if named else None


def _between(moment: datetime | None, first: datetime | None, last: datetime | None) -> bool | None:
    if first is None and last is None:
        return True
    if moment is None:
        return None
    return (first is None or first <= moment) and (last is None or moment <= last)


def _any(given: Sequence[Each], fits: Callable[[Each], bool | None]) -> bool | None:
    """Say whether one of several fits; None where nothing is given or one that says too little might."""
    found = [fits(each) for each in given]
    return True if True in found else None if None in found or not found else False
