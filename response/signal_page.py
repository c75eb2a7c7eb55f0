"""What the pages of signals show, read with a constant number of queries; of other counties' patients only how many (A12)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count

from accounts.actors import Actor
from accounts.models import Jurisdiction
from accounts.permissions import actor_has, is_city_wide, own_county
from accounts.rights import Right
from incidents.epi.curve import NINGBO, Onset, curve
from incidents.grading import edition_named
from incidents.models import FactKind, Incident, Outcome, Place
from incidents.selectors import current_facts, family_ids, latest_assessment
from plan.classification import Assessment, classify
from plan.editions import edition_for
from plan.facts import Facts, parse_facts
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from reporting.models import PublicReport, Signal, SignalDecision, SignalState, SingleCase
from reporting.signal_permissions import check_actor_can_judge, visible_signals
from reporting.signal_policies import check_is_proposed
from reporting.signalling.cases import standing_cases
from reporting.signalling.method import households
from reporting.signalling.names import places_named
from reporting.signalling.parameters import SignalKind
from reporting.signalling.traces import traces_of
from reporting.signalling.values import Sighting, kind_of
from response.outbreak_chart import Drawing, drawing

PER_PAGE = 25
MOST_SHARED = 12
SHOWN_SYMPTOMS = 4
# Of what an assessment counted, these are no facts of the plan.
NO_FACTS = frozenset({"may_overlap", "is_ill_known"})


@dataclass(frozen=True, slots=True)
class SharedTrace:
    """One thing that several of the cases name: what, how many cases, of how many households."""

    kind: SignalKind
    name: str
    cases: int
    households: int


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the office's own county; who it is stays masked, and is shown to those alone who may read patients."""

    case: SingleCase
    household: int
    exposures: Sequence[str]
    symptoms: Sequence[str]
    is_identified: bool


@dataclass(frozen=True, slots=True)
class SignalPage:
    """One signal as an office sees it; the refusals say why an act is not offered."""

    signal: Signal
    counties: Sequence[str]
    places: Sequence[Place]
    shared: Sequence[SharedTrace]
    rows: Sequence[CaseRow]
    elsewhere: int
    cases: int
    dead: int
    severe: int
    households: int
    public: Sequence[PublicReport]
    drawing: Drawing | None
    level: Assessment
    joined: Assessment | None
    decisions: Sequence[SignalDecision]
    no_act: PlanRefusal | None
    no_taking_back: PlanRefusal | None


def signal_list(actor: Actor, *, decided: bool, page: str | None) -> Page[Any]:
    """Return a page of the signals that wait, the gravest and largest first; or of those decided, the latest first."""
    rows = visible_signals(actor).select_related("incident").annotate(size=Count("evidence"))
    if decided:
        rows = rows.exclude(state=SignalState.PROPOSED).order_by("-changed_at", "-pk")
    else:
        rows = rows.filter(state=SignalState.PROPOSED).order_by("-is_grave", "-units", "-changed_at", "-pk")
    return Paginator(rows, PER_PAGE).get_page(page)


def county_names() -> dict[int, str]:
    """Return the counties' names by id, for the signals of a list."""
    return dict(Jurisdiction.objects.values_list("pk", "name"))


def signal_page(signal: Signal, actor: Actor, *, at: datetime) -> SignalPage:
    """Return everything an office is shown of a signal: what is shared, the cases, the curve, what the level would be."""
    cases = standing_cases(signal)
    sightings = [_sighting(case) for case in cases]
    numbers = households(sightings)
    own = [(case, number) for case, number in zip(cases, numbers, strict=True) if _is_own(case, actor)]
    names = county_names()
    judge = partial(check_actor_can_judge, actor, signal)
    public = PublicReport.objects.filter(
        pk__in=signal.evidence.exclude(public_report=None).values("public_report")
    )
    return SignalPage(
        signal=signal,
        counties=[names[pk] for pk in signal.counties if pk in names],
        places=_places(signal),
        shared=_shared(sightings, numbers),
        rows=[_row(case, number, actor) for case, number in own],
        elsewhere=len(cases) - len(own),
        cases=len(cases),
        dead=sum(case.outcome == Outcome.DEAD for case in cases),
        severe=sum(case.is_severe for case in cases),
        households=len(set(numbers)),
        public=list(public.select_related("county").order_by("received_at", "pk")),
        drawing=_drawing(cases),
        level=would_be(cases, at=at),
        joined=would_be_with(signal, cases, signal.incident) if signal.incident else None,
        decisions=list(signal.decisions.select_related("incident").order_by("-pk")),
        no_act=refusal_of(judge) or refusal_of(partial(check_is_proposed, signal)),
        no_taking_back=refusal_of(judge),
    )


