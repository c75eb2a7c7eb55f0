"""All that is watched, read together: the four feeds and the signals of single cases, by stream, feed, place, food, stage, time (4.1(d), 8.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek

from accounts.actors import Actor
from accounts.models import Jurisdiction, JurisdictionKind
from incidents.models import Stage
from monitoring.content import BEIJING
from monitoring.models import Finding, Observation
from monitoring.permissions import visible_observations
from plan.monitoring import Feed, Stream
from reporting.models import Signal
from reporting.signal_permissions import visible_signals
from reporting.signalling.parameters import SignalKind
from response.incident_list import searched

PER_PAGE: Final = 25
MOST_SIGNALS: Final = 10
MOST_FOODS: Final = 10
USUAL_SPAN: Final = timedelta(days=90)
DATE: Final = "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked at; an unknown value narrows nothing, no day at all means the last ninety."""

    stream: str = ""
    feed: str = ""
    county: str = ""
    stage: str = ""
    food: str = ""
    since: str = ""
    until: str = ""

    def span(self, at: datetime) -> tuple[datetime, datetime]:
        """Return the first and the last moment looked at, days as Beijing has them."""
        today = at.astimezone(BEIJING).date()
        first, last = _day(self.since) or today - USUAL_SPAN, _day(self.until) or today
        start = datetime.combine(first, datetime.min.time(), BEIJING)
        return start, datetime.combine(last, datetime.min.time(), BEIJING) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """How many observations share something, how many samples among them failed; `share` is in percent of the most."""

    label: str
    count: int
    failed: int
    share: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the page shows."""

    filters: Filters
    since: date
    until: date
    total: int
    failed: int
    signals: Sequence[Signal]
    signal_count: int
    tables: Sequence[tuple[str, Sequence[Line]]]
    page: Page[Any]


def filters_of(asked: Mapping[str, str]) -> Filters:
    """Return the filters that an address names."""
    return Filters(**{name: asked.get(name, "") for name in Filters.__slots__})


def picture_of(actor: Actor, filters: Filters, *, at: datetime, page: str = "") -> Picture:
    """Return what an office sees of what is watched; as many queries with much as with nothing."""
    rows, signals = observations_in(actor, filters, at=at), _signals(actor, filters, at)
    total = rows.aggregate(count=Count("pk"), failed=Count("pk", filter=Q(finding=Finding.UNQUALIFIED)))
    since, until = filters.span(at)
    ordered = rows.select_related("area", "organisation").order_by("-occurred_at", "-pk")
    return Picture(
        filters=filters,
        since=since.date(),
        until=(until - timedelta(days=1)).date(),
        total=total["count"],
        failed=total["failed"],
        signals=list(signals.order_by("-last_at", "-pk")[:MOST_SIGNALS]),
        signal_count=signals.count(),
        tables=list(_tables(rows)),
        page=Paginator(ordered, PER_PAGE).get_page(page),
    )


def observations_in(actor: Actor, filters: Filters, *, at: datetime) -> QuerySet[Observation]:
    """Return the observations that the filters leave; drills stay among themselves and out of this."""
    since, until = filters.span(at)
    rows = visible_observations(actor).filter(is_drill=False, occurred_at__gte=since, occurred_at__lt=until)
    known: dict[str, list[str]] = {"stream": [*Stream], "feed": [*Feed], "stage": Stage.values}
    for name, values in known.items():
        value = getattr(filters, name)
        if value in values:
            rows = rows.filter(**{name: value})
    if filters.county:
        rows = rows.filter(Q(area__code=filters.county) | Q(area__host__code=filters.county))
    if searched(filters.food):
        rows = rows.filter(food__icontains=searched(filters.food))
    return rows


def counties() -> QuerySet[Jurisdiction]:
    """Return the ten counties and the city, to choose from."""
    return Jurisdiction.objects.exclude(kind=JurisdictionKind.ZONE).order_by("code")


def _signals(actor: Actor, filters: Filters, at: datetime) -> QuerySet[Signal]:
    """Return the signals that the filters leave: single cases are of foodborne disease, and of no feed."""
    since, until = filters.span(at)
    rows = visible_signals(actor).filter(is_drill=False, last_at__gte=since, first_at__lt=until)
    if filters.feed or filters.stage or filters.stream not in {"", Stream.DISEASE}:
        return rows.none()
    if filters.county:
        county = Jurisdiction.objects.filter(code=filters.county).values_list("pk", flat=True).first()
        rows = rows.filter(counties__contains=[county or 0])
    if searched(filters.food):
        rows = rows.filter(kind=SignalKind.FOOD, key__icontains=searched(filters.food))
    return rows


def _tables(rows: QuerySet[Observation]) -> Any:
    named = {
        "stream": {each.value: each.label_zh for each in Stream},
        "feed": {each.value: each.label_zh for each in Feed},
        "stage": {each.value: str(each.label) for each in Stage},
    }
    for name, labels in named.items():
        found = {row[name]: row for row in _counted(rows, name)}
        lines = [(label, found.get(value, NOTHING)) for value, label in labels.items()]
        lines += [("未写明", found[""])] if "" in found else []
        yield name, _lines(lines)
    yield "area", _lines([(row["area__name"], row) for row in _counted(rows, "area__name")])
    foods = [row for row in _counted(rows, "food") if row["food"]][:MOST_FOODS]
    yield "food", _lines([(row["food"], row) for row in foods])
    weeks = rows.annotate(week=TruncWeek("occurred_at", tzinfo=BEIJING))
    by_week = sorted(_counted(weeks, "week"), key=lambda row: row["week"])
    yield "week", _lines([(f"{row['week']:{DATE}}", row) for row in by_week])


NOTHING: Final = {"count": 0, "failed": 0}


def _counted(rows: QuerySet[Observation], name: str) -> list[dict[str, Any]]:
    failed = Count("pk", filter=Q(finding=Finding.UNQUALIFIED))
    return list(rows.values(name).annotate(count=Count("pk"), failed=failed).order_by("-count", name))


def _lines(found: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Line]:
    most = max((row["count"] for _label, row in found), default=0) or 1
    return [
        Line(label, row["count"], row["failed"], round(100 * row["count"] / most)) for label, row in found
    ]


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, DATE).replace(tzinfo=BEIJING).date()
    except ValueError:
        return None
