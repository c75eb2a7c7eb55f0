"""Since when an incident falls within an important event of the calendar: the second limb of 5.1(8) (A22, A48, A51, A65)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from incidents.counting import count
from incidents.models import Case, CountyRole, Fact, FactKind, Incident, InvolvedCounty
from incidents.places import normalise
from incidents.selectors import current_facts
from reporting.clocks import to_minute
from reporting.first_limb import Start
from reporting.models import ImportantEvent

_SHOW_WHEN = (FactKind.OCCURRED, FactKind.ILLNESS, FactKind.CONTAMINATED_FOOD)


@dataclass(frozen=True, slots=True)
class Within:
    """An important event that covers an incident, and since when it is within: the later of the event's start and of
    the first case or contamination that falls within it (A65).
    """

    event: ImportantEvent
    earliest: datetime
    latest: datetime
    fact_id: int

    def start(self, known_at: datetime) -> Start:
        """Return it as 事发 of clocks that were known to run since a moment (预案 5.1(8), A16)."""
        return Start(self.earliest, self.latest, self.fact_id, is_by_facts=True, known_at=known_at)


@dataclass(frozen=True, slots=True)
class _Moment:
    """When a case or a contamination happened, till when it is known to have lasted, and the counties where."""

    fact: Fact
    earliest: datetime
    latest: datetime
    until: datetime
    counties: frozenset[str]


def within_event(family: Collection[int], at: datetime) -> Within | None:
    """Return the event by which an incident and what is one with it came first within the calendar; None without.

    At any level (A22); of several the one by which it is within for certain earliest. Counties of source count for
    contamination alone (A51).
    """
    events = list(ImportantEvent.objects.standing().filter(starts_at__lte=at).order_by("pk"))
    if not events:
        return None
    incidents = {each.pk: each for each in Incident.objects.filter(pk__in=family).select_related("place")}
    moments = list(_moments(family))
    found = [
        Within(
            event, max(moment.earliest, event.starts_at), max(moment.latest, event.starts_at), moment.fact.pk
        )
        for event in events
        for moment in moments
        if _falls_within(moment, event) and covers(event, incidents[moment.fact.incident_id], moment.counties)
    ]
    return min(found, key=lambda within: (within.latest, within.earliest), default=None)


def covers(event: ImportantEvent, incident: Incident, counties: Collection[str]) -> bool:
    """Say whether an event's area holds an incident that concerns these counties: by county, and by name if it names a
    place (预案 5.1(8), A22).
    """
    if event.is_demo != incident.is_demo or (event.is_drill and not incident.is_drill):
        return False
    if event.counties and not set(event.counties) & set(counties):
        return False
    return not event.place_name or is_named(event.place_name, incident)


def is_named(place_name: str, incident: Incident) -> bool:
    """Say whether an incident's place or address names a place, however it is written."""
    said = (incident.place_text, incident.address, incident.place.name if incident.place else "")
    return any(normalise(place_name) in normalise(text) for text in said)


def _falls_within(moment: _Moment, event: ImportantEvent) -> bool:
    """Say whether it may have happened within the event, its last minute included (A48, A58)."""
    return moment.until >= event.starts_at and to_minute(moment.earliest) <= to_minute(event.ends_at)


def _moments(family: Collection[int]) -> Iterator[_Moment]:
    """Yield every moment at which the facts show a new case or a contamination.

    With a line list, its onsets; with counts only, the moment of each count that is more than was known before; the
    first case at the occurrence time that was stated (A16, A17). Food is contaminated from when it happened to as of when
    it is stated.
    """
    facts = list(current_facts(family).filter(kind__in=_SHOW_WHEN))
    harm, concerned = _counties(family)
    onsets = Case.objects.filter(fact__in=facts, onset_at__isnull=False).order_by("onset_at")
    by_fact = {fact.pk: fact for fact in facts}
    for fact_id, onset_at in onsets.values_list("fact_id", "onset_at"):
        if onset_at is not None:
            fact = by_fact[fact_id]
            yield _Moment(fact, onset_at, onset_at, onset_at, frozenset(harm[fact.incident_id]))
    listed = set(onsets.values_list("fact_id", flat=True))
    for fact in [*_first_cases(facts), *_more_ill([fact for fact in facts if fact.pk not in listed])]:
        yield _happened(fact, fact.happened_latest, harm)
    for fact in facts:
        if fact.kind == FactKind.CONTAMINATED_FOOD and fact.value is True:
            yield _happened(fact, max(fact.as_of, fact.happened_latest), concerned)


def _happened(fact: Fact, until: datetime, counties: Mapping[int, Collection[str]]) -> _Moment:
    places = frozenset(counties[fact.incident_id])
    return _Moment(fact, fact.happened_earliest, fact.happened_latest, until, places)


def _first_cases(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts that state when an incident occurred: of each incident the one that holds (A48)."""
    latest: dict[int, Fact] = {}
    for fact in sorted(facts, key=lambda fact: (fact.as_of, fact.pk)):
        if fact.kind == FactKind.OCCURRED:
            latest[fact.incident_id] = fact
    return list(latest.values())


def _more_ill(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield each count of the ill that is more than what stood before it; the first only where no 事发 is stated."""
    dated = {fact.incident_id for fact in facts if fact.kind == FactKind.OCCURRED}
    counts: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind == FactKind.ILLNESS:
            counts[fact.incident_id].append(fact)
    for incident_id, stated in counts.items():
        stated.sort(key=lambda fact: (fact.happened_latest, fact.as_of, fact.pk))
        before = 0
        for number, fact in enumerate(stated, start=1):
            counted = count(stated[:number], FactKind.ILLNESS)
            ill = counted.value if counted else 0
            if ill > before and (before or incident_id not in dated):
                yield fact
            before = max(before, ill)


def _counties(family: Collection[int]) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Return each incident's own counties of harm, and all it concerns, by its id (A51)."""
    harm: dict[int, set[str]] = defaultdict(set)
    concerned: dict[int, set[str]] = defaultdict(set)
    own = InvolvedCounty.objects.filter(incident__in=family, through__isnull=True)
    for incident_id, code, role in own.values_list("incident", "county__code", "role"):
        concerned[incident_id].add(code)
        if role == CountyRole.HARM:
            harm[incident_id].add(code)
    return harm, concerned
