"""What the outbreak's page shows, read with a constant number of queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from accounts.actors import Actor
from accounts.permissions import actor_has, is_city_wide, own_county
from accounts.rights import Right
from incidents.definitions import Part
from incidents.epi.attack import FoodTable, by_risk
from incidents.listed import Patient
from incidents.models import CaseDefinition, Certainty, Fact, FoodHistory, Incident
from incidents.permissions import check_actor_may_with
from incidents.persons import EachOnce, each_once
from incidents.selectors import current_facts, family_ids
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from response.outbreak_times import Times, times_of
from response.selectors.recovery import found_agent

SHOWN_LEFT_OUT = 200


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that is no case, for an office that may know of it: whose it is, and what speaks against it."""

    hospital: str
    local_id: str
    against: Sequence[Part]


@dataclass(frozen=True, slots=True)
class OutbreakPage:
    """The page at one instant. `left_out` are records of the actor's own counties; every number is of all."""

    at: datetime
    definition: CaseDefinition | None
    versions: Sequence[CaseDefinition]
    once: EachOnce
    classes: Sequence[tuple[Certainty, int]]
    secondary: int
    unsaid: int
    reasons: Sequence[tuple[Part, int]]
    left_out: Sequence[LeftOut]
    times: Times
    history: FoodHistory | None
    foods: Sequence[FoodTable]
    refusal: PlanRefusal | None
    no_history: PlanRefusal | None


def outbreak_page(
    incident: Incident, actor: Actor, at: datetime, *, grouping: str = "", size: str = ""
) -> OutbreakPage:
    """Return what an office sees of an outbreak: numbers of the whole, records of its own counties alone (A12)."""
    whole = incident.merged_into or incident
    versions = list(whole.case_definitions.order_by("-version"))
    definition = versions[0] if versions else None
    facts = list(current_facts(family_ids(incident)).select_related("source__jurisdiction__host"))
    once = each_once(facts, definition)
    judged = [patient.judged_by(definition) for patient in once.cases]
    classes = Counter(each.certainty for each in judged)
    history = whole.food_histories.order_by("version").last()
    hospitals = {fact.pk: fact.source.name for fact in facts if fact.source}
    agent = found_agent(incident)
    reasons = Counter(part for each in once.left_out for part in each.judged_by(definition).against)
    return OutbreakPage(
        at=at,
        definition=definition,
        versions=versions,
        once=once,
        classes=[(each, classes[each]) for each in Certainty],
        secondary=sum(each.stated.is_secondary for each in once.cases),
        unsaid=sum(bool(each.unsaid) for each in judged),
        reasons=[(part, reasons[part]) for part in Part if reasons[part]],
        left_out=_left_out(once.left_out, definition, facts, actor),
        times=times_of(once.cases, definition, hospitals, agent, grouping=grouping, size=size),
        history=history,
        foods=by_risk([FoodTable(**each) for each in history.tables]) if history else (),
        refusal=refusal_of(partial(check_actor_may_with, actor, Right.DEFINE_CASES, incident)),
        no_history=refusal_of(partial(check_actor_may_with, actor, Right.KEEP_FOOD_HISTORIES, incident)),
    )


def _left_out(
    patients: Sequence[Patient], definition: CaseDefinition | None, facts: Sequence[Fact], actor: Actor
) -> list[LeftOut]:
    """Return the records that are no cases of hospitals whose patients the actor's office may know of."""
    if not actor_has(actor, Right.READ_PATIENTS):
        return []
    own = own_county(actor)
    sources = {
        fact.pk: fact.source
        for fact in facts
        if fact.source and (is_city_wide(actor) or fact.source.jurisdiction.county == own)
    }
    found = [
        LeftOut(sources[case.fact_id].name, case.local_id, patient.judged_by(definition).against)
        for patient in patients
        for case in patient.cases
        if case.fact_id in sources
    ]
    return found[:SHOWN_LEFT_OUT]
