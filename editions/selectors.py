"""What the pages on editions show: editions and drafts, a trial's lines, counties' plans, inspections (9.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from accounts.actors import Actor
from accounts.models import Jurisdiction, JurisdictionKind
from accounts.permissions import own_county
from editions.models import CountyPlan, Draft, EffectRun, Finding, FindingStep, Inspection, LawNote
from plan.county_plans import CountyPoint
from plan.edition import Edition
from plan.editions import EDITIONS, edition_for
from plan.legal_basis import LEGAL_BASIS
from plan.revising import NumberChange, numbers_of, read_edition


@dataclass(frozen=True, slots=True)
class Known:
    """An edition that judges incidents, now or from its day on, and by what it is found: `e0`."""

    key: str
    edition: Edition
    is_in_force: bool
    until: date | None


@dataclass(frozen=True, slots=True)
class CountyRow:
    """A county and its newest plan, held against the city's edition in force."""

    county: Jurisdiction
    plan: CountyPlan | None
    differing: tuple[NumberChange, ...]
    points: tuple[tuple[CountyPoint, str], ...]


def editions_on(day: date) -> list[Known]:
    """Return the editions of the product, newest first, with the one in force on a day marked (9.3)."""
    now = edition_for(day)
    after: list[date | None] = [*(each.in_force_on for each in EDITIONS[1:]), None]
    rows = [
        Known(f"e{place}", each, each is now, until)
        for place, (each, until) in enumerate(zip(EDITIONS, after, strict=True))
    ]
    return rows[::-1]


def edition_by(key: str) -> Edition:
    """Return an edition (`e0`) or what a draft would be (`d3`); raises Http404 for neither (9.1)."""
    place = _place(key, "e")
    if place is not None:
        if place < len(EDITIONS):
            return EDITIONS[place]
        raise Http404
    draft = draft_by(key)
    return read_edition(draft.numbers, draft.words)


def draft_by(key: str) -> Draft:
    """Return the draft of a key (`d3`); raises Http404 without (9.1)."""
    place = _place(key, "d")
    draft = Draft.objects.filter(pk=place).first() if place is not None else None
    if draft is None:
        raise Http404
    return draft


def _place(key: str, kind: str) -> int | None:
    place = key.removeprefix(kind)
    return int(place) if place != key and place.isdecimal() and place.isascii() else None


@dataclass(frozen=True, slots=True)
class Law:
    """An instrument the plan rests on, what was last noted of it, and whether it changed after the plan was issued (1.2)."""

    name: str
    note: LawNote | None
    is_amended: bool


def laws(edition: Edition) -> list[Law]:
    """Return the twelve instruments the plan names, then those people added (1.2: 等)."""
    notes = {note.name: note for note in LawNote.objects.order_by("name", "-pk").distinct("name")}
    names = [*LEGAL_BASIS, *(name for name in notes if name not in LEGAL_BASIS)]
    return [_law(name, notes.get(name), edition) for name in names]


def last_run(draft: Draft) -> EffectRun | None:
    """Return a draft's newest trial."""
    return draft.runs.order_by("-pk").first()


def counties_seen(actor: Actor) -> QuerySet[Jurisdiction]:
    """Return the counties whose plans an actor sees: the city's offices all, a county's its own (9.1)."""
    counties = Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY).order_by("code")
    county = own_county(actor)
    return counties.filter(pk=county.pk) if county else counties


def county_rows(counties: Iterable[Jurisdiction], edition: Edition) -> list[CountyRow]:
    """Return the newest plan of each county with what differs from an edition of the city's (9.1)."""
    newest = CountyPlan.objects.order_by("county", "-pk").distinct("county")
    plans = {plan.county_id: plan for plan in newest}
    return [_row(county, plans.get(county.pk), edition) for county in counties]


def inspections_of(counties: Iterable[Jurisdiction]) -> QuerySet[Inspection]:
    """Return the inspections of these counties' plans, newest first, with findings and their steps (9.1)."""
    steps = Prefetch("steps", FindingStep.objects.order_by("pk"))
    findings = Prefetch("findings", Finding.objects.order_by("pk").prefetch_related(steps))
    found = Inspection.objects.filter(county__in=counties).select_related("county")
    return found.prefetch_related(findings).order_by("-held_on", "-pk")


def _law(name: str, note: LawNote | None, edition: Edition) -> Law:
    amended_on = note.amended_on if note else None
    return Law(name, note, amended_on is not None and amended_on > edition.issued_on)


def _row(county: Jurisdiction, plan: CountyPlan | None, edition: Edition) -> CountyRow:
    if plan is None:
        return CountyRow(county, None, (), ())
    ours = numbers_of(edition)
    differing = tuple(
        NumberChange(name, ours[name], value) for name, value in plan.numbers.items() if ours[name] != value
    )
    points = tuple((point, plan.points.get(point.value, "")) for point in CountyPoint)
    return CountyRow(county, plan, differing, points)
