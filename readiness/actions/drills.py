"""Drills held, and their evaluations (9.2); what a regulator holds moves its next due date (A42)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.evidence import write_down
from accounts.models import Organisation
from accounts.rights import Right
from audit.seals import name_of
from plan.readiness import DrillKind
from readiness.models import DrillEvaluation, Enterprise, HeldDrill
from readiness.permissions import check_actor_in_area
from readiness.policies import check_can_evaluate, check_drill, check_one_organiser


@transaction.atomic
def record_drill(
    *,
    kind: DrillKind,
    title: str,
    held_on: date,
    participants: str,
    people: int | None = None,
    organiser: Organisation | None = None,
    enterprise: Enterprise | None = None,
    by: Actor,
    at: datetime,
) -> HeldDrill:
    """Record a drill that was held (9.2); the same one twice is one. Its evaluation is owed from now.

    organiser: the food-safety regulator that held it; or enterprise: the one that held it of its own accord, which moves
    no due date (A42). participants: the departments. Refused: for another area (403), for neither or both, another
    organiser, a day to come or before the plan, without title or participants (422).
    """
    check_one_organiser(organiser, enterprise)
    area = HeldDrill(organiser=organiser, enterprise=enterprise).area
    office = check_actor_in_area(by, Right.RECORD_DRILLS, area)
    check_drill(organiser, title, held_on, participants, timezone.localdate(at))
    drill, is_new = HeldDrill.objects.get_or_create(
        organiser=organiser,
        enterprise=enterprise,
        held_on=held_on,
        title=title,
        defaults={
            "kind": kind,
            "participants": participants,
            "people": people,
            "organisation": office,
            "recorded_by": by.ref,
            "recorded_at": at,
        },
    )
    if is_new:
        write_down("readiness.record_drill", f"org:{by.office}", by, at, subject=name_of(drill), rows=[drill])
    return drill


@transaction.atomic
def evaluate_drill(*, drill: HeldDrill, findings: str, by: Actor, at: datetime) -> DrillEvaluation:
    """Evaluate a drill after its end and analyse its problems (9.2).

    Refused: for another area (403), a second time (409), without words (422).
    """
    office = check_actor_in_area(by, Right.RECORD_DRILLS, drill.area)
    check_can_evaluate(drill, findings)
    made = DrillEvaluation.objects.create(
        drill=drill, findings=findings, organisation=office, evaluated_by=by.ref, evaluated_at=at
    )
    write_down("readiness.evaluate_drill", f"org:{by.office}", by, at, subject=name_of(made), rows=[made])
    return made
