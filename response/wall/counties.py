"""The counties and zones on the wall: how many incidents are open in each, how severe, and where they lie."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from accounts.models import Jurisdiction, JurisdictionKind
from incidents.models import AssessmentRecord, Incident
from plan.levels import IncidentLevel

# Outlines of the ten counties after 2016, drawn to 1000 units; a sketch, no evidence of any boundary.
OUTLINES: Final = Path(__file__).resolve().parents[1] / "data" / "ningbo_map.json"


@dataclass(frozen=True, slots=True)
class Case:
    """An open incident and what the machine last counted of it."""

    incident: Incident
    assessment: AssessmentRecord | None

    @property
    def ill(self) -> int:
        """How many are known to be ill; 0 where nobody has said."""
        return (self.assessment.ill or 0) if self.assessment else 0

    @property
    def dead(self) -> int:
        """How many have died."""
        return self.assessment.dead if self.assessment else 0


@dataclass(frozen=True, slots=True)
class Area:
    """One county or zone with its open incidents; `level` is the most severe, None without any."""

    jurisdiction: Jurisdiction
    count: int
    level: IncidentLevel | None
    ill: int
    dead: int


@dataclass(frozen=True, slots=True)
class Shape:
    """One county on the map; `x` and `y` are where its name stands."""

    area: Area
    x: int
    y: int


def areas(cases: Iterable[Case]) -> tuple[list[Area], list[Area]]:
    """Return the ten counties and the zones; what lies in a zone counts for its host county too (A43)."""
    by_place: dict[int, list[Case]] = defaultdict(list)
    for case in cases:
        by_place[case.incident.county_id].append(case)
        if case.incident.zone_id is not None:
            by_place[case.incident.zone_id].append(case)
    kinds = (JurisdictionKind.COUNTY, JurisdictionKind.ZONE)
    rows = Jurisdiction.objects.filter(kind__in=kinds).select_related("host").order_by("code")
    found = [(row.kind, _area(row, by_place[row.pk])) for row in rows]
    counties, zones = ([area for kind, area in found if kind == wanted] for wanted in kinds)
    return counties, zones


def shapes(counties: Iterable[Area]) -> list[Shape]:
    """Return the counties that have an outline, each with the place of its name."""
    known = outlines()["counties"]
    return [
        Shape(area, known[area.jurisdiction.code]["x"], known[area.jurisdiction.code]["y"])
        for area in counties
        if area.jurisdiction.code in known
    ]


@cache
def outlines() -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """Return the map: its size, and each county's outline by its code."""
    read: Mapping[str, Mapping[str, Mapping[str, int]]] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return read


def _area(jurisdiction: Jurisdiction, cases: Collection[Case]) -> Area:
    levels = {case.incident.duty_level for case in cases}
    worst = next((level for level in IncidentLevel if level in levels), None)
    return Area(
        jurisdiction, len(cases), worst, sum(case.ill for case in cases), sum(case.dead for case in cases)
    )
