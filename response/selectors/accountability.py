"""Suspicions that the record itself raises, computed each time they are asked for, and what people decided on them (7.3)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from accounts.actors import Actor
from accounts.models import JurisdictionKind, Organisation
from accounts.permissions import actor_has
from accounts.rights import Right
from audit.seals import name_of, utc
from incidents.contradictions import JUDGED_KINDS, Contradiction, Pattern, contradictions
from incidents.models import Fact, Incident, IncidentStatus
from incidents.permissions import involved_counties
from incidents.selectors import family_ids, visible_incidents
from plan.accountability import AccountabilityGround
from plan.offices import OUTSIDE
from reporting.lateness import Lateness, Standing, latenesses
from reporting.models import Obligation
from reporting.selectors import legs
from response.accountability_permissions import is_in_charge_of
from response.models import AccountabilityEntry

# Enough to be looked through for what waits, and the same number after ten years; an older one is told on its own page.
RECENT_INCIDENTS: Final = 100


@dataclass(frozen=True, slots=True)
class Prompt:
    """A suspicion: whom it is against, what it may be, and the record; never a statement of guilt.

    subject: the clock or the fact it is about, by which it is decided once; is_overtaken: a correction has taken away
    what it rested on.
    """

    subject: Obligation | Fact
    accused: Organisation
    grounds: tuple[AccountabilityGround, ...]
    clauses: tuple[str, ...]
    frozen: Mapping[str, Any]
    is_overtaken: bool
    lateness: Lateness | None = None
    contradiction: Contradiction | None = None
    decision: AccountabilityEntry | None = None

    @property
    def incident(self) -> Incident:
        """The incident on whose page it stands: the whole (A56)."""
        about = self.lateness.leg.incident if self.lateness else self.subject.incident
        return about.merged_into or about

    @property
    def slug(self) -> str:
        """How an address names it."""
        return f"{'clock' if isinstance(self.subject, Obligation) else 'fact'}-{self.subject.pk}"

    @property
    def is_open(self) -> bool:
        """Whether a person still has to decide."""
        return self.decision is None and not self.is_overtaken


def prompts_among(incident_ids: Collection[int], at: datetime) -> list[Prompt]:
    """Return every suspicion that the records of incidents and of what was merged into them raise (7.3, A16)."""
    families = Incident.objects.filter(Q(pk__in=incident_ids) | Q(merged_into__in=incident_ids))
    facts = Fact.objects.filter(incident__in=families.values("pk"), kind__in=JUDGED_KINDS)
    stated = facts.select_related("source__jurisdiction__host", "incident__merged_into")
    late = latenesses(legs(incident_ids, at))
    found = [*_late(late), *_contradicted(contradictions(stated))]
    decided = AccountabilityEntry.objects.select_related("organisation")
    clocks = {each.subject.pk for each in found if isinstance(each.subject, Obligation)}
    facts_named = {each.subject.pk for each in found if isinstance(each.subject, Fact)}
    by_clock = {each.obligation_id: each for each in decided.filter(obligation__in=clocks)}
    by_fact = {each.fact_id: each for each in decided.filter(fact__in=facts_named)}
    return [
        replace(
            each,
            decision=(by_clock if isinstance(each.subject, Obligation) else by_fact).get(each.subject.pk),
        )
        for each in found
    ]


def prompts_of(incident: Incident, at: datetime) -> list[Prompt]:
    """Return every suspicion that the record of an incident and what was merged into it raises (7.3, A16)."""
    return prompts_among([incident.pk], at)


def prompt_of(entry: AccountabilityEntry, at: datetime) -> Prompt | None:
    """Return the prompt that a file was opened on, as the record has it now; None for one opened by hand."""
    if entry.obligation_id is None and entry.fact_id is None:
        return None
    whole = entry.incident.merged_into or entry.incident
    return next((each for each in prompts_of(whole, at) if each.decision == entry), None)


def prompts_for(actor: Actor, incident: Incident, at: datetime) -> list[Prompt]:
    """Return the suspicions about an incident that the actor's office is in charge of (7.3)."""
    return _in_charge(actor, prompts_of(incident, at))


def recent_prompts(actor: Actor, at: datetime) -> list[Prompt]:
    """Return what the actor's office has to decide in the incidents that changed last, the latest incident first."""
    recent = visible_incidents(actor).exclude(status=IncidentStatus.MERGED).order_by("-changed_at", "-pk")
    ids = list(recent.values_list("pk", flat=True)[:RECENT_INCIDENTS])
    place = {pk: number for number, pk in enumerate(ids)}
    waiting = [each for each in _in_charge(actor, prompts_among(ids, at)) if each.is_open]
    return sorted(waiting, key=lambda each: place[each.incident.pk])


