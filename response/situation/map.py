"""The county map as outlines for an SVG: drawn here, so that it shows without scripts, in print and in every theme."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Any, Final

from django.conf import settings

WIDTH: Final = 600.0
MARGIN: Final = 6.0
# Labels of the small counties around the old town would lie on each other: where theirs go, in units of the drawing.
MOVED: Final = {
    "330203": (-26.0, 14.0),
    "330205": (-30.0, -20.0),
    "330211": (16.0, -22.0),
    "330212": (34.0, 26.0),
    "330206": (20.0, -6.0),
}


# About where each functional zone lies, in degrees: they have no borders in the register of areas (A43), only a mark.
ZONES: Final = {
    "NB-QW": (121.22, 30.30),
    "NB-GX": (121.63, 29.89),
    "NB-DQH": (121.66, 29.77),
    "NB-DX": (121.96, 29.92),
    "NB-BS": (121.83, 29.92),
    "NB-MS": (121.97, 29.79),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a zone's mark stands."""

    code: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Outline:
    """One county's shape as SVG path data, and where its label stands."""

    code: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class CountyMap:
    """The outlines of all counties and the marks of the zones in one drawing."""

    width: float
    height: float
    outlines: Sequence[Outline]
    zones: Sequence[Mark]


def county_map() -> CountyMap:
    """Return the map of the file that the installation names, the one that comes with the product if it names none."""
    return _drawn(settings.MAP_FILE)


@cache
def _drawn(name: str) -> CountyMap:
    features = json.loads(Path(name).read_text(encoding="utf-8"))["features"]
    points = [point for feature in features for ring in _rings(feature) for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    # A degree of longitude is shorter than one of latitude by the cosine of the latitude.
    squeeze = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * squeeze)

    def placed(point: Sequence[float]) -> tuple[float, float]:
        x, y = point
        return round(MARGIN + (x - west) * squeeze * scale, 1), round(MARGIN + (north - y) * scale, 1)

    outlines = [
        _outline(feature, [[placed(point) for point in ring] for ring in _rings(feature)])
        for feature in features
    ]
    height = round(2 * MARGIN + (north - south) * scale, 1)
    zones = [Mark(code, *placed(point)) for code, point in ZONES.items()]
    return CountyMap(WIDTH, height, sorted(outlines, key=lambda outline: outline.code), zones)


def _rings(feature: Any) -> list[Any]:
    shape = feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _outline(feature: Any, rings: Sequence[Sequence[tuple[float, float]]]) -> Outline:
    code = feature["properties"]["adcode"]
    x, y = _middle(max(rings, key=_area))
    dx, dy = MOVED.get(code, (0.0, 0.0))
    return Outline(code, "".join(map(_line, rings)), round(x + dx, 1), round(y + dy, 1))


def _line(ring: Iterable[tuple[float, float]]) -> str:
    kept: list[tuple[float, float]] = []
    for point in ring:
        if not kept or point != kept[-1]:
            kept.append(point)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"


def _area(ring: Sequence[tuple[float, float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the centre of gravity of a ring."""
    x = y = twice = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y, twice = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross, twice + cross
    return x / (3 * twice), y / (3 * twice)
