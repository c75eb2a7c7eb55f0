"""The outbreak card: what the line lists say, counted, beside what was entered, each with where it comes from (6.3.3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.rights import Right
from incidents.counting import count
from incidents.epi.incubation import Incubation
from incidents.epi.people import SMALL
from incidents.listed import Patient
from incidents.models import Fact, FactKind, Incident, OutbreakCard
from incidents.permissions import check_actor_may_with
from incidents.persons import EachOnce, each_once
from incidents.policies import check_is_open
from incidents.selectors import current_facts, family_ids
from plan.agents import Agent
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from response.card_groups import EXPOSED, People, people_of
from response.card_tallies import Sampled, Tally, sampled, tallies
from response.case_permissions import sees_every_case
from response.outbreak_times import times_of
from response.selectors.recovery import found_agent


@dataclass(frozen=True, slots=True)
class CardPage:
    """The card at one instant. `ill` and `dead` are the incident's own counts, `listed` those whose list says who they are."""

    at: datetime
    card: OutbreakCard | None
    versions: Sequence[OutbreakCard]
    people: People
    listed: int
    ill: int
    dead: int
    inpatient: int | None
    exposed: int | None
    onsets: Sequence[datetime]
    incubation: Incubation | None
    secondary: int
    agent: Agent | None
    suspected: str
    tallies: Mapping[str, Tally]
    samples: Sequence[Sampled]
    refusal: PlanRefusal | None

    @property
    def attack_rate(self) -> float | None:
        """Ill of the exposed, in per cent (罹患率)."""
        return 100 * self.ill / self.exposed if self.exposed else None

    @property
    def fatality(self) -> float | None:
        """Dead of the ill, in per cent (病死率)."""
        return 100 * self.dead / self.ill if self.ill else None


def card_page(incident: Incident, actor: Actor, at: datetime) -> CardPage:
    """Return what an office sees of an outbreak's card: every number of the whole, small ones for who may read the lists (6.3.3)."""
    whole = incident.merged_into or incident
    facts = list(current_facts(family_ids(whole)).select_related("source__jurisdiction__host"))
    versions = list(whole.outbreak_cards.order_by("-version"))
    card = versions[0] if versions else None
    definition = whole.case_definitions.order_by("version").last()
    once, agent = each_once(facts, definition), found_agent(whole)
    times = times_of(once.cases, definition, {}, agent)
    people = people_of(once.cases, card, is_whole=sees_every_case(actor, _hospitals(facts, once.cases)))
    return CardPage(
        at=at,
        card=card,
        versions=versions,
        people=people,
        listed=len(once.cases),
        ill=_count(once, FactKind.ILLNESS) or 0,
        dead=_count(once, FactKind.DEATHS) or 0,
        inpatient=_count(once, FactKind.INPATIENTS),
        exposed=people.sums[EXPOSED] or _count(once, FactKind.EXPOSED),
        onsets=sorted(patient.onsets[0] for patient in once.cases if patient.onsets),
        incubation=times.incubation,
        secondary=sum(patient.stated.is_secondary for patient in once.cases),
        agent=agent,
        suspected=whole.suspect_agent,
        tallies=tallies(once.cases, least=1 if people.is_whole else SMALL),
        samples=sampled(once.cases, card),
        refusal=_refusal(actor, whole),
    )


def _refusal(actor: Actor, whole: Incident) -> PlanRefusal | None:
    may = partial(check_actor_may_with, actor, Right.KEEP_FOOD_HISTORIES, whole)
    return refusal_of(may) or refusal_of(partial(check_is_open, whole))


def _count(once: EachOnce, kind: FactKind) -> int | None:
    found = count(once.facts, kind)
    return found.value if found else None


def _hospitals(facts: Iterable[Fact], patients: Iterable[Patient]) -> list[Organisation]:
    lists = {case.fact_id for patient in patients for case in patient.cases}
    return [fact.source for fact in facts if fact.pk in lists and fact.source]