def _in_charge(actor: Actor, prompts: Iterable[Prompt]) -> list[Prompt]:
    office = actor.organisation
    if office is None or not actor_has(actor, Right.KEEP_ACCOUNTABILITY):
        return []
    return [each for each in prompts if is_in_charge_of(office, each.accused)]


def files_for(actor: Actor, incident: Incident) -> list[AccountabilityEntry]:
    """Return the decisions about an incident that the actor's office is in charge of, newest first (7.3)."""
    if actor.organisation is None or not actor_has(actor, Right.KEEP_ACCOUNTABILITY):
        return []
    entries = AccountabilityEntry.objects.filter(incident__in=family_ids(incident)).order_by("-pk")
    rows = entries.select_related("accused__jurisdiction__host", "organisation__jurisdiction")
    return [each for each in rows if is_in_charge_of(actor.organisation, each.accused)]


def concerned_organisations(actor: Actor, incident: Incident) -> list[Organisation]:
    """Return whom the actor's office may open a file against: the city's bodies and those of the counties concerned.

    Of operators and units those with a clock of their own in this incident.
    """
    if actor.organisation is None:
        return []
    counties = involved_counties(incident)
    bearers = Obligation.objects.filter(incident__in=family_ids(incident)).values("bearer")
    areas = (
        Q(jurisdiction__in=counties)
        | Q(jurisdiction__host__in=counties)
        | Q(jurisdiction__kind=JurisdictionKind.CITY)
    )
    found = Organisation.objects.filter(Q(pk__in=bearers) | areas & ~Q(kind__in=OUTSIDE))
    rows = found.select_related("jurisdiction__host").order_by("pk")
    return [each for each in rows if is_in_charge_of(actor.organisation, each)]


def _late(found: Sequence[Lateness]) -> Iterator[Prompt]:
    origins = {each.origin_id for each in found}
    clocks = Obligation.objects.select_related("bearer__jurisdiction__host").in_bulk(origins)
    for each in found:
        bearer = clocks[each.origin_id].bearer
        outside = bearer.kind in OUTSIDE
        ground = AccountabilityGround.NOT_REPORTED if outside else AccountabilityGround.DELAYED
        yield Prompt(
            subject=clocks[each.origin_id],
            accused=bearer,
            grounds=(ground,),
            clauses=(each.leg.obligation.clause, "7.3"),
            frozen=_clock_record(each),
            is_overtaken=each.standing is Standing.OVERTAKEN,
            lateness=each,
        )


def _clock_record(found: Lateness) -> dict[str, Any]:
    """Return the clock's record: which rows, and the instants they put against each other (A16)."""
    leg, own = found.leg, found.leg.obligation
    rows = [own, *leg.stages, *leg.deliveries, *leg.explanations]
    return {
        "rows": [name_of(row) for row in rows],
        "version": own.version,
        "known_at": utc(own.known_at),
        "limit_at": utc(own.limit_at) if own.limit_at else None,
        "limit_from_knowledge": utc(leg.knowledge.due_at) if leg.knowledge else None,
        "received_at": utc(leg.verdict.received_at) if leg.verdict.received_at else None,
        "state": leg.verdict.state.value,
    }


def _contradicted(found: Iterable[Contradiction]) -> Iterator[Prompt]:
    listed = list(found)
    codes = {each.said.office for each in listed if each.pattern == Pattern.LOWERED}
    offices = Organisation.objects.filter(code__in=codes).select_related("jurisdiction__host")
    by_code = {office.code: office for office in offices}
    for each in listed:
        said, against = each.said, each.against
        accused = said.source if each.pattern == Pattern.OWN_TOTAL else by_code.get(said.office)
        if accused is None:
            continue
        yield Prompt(
            subject=said,
            accused=accused,
            grounds=(AccountabilityGround.FALSIFIED, AccountabilityGround.CONCEALED),
            clauses=("5.1", "7.3"),
            frozen={
                "rows": [name_of(said), name_of(against)],
                "pattern": each.pattern.value,
                "numbers": [said.value, against.value],
                "as_of": [utc(said.as_of), utc(against.as_of)],
                "recorded_at": [utc(said.recorded_at), utc(against.recorded_at)],
            },
            is_overtaken=not each.stands,
            contradiction=each,
        )
