"""The clocks of 5.1(8): arm them, move them with their start, end them by a signed finding.

The door to every clock: firing and the legs of 5.1(3) are told in their own modules and offered here too.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from accounts.actors import Actor
from audit.record import record_all
from incidents.models import AssessmentRecord, Incident, IncidentStatus, LevelConfirmation
from incidents.selectors import current_facts, family_ids
from outbox.actions.messages import owe
from plan.duties import DUTY_5_1_8
from plan.levels import IncidentLevel
from reporting.actions.cluster_legs import arm_cluster_legs
from reporting.actions.evidence import obligation_entries
from reporting.actions.firing import fire_due
from reporting.alerts import Addressees, armed_messages
from reporting.clocks import due_times, next_stage
from reporting.first_limb import SERIOUS, LegOwed, Start, legs_owed, start_of
from reporting.models import Delivery, Ground, Obligation, ObligationState
from reporting.verdicts import fulfilment

__all__ = ["arm_after_assessment", "arm_cluster_legs", "arm_first_limb", "fire_due"]

MOVED = "起算事实更正，按新的事发时间重新计时（A48）"
JOINED = "事故合并，同一报告主体只保留一只时钟（A55、A56）"
FOUND_BELOW = "经签署核定，不属于较大以上食品安全事故（A57）"


def arm_after_assessment(incident: Incident, _record: AssessmentRecord, by: Actor, at: datetime) -> None:
    """Arm, move or end the clocks of 5.1(8) as the level stands now: a step after each assessment (A17, A48, A57).

    Lower facts alone end nothing; only a signed finding does.
    """
    if incident.status == IncidentStatus.NOT_AN_INCIDENT:
        _end(incident, by, at)
    elif incident.duty_level in SERIOUS:
        arm_first_limb(incident=incident, by=by, at=at)
    elif _is_found_below(incident):
        _end(incident, by, at)


def arm_first_limb(*, incident: Incident, by: Actor, at: datetime) -> list[Obligation]:
    """Arm every clock of the first limb of 5.1(8) that is owed and does not run yet; return the new ones (A21, A55).

    The incident is locked and at Ⅲ or worse. A moved start makes a new version; a clock is never armed twice.
    """
    family = family_ids(incident)
    start = start_of(incident, family, at)
    held = _first_limb(family)
    deliveries = list(Delivery.objects.filter(incident__in=family))
    facts = set(current_facts(family).values_list("pk", flat=True)) if len(family) > 1 else set()
    made: list[Obligation] = []
    replaced: list[Obligation] = []
    for owed in legs_owed(family):
        theirs = [each for each in held if (each.bearer_id, each.recipient_id, each.leg) == owed.key]
        armed = [each for each in theirs if each.state == ObligationState.ARMED]
        kept = _kept(armed, start, deliveries, facts)
        replaced += _supersede([each for each in armed if each is not kept], kept, at)
        if kept is None:
            version = 1 + max((each.version for each in theirs if each.incident_id == incident.pk), default=0)
            known_at = min([start.known_at, *(each.known_at for each in armed)])
            made.append(_new(incident, owed, start, version=version, known_at=known_at, at=at))
            _set_next_stage(made[-1], deliveries)
    Obligation.objects.bulk_create(made)
    record_all(
        [
            *obligation_entries("reporting.supersede_clock", replaced, incident, by, at),
            *obligation_entries("reporting.arm_clock", made, incident, by, at),
        ]
    )
    if made:
        owe(armed_messages(made, incident, Addressees(each.bearer for each in made)), at=at)
    return made


def _kept(
    armed: Sequence[Obligation], start: Start, deliveries: Iterable[Delivery], facts: set[int]
) -> Obligation | None:
    """Return the armed clock that goes on, None if one must be made.

    One that runs from this start goes on; so does any while no current fact dates the start, the signature alone
    holding the level. Of a joined incident a satisfied one does, unless its own start fact was corrected (A56).
    """
    satisfied = [
        each for each in armed if facts and each.crossing_id in facts and fulfilment(each, deliveries)
    ]
    from_here = [
        each
        for each in armed
        if (each.anchor_earliest, each.anchor_latest) == (start.earliest, start.latest)
        or not start.is_by_facts
    ]
    return next(iter([*satisfied, *from_here]), None)


def _supersede(replaced: Sequence[Obligation], kept: Obligation | None, at: datetime) -> Sequence[Obligation]:
    for obligation in replaced:
        obligation.supersede()
        _close(obligation, JOINED if kept else MOVED, at)
    return replaced


def _is_found_below(incident: Incident) -> bool:
    """Say whether a signed finding, later than the last rise to Ⅲ, puts the incident below it (A57)."""
    finding = LevelConfirmation.objects.filter(incident=incident).order_by("-pk").first()
    if finding is None or IncidentLevel(finding.level) in SERIOUS:
        return False
    since = AssessmentRecord.objects.filter(incident=incident, pk__gt=finding.assessment_id)
    return not since.filter(level__in=[level.value for level in SERIOUS]).exists()


def _end(incident: Incident, by: Actor, at: datetime) -> None:
    """End the clocks that are still open; a leg that was met or late stays judged as it was (A57)."""
    family = family_ids(incident)
    deliveries = list(Delivery.objects.filter(incident__in=family))
    armed = [each for each in _first_limb(family) if each.state == ObligationState.ARMED]
    open_ = [each for each in armed if fulfilment(each, deliveries) is None]
    for obligation in open_:
        obligation.end()
        _close(obligation, FOUND_BELOW, at)
    record_all(obligation_entries("reporting.end_clock", open_, incident, by, at))


def _first_limb(family: Iterable[int]) -> list[Obligation]:
    own = Obligation.objects.filter(incident__in=family, clause=DUTY_5_1_8.clause, ground=Ground.FIRST_LIMB)
    return list(own.select_for_update().order_by("pk"))


def _close(obligation: Obligation, reason: str, at: datetime) -> None:
    obligation.closed_at, obligation.closed_reason = at, reason
    obligation.next_stage, obligation.next_due_at = "", None
    obligation.save()


def _new(
    incident: Incident, owed: LegOwed, start: Start, *, version: int, known_at: datetime, at: datetime
) -> Obligation:
    due = due_times(owed.leg, earliest=start.earliest, latest=start.latest)
    return Obligation(
        incident=incident,
        clause=DUTY_5_1_8.clause,
        ground=Ground.FIRST_LIMB,
        leg=owed.leg.code,
        bearer=owed.bearer,
        recipient=owed.recipient,
        version=version,
        crossing_id=start.fact_id,
        anchor_earliest=start.earliest,
        anchor_latest=start.latest,
        known_at=known_at,
        urgent_target_at=due.urgent_target_at,
        urgent_limit_at=due.urgent_limit_at,
        target_at=due.target_at,
        limit_at=due.limit_at,
        armed_at=at,
    )


def _set_next_stage(obligation: Obligation, deliveries: Iterable[Delivery]) -> None:
    is_fulfilled = fulfilment(obligation, deliveries) is not None
    obligation.next_stage, obligation.next_due_at = next_stage(obligation, (), is_fulfilled=is_fulfilled)
