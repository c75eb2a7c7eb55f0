"""Re-assess an incident after a change: the machine proposes, at once (6.1; 5.1: the clocks don't wait, A14)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from accounts.actors import Actor
from audit.record import Entry, record
from audit.seals import seals
from incidents.grading import Graded, assess, edition_named
from incidents.models import AssessmentRecord, Fact, FactKind, Incident
from incidents.persons import each_once
from incidents.selectors import current_facts, definition_in_force, family_ids
from incidents.steps import AFTER_ASSESSMENT, Assessed
from plan.classification import Assessment
from plan.facts import dump_facts
from plan.prompts import NeedsPerson


def lock(incident_ids: Iterable[int]) -> list[Incident]:
    """Lock incidents by id, in order, and return them fresh; the caller is in a transaction.

    The rows are locked before they are read with their joins, which PostgreSQL would lock too.
    """
    ids = sorted(set(incident_ids))
    list(Incident.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    return list(Incident.objects.filter(pk__in=ids).select_related("county", "merged_into").order_by("pk"))


def lock_families(incidents: Iterable[Incident]) -> dict[int, Incident]:
    """Lock incidents and all that is one with them, by id; return them fresh, by id (A56)."""
    ids = {pk for incident in incidents for pk in family_ids(incident.merged_into or incident)}
    return {each.pk: each for each in lock(ids)}


def lock_with_whole(incident_id: int) -> tuple[Incident, Incident]:
    """Lock an incident and the whole it is part of; return both fresh, twice the same for one that stands alone.

    One that was merged or moved while its row was waited for comes back as its own whole, and not open.
    """
    into = Incident.objects.values_list("merged_into", flat=True).get(pk=incident_id)
    locked = {each.pk: each for each in lock([incident_id, into or incident_id])}
    own = locked[incident_id]
    whole = locked.get(own.merged_into_id or own.pk, own)
    if whole is not own:
        own.merged_into = whole
    return own, whole


def reassess(*, incident: Incident, by: Actor, at: datetime) -> AssessmentRecord:
    """Grade the current facts of a locked incident and what was merged into it, and take the steps due (6.1)."""
    facts = list(current_facts(family_ids(incident)))
    once = each_once(facts, definition_in_force(incident))
    assessment, graded = assess(once.facts, edition_named(incident.edition))
    made = _keep(incident, assessment, graded, at)
    _project(incident, facts)
    incident.proposed_level = assessment.level
    incident.changed_at = max(at, incident.changed_at)
    incident.save()
    record(
        Entry(
            chain=incident.chain,
            action="incidents.reassess",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"incident:{incident.number}",
            payload={
                "level": made.level,
                "clauses": made.clauses,
                "facts": made.fact_ids,
                "assessment": made.pk,
                "rows": seals([made]),
            },
        )
    )
    for step in AFTER_ASSESSMENT:
        step(incident, Assessed(made, once), by, at)
    return made


def _keep(incident: Incident, assessment: Assessment, graded: Graded, at: datetime) -> AssessmentRecord:
    return AssessmentRecord.objects.create(
        incident=incident,
        at=at,
        level=assessment.level,
        clauses=list(assessment.clauses),
        other_clauses=list(assessment.other_clauses),
        needs_person=[_question(question) for question in assessment.needs_person],
        warnings=list(assessment.warnings),
        next_up=[step.text_zh for step in assessment.next_up],
        explanation=assessment.explanation,
        edition=assessment.edition.number,
        fact_ids=list(graded.fact_ids),
        counted={
            **dump_facts(graded.facts),
            "may_overlap": graded.may_overlap,
            "is_ill_known": graded.is_ill_known,
        },
    )


def _question(question: NeedsPerson) -> str:
    return f"{question.reason_zh}（{question.clause}）"


def _project(incident: Incident, facts: Sequence[Fact]) -> None:
    """Show on the incident what its latest facts say; of 事发 the latest statement by as-of time holds (A48)."""

    def latest(kind: FactKind) -> Any:
        own = [fact for fact in facts if fact.kind == kind and fact.incident_id == incident.pk]
        return max(own, key=lambda fact: (fact.as_of, fact.pk)).value if own else None

    occurred, sensitive, place = latest(FactKind.OCCURRED), latest(FactKind.SENSITIVE), latest(FactKind.PLACE)
    incident.occurred_earliest = datetime.fromisoformat(occurred["earliest"]) if occurred else None
    incident.occurred_latest = datetime.fromisoformat(occurred["latest"]) if occurred else None
    incident.is_sensitive = sensitive is not None
    incident.sensitive_reason = sensitive["reason"] if sensitive else ""
    incident.place_text = place["text"] if place else incident.place_text
    incident.stage = latest(FactKind.STAGE) or ""
    incident.suspect_food = latest(FactKind.SUSPECT_FOOD) or ""
    incident.suspect_agent = latest(FactKind.SUSPECT_AGENT) or ""