def would_be(cases: Sequence[SingleCase], *, at: datetime) -> Assessment:
    """Return how the plan grades these cases by themselves (2.1–2.4, A12): nobody has decided yet that they are one."""
    dead = sum(case.outcome == Outcome.DEAD for case in cases)
    first = min((case.onset_at or case.seen_at for case in cases), default=at)
    facts = Facts(illness_count=len(cases), death_count=dead)
    return classify(facts, edition_for(first.astimezone(NINGBO).date()))


def would_be_with(signal: Signal, cases: Sequence[SingleCase], incident: Incident) -> Assessment | None:
    """Return how the plan grades an incident with these cases in it (A12); what it counts of them already counts once.

    Somebody whom a hospital lists there under no identity number may be counted twice, as on the incident itself.
    """
    whole = incident.merged_into or incident
    latest = latest_assessment(whole)
    if latest is None:
        return None
    before = _counted(signal, whole)
    dead = sum(case.outcome == Outcome.DEAD for case in cases)
    given = {name: value for name, value in latest.counted.items() if name not in NO_FACTS}
    given["illness_count"] = max(latest.ill or 0, (latest.ill or 0) - before[FactKind.ILLNESS] + len(cases))
    given["death_count"] = max(latest.dead, latest.dead - before[FactKind.DEATHS] + dead)
    return classify(parse_facts(given), edition_named(whole.edition))


def _counted(signal: Signal, whole: Incident) -> Counter[str]:
    """Return what the incident counts of this signal already: of each hospital the latest."""
    rows = current_facts(family_ids(whole)).filter(series=signal.series)
    latest = {(row.kind, row.source_id): row.value for row in rows}
    found: Counter[str] = Counter()
    for (kind, _source), value in latest.items():
        found[kind] += value
    return found


def _sighting(case: SingleCase) -> Sighting:
    traces = traces_of(case.details, case.home)
    return Sighting(
        str(case.case_id), case.county.code, case.seen_at, traces, frozenset(case.home), case.person
    )


def _is_own(case: SingleCase, actor: Actor) -> bool:
    """Whether the patient lives in the office's county or came to a hospital of it; the city's are all (A12)."""
    own = own_county(actor)
    return is_city_wide(actor) or own in {case.county, case.organisation.jurisdiction.county}


def _row(case: SingleCase, household: int, actor: Actor) -> CaseRow:
    exposures = [
        " ".join(filter(None, (each.get("place_eaten"), each.get("place_made"), each.get("food"))))
        for each in case.details.get("exposures", ())
    ]
    return CaseRow(
        case=case,
        household=household + 1,
        exposures=list(filter(None, exposures)),
        symptoms=case.details.get("symptoms", [])[:SHOWN_SYMPTOMS],
        is_identified=actor_has(actor, Right.READ_PATIENTS),
    )


def _shared(sightings: Sequence[Sighting], numbers: Sequence[int]) -> list[SharedTrace]:
    """Return what two or more of the cases name, the most named first; a household is named by nothing."""
    naming: dict[str, list[int]] = defaultdict(list)
    for sighting, number in zip(sightings, numbers, strict=True):
        for trace in sighting.traces:
            naming[trace].append(number)
    found = [
        SharedTrace(
            kind_of(trace),
            "" if kind_of(trace) == SignalKind.HOUSEHOLD else trace.partition("|")[2],
            len(named),
            len(set(named)),
        )
        for trace, named in naming.items()
        if len(named) > 1
    ]
    return sorted(found, key=lambda each: (-each.cases, -each.households, each.kind, each.name))[:MOST_SHARED]


def _places(signal: Signal) -> list[Place]:
    """Return the registered places of the name that is shared, in the counties concerned."""
    if not signal.shared:
        return []
    return [place for place in places_named(signal.shared) if place.county_id in signal.counties]


def _drawing(cases: Iterable[SingleCase]) -> Drawing | None:
    dated = [case for case in cases if case.onset_at]
    onsets = [Onset(case.onset_at, case.organisation.name) for case in dated if case.onset_at]
    drawn = curve(onsets)
    groups = sorted({case.organisation.name for case in dated})
    return drawing(drawn, groups, []) if drawn else None
