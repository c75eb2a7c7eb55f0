"""Reports for tests, made through the actions, so that no impossible incident is tested."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accounts.actors import Actor
from accounts.models import Jurisdiction
from incidents.actions.facts import NewFact
from incidents.models import CountKind, FactKind, Incident, Place, PlaceKind
from incidents.places import normalise
from reporting.actions.reports import file_first_report
from reporting.models import Report
from reporting.stated import StatedReport
from tests.support.people import actor

BEIJING = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 5, 1, 12, 0, tzinfo=BEIJING)
YINZHOU, HAISHU, CIXI = "330212", "330203", "330282"


def minutes(number: float) -> timedelta:
    """A span of minutes, short to write."""
    return timedelta(minutes=number)


def county(code: str = YINZHOU) -> Jurisdiction:
    """A county or zone of the reference data."""
    return Jurisdiction.objects.get(code=code)


def restaurant(name: str = "甬江饭店", code: str = YINZHOU, kind: PlaceKind = PlaceKind.RESTAURANT) -> Place:
    """A registered place."""
    place, _made = Place.objects.get_or_create(
        county=county(code).county, normalised_name=normalise(name), defaults={"name": name, "kind": kind}
    )
    return place


def people(number: int, kind: str = FactKind.ILLNESS, *, at: datetime, **more: Any) -> NewFact:
    """A count, a total unless said otherwise."""
    return NewFact(**{"kind": kind, "value": number, "as_of": at, "count_kind": CountKind.TOTAL, **more})


def stated(
    ill: int | None = 5, *, at: datetime = NOON, dead: int = 0, area: str = YINZHOU, **more: Any
) -> StatedReport:
    """What a county's first report states: known and occurred at `at` unless said otherwise."""
    counts = [] if ill is None else [people(ill, at=at)]
    if dead:
        counts.append(people(dead, FactKind.DEATHS, at=at))
    given: dict[str, Any] = {
        "area": county(area),
        "known_at": at,
        "occurred_earliest": at,
        "occurred_latest": at,
        "facts": tuple(counts),
        "place_text": "甬江饭店",
    }
    return StatedReport(**{**given, **more})


def report(
    ill: int | None = 5, *, at: datetime = NOON, by: Actor | None = None, area: str = YINZHOU, **more: Any
) -> Report:
    """A county's first report, filed at `at`."""
    return file_first_report(
        stated=stated(ill, at=at, area=area, **more), by=by or actor(f"{area}-regulator"), at=at
    )


def incident(ill: int | None = 5, *, at: datetime = NOON, **more: Any) -> Incident:
    """An incident opened by a county's first report."""
    return report(ill, at=at, **more).incident
