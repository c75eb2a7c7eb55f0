"""How an incident stood at an instant, from what was on record by then: levels, numbers, clocks, groups, approvals (7.2)."""

import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from audit.models import AuditEvent
from audit.seals import name_of
from incidents.counting import Count
from incidents.models import AssessmentRecord, FactKind, Incident, LevelConfirmation
from incidents.selectors import family_ids
from plan.levels import IncidentLevel, ResponseLevel
from reporting.excuses import OnRecord
from reporting.leg_view import LegView, leg_view
from reporting.models import Obligation, ObligationState
from reporting.selectors import legs
from response.models import Decision, Response, Step, WorkingGroup
from response.selectors.running import responses_of
from response.situation.people import people_of_incidents

# Whoever says one of these waits for an answer.
ASKING = frozenset({Step.APPLY, Step.PROPOSE, Step.SUBMIT})


@dataclass(frozen=True, slots=True)
class Standing:
    """An incident at one instant; `waiting` are applications and proposals nobody had answered."""

    at: datetime
    proposed: IncidentLevel | None
    confirmed: IncidentLevel | None
    responses: Sequence[tuple[Response, ResponseLevel]]
    people: Sequence[tuple[FactKind, Count]]
    legs: Sequence[LegView]
    groups: Sequence[WorkingGroup]
    waiting: Sequence[Decision]
    decided: Sequence[Decision]

    @property
    def owed(self) -> list[LegView]:
        """The reports that were still owed."""
        return [leg for leg in self.legs if leg.verdict.is_owed]


def standing_at(incident: Incident, at: datetime) -> Standing:
    """Return how an incident and what is one with it stood, by what was on record then; a constant number of queries."""
    family = family_ids(incident)
    proposed = AssessmentRecord.objects.filter(incident=incident, at__lte=at).order_by("pk").last()
    confirmed = LevelConfirmation.objects.filter(incident__in=family, confirmed_at__lte=at)
    level = confirmed.order_by("pk").last()
    groups = WorkingGroup.objects.filter(
        headquarters__response__incident__in=family, set_up_at__lte=at
    ).exclude(stood_down_at__lte=at)
    entered = Decision.objects.filter(incident__in=family, recorded_at__lte=at, paper_of=None)
    decisions = list(entered.select_related("organisation").order_by("pk"))
    answered = {each.rests_on_id for each in decisions}
    return Standing(
        at=at,
        proposed=IncidentLevel(proposed.level) if proposed else None,
        confirmed=IncidentLevel(level.level) if level else None,
        responses=_responses(incident, at),
        people=list(people_of_incidents([incident.pk], at=at, since=at)[incident.pk].now.items()),
        legs=_legs(incident, at),
        groups=list(groups.select_related("lead").order_by("pk")),
        waiting=[each for each in decisions if each.step in ASKING and each.pk not in answered],
        decided=[each for each in decisions if each.step not in ASKING],
    )


def _responses(incident: Incident, at: datetime) -> list[tuple[Response, ResponseLevel]]:
    """Return the responses that ran, each at the level it had: what the first move after it started from (6.4.1)."""
    ran = [
        each
        for each in responses_of(incident)
        if each.activated_at <= at and (each.ended_at is None or each.ended_at > at)
    ]
    subjects = [name_of(each) for each in ran]
    later = AuditEvent.objects.filter(action="response.adjust", subject__in=subjects, at__gt=at)
    before: dict[str, str] = {}
    for event in later.order_by("-seq"):
        before[event.subject] = json.loads(event.payload)["from"]
    return [(each, ResponseLevel(before.get(name_of(each), each.level))) for each in ran]


def _legs(incident: Incident, at: datetime) -> list[LegView]:
    """Return the legs that had begun, judged by what had been entered; a version closed since still ran then."""
    found = []
    for leg in legs([incident.pk], at):
        ran = [_as_it_was(each.obligation, at) for each in (leg, *leg.history) if _ran(each.obligation, at)]
        if ran:
            found.append(leg_view(ran[:1], _known(leg.on_record, at), {}, leg.owed_to, at))
    return found


def _ran(own: Obligation, at: datetime) -> bool:
    return own.armed_at <= at and (own.closed_at is None or own.closed_at > at or own.state == "ended")


def _as_it_was(own: Obligation, at: datetime) -> Obligation:
    """Return a version as it was: not closed yet, if it was closed later."""
    if own.closed_at is None or own.closed_at <= at:
        return own
    kept = copy.copy(own)
    kept.__dict__["state"], kept.closed_at = ObligationState.ARMED, None
    return kept


def _known(record: OnRecord, at: datetime) -> OnRecord:
    """Return what had been entered by then."""
    return OnRecord(
        [each for each in record.deliveries if each.entered_at <= at],
        [each for each in record.explanations if each.entered_at <= at and each.stands(at)],
        [each for each in record.attempts if each.entered_at <= at],
        record.written_to,
        record.house_targets,
    )
