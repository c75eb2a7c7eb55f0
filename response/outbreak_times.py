"""The curve and the incubation of an outbreak's cases, by status, hospital or place of the meal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.definitions import exposure_fits
from incidents.epi.curve import SIZES_H, Onset, curve
from incidents.epi.incubation import Incubation, Suggestion, agents_that_fit, incubation
from incidents.listed import Patient
from incidents.models import CaseDefinition, Certainty
from plan.agents import Agent
from response.outbreak_chart import PATTERNS, Drawing, drawing

# Kinds of places that may be somebody's home: their names are not shown.
HOMES = ("家庭", "农村宴席")


class Grouping(models.TextChoices):
    """By what the curve tells cases apart."""

    STATUS = "status", gettext_lazy("按病例分类")
    HOSPITAL = "hospital", gettext_lazy("按报告医院")
    PLACE = "place", gettext_lazy("按进食场所")


@dataclass(frozen=True, slots=True)
class Times:
    """What the cases' times tell; `undated` have no onset, `size_h` is 0 where the size was left to us."""

    grouping: Grouping
    drawing: Drawing | None
    undated: int
    incubation: Incubation | None
    suggestions: Sequence[Suggestion]


def times_of(
    patients: Sequence[Patient],
    definition: CaseDefinition | None,
    hospitals: Mapping[int, str],
    agent: Agent | None,
    *,
    grouping: str = "",
    size: str = "",
) -> Times:
    """Return the picture the cases' times give; `hospitals` are the senders' names by list."""
    by = Grouping(grouping) if grouping in Grouping else Grouping.STATUS
    dated = [patient for patient in patients if patient.onsets]
    named = [(patient, _group(patient, by, definition, hospitals)) for patient in dated]
    groups = _largest(by, Counter(name for _patient, name in named))
    onsets = [
        Onset(patient.onsets[0], name if name in groups else groups[-1], patient.stated.is_secondary)
        for patient, name in named
    ]
    primary = [patient for patient in dated if not patient.stated.is_secondary]
    meals = [(_meals(patient, definition), patient.onsets[0]) for patient in primary]
    seen = incubation(meals)
    windows = _windows(definition, meals, agent)
    made = curve(
        onsets,
        size_h=int(size) if size in map(str, SIZES_H) else None,
        also=[moment for _kind, _label, first, last in windows[:1] for moment in (first, last)],
    )
    return Times(
        grouping=by,
        drawing=drawing(made, groups, windows) if made else None,
        undated=len(patients) - len(dated),
        incubation=seen,
        suggestions=agents_that_fit(seen) if seen else (),
    )


def _group(
    patient: Patient, by: Grouping, definition: CaseDefinition | None, hospitals: Mapping[int, str]
) -> str:
    if by == Grouping.STATUS:
        return str(Certainty(patient.judged_by(definition).certainty).label)
    if by == Grouping.HOSPITAL:
        return hospitals.get(patient.cases[0].fact_id, _("未说明"))
    for exposure in patient.stated.exposures:
        kind, name = exposure.get("place_kind"), exposure.get("place_eaten")
        if kind:
            return str(name) if name and kind not in HOMES else str(kind)
    return _("未说明")


def _largest(by: Grouping, sizes: Counter[str]) -> list[str]:
    """Return the groups to tell apart: the classes in their order, else the largest, the rest as one."""
    if by == Grouping.STATUS:
        return [str(each.label) for each in Certainty if sizes[str(each.label)]]
    found = [name for name, _size in sizes.most_common()]
    return found if len(found) <= PATTERNS else [*found[: PATTERNS - 1], _("其余")]


def _meals(patient: Patient, definition: CaseDefinition | None) -> set[datetime]:
    """Return when a person ate what the definition asks for; without a definition, everything they stated."""
    return {
        datetime.fromisoformat(exposure["eaten_at"])
        for exposure in patient.stated.exposures
        if exposure.get("eaten_at")
        and (definition is None or exposure_fits(exposure, definition) is not False)
    }


def _windows(
    definition: CaseDefinition | None, meals: Sequence[tuple[set[datetime], datetime]], agent: Agent | None
) -> list[tuple[str, str, datetime, datetime]]:
    """Return when people were exposed, as defined or as stated, and when an agent would then make them ill."""
    stated = [moment for moments, onset in meals for moment in moments if moment <= onset]
    first = (definition.exposed_from if definition else None) or min(stated, default=None)
    last = (definition.exposed_until if definition else None) or max(stated, default=None)
    if first is None or last is None:
        return []
    found = [("exposure", _("进食"), first, last)]
    if agent is not None:
        label = _("%s的潜伏期") % agent.name_zh
        found.append(("incubation", label, first + agent.shortest, last + agent.longest))
    return found
