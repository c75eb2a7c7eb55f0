"""Set the case definition by which an incident's patients count, and grade anew (A12)."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from accounts.rights import Right
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.assessing import lock_with_whole, reassess
from incidents.models import CaseDefinition, Certainty, Incident, SymptomRule
from incidents.permissions import check_actor_may_with
from incidents.policies import check_can_define_cases, check_is_open
from incidents.selectors import definition_in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What makes a patient a case; what is left empty asks for nothing."""

    symptoms: tuple[str, ...] = ()
    symptom_rule: SymptomRule = SymptomRule.ANY
    onset_from: datetime | None = None
    onset_until: datetime | None = None
    exposed_from: datetime | None = None
    exposed_until: datetime | None = None
    place: str = ""
    agent: str = ""
    counts: tuple[Certainty, ...] = tuple(Certainty)
    counts_secondary: bool = True


@transaction.atomic
def define_cases(
    *, incident: Incident, criteria: Criteria, reason: str, by: Actor, at: datetime
) -> CaseDefinition:
    """Put a new version of the case definition in force for an incident and what is one with it, and grade anew (A12).

    Only records of line lists are judged by it; counts without a list stay as stated. Refused: without the right (403),
    without a reason, a class that counts, or a possible window (422), on a closed incident, when nothing changes (409).
    """
    _own, whole = lock_with_whole(incident.pk)
    check_actor_may_with(by, Right.DEFINE_CASES, whole)
    check_is_open(whole)
    before = definition_in_force(whole)
    definition = CaseDefinition(
        incident=whole,
        version=before.version + 1 if before else 1,
        **_stored(criteria),
        reason=reason,
        set_at=at,
        set_by=by.ref,
        office=by.office,
    )
    check_can_define_cases(definition, before, at)
    definition.save()
    record(
        Entry(
            chain=whole.chain,
            action="incidents.define_cases",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"incident:{whole.number}",
            payload={"version": definition.version, "rows": seals([definition])},
        )
    )
    reassess(incident=whole, by=by, at=at)
    return definition


def _stored(criteria: Criteria) -> dict[str, Any]:
    """Return the criteria as a version keeps them, so that the same criteria are the same row."""
    return {
        **asdict(criteria),
        "symptoms": sorted(set(criteria.symptoms)),
        "place": criteria.place.strip(),
        "agent": criteria.agent.strip(),
        "counts": [each.value for each in Certainty if each in criteria.counts],
    }
