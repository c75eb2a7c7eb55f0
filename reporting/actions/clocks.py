"""The clocks of 5.1(8): arm them under both limbs, end them by a signed finding.

The door to every clock: how a limb is armed, firing and the legs of 5.1(3) are told in their own modules.
"""

from collections.abc import Iterable
from datetime import datetime

from accounts.actors import Actor
from audit.record import record_all
from incidents.models import AssessmentRecord, Incident, IncidentStatus, LevelConfirmation
from incidents.persons import EachOnce
from incidents.selectors import family_ids
from incidents.steps import Assessed
from plan.levels import IncidentLevel
from reporting.actions.arming import MOVED, arm_limb, keep_one_each, limb_clocks, locked
from reporting.actions.cluster_legs import arm_cluster_legs
from reporting.actions.evidence import obligation_entries
from reporting.actions.firing import fire_due
from reporting.first_limb import SERIOUS, known_since, start_of
from reporting.models import Ground, ImportantEvent, Obligation, ObligationState
from reporting.second_limb import Within, within_event
from reporting.selectors import family_deliveries
from reporting.verdicts import fulfilment

__all__ = ["MOVED", "arm_after_assessment", "arm_cluster_legs", "arm_owed", "fire_due"]

FOUND_BELOW = "经签署核定，不属于较大以上食品安全事故（A57）"
OUT_OF_EVENT = "重要活动日历更正，本事故不在活动的期间或区域内（A22）"


def arm_after_assessment(incident: Incident, assessed: Assessed, by: Actor, at: datetime) -> None:
    """Arm, move or end the clocks of 5.1(8) as the level stands now: a step after each assessment (A17, A48, A57).

    Lower facts alone end nothing; only a signed finding does.
    """
    family = family_ids(incident)
    if incident.status == IncidentStatus.NOT_AN_INCIDENT:
        # What comes from no food obliges nobody (A57).
        _end(incident, locked(Obligation.objects.filter(incident__in=family)), FOUND_BELOW, by, at)
        return
    if incident.duty_level not in SERIOUS and _is_found_below(incident):
        _end(incident, limb_clocks(family, Ground.FIRST_LIMB), FOUND_BELOW, by, at)
    elif incident.duty_level not in SERIOUS and len(family) > 1:
        keep_one_each(incident=incident, ground=Ground.FIRST_LIMB, by=by, at=at)
    arm_owed(incident=incident, once=assessed.once, by=by, at=at)


def arm_owed(
    *, incident: Incident, once: EachOnce | None = None, by: Actor, at: datetime
) -> list[Obligation]:
    """Arm every clock of 5.1(8) that is owed and does not run yet; return the new ones (A21, A22, A55, A65).

    The incident is locked. At Ⅲ or worse under the first limb; within an important event under the second, at any
    level: both, once an incident within an event reaches Ⅲ (A55). once: its facts, where they have been read just now.
    """
    family, made = family_ids(incident), []
    if incident.duty_level in SERIOUS:
        start = start_of(incident, family, at, once)
        made += arm_limb(incident=incident, ground=Ground.FIRST_LIMB, start=start, by=by, at=at)
    within = within_event(family, at)
    if within is not None:
        made += _arm_within(incident, within, by, at)
    elif len(family) > 1:
        keep_one_each(incident=incident, ground=Ground.SECOND_LIMB, by=by, at=at)
    return made


def follow_calendar(*, incident: Incident, event: ImportantEvent, by: Actor, at: datetime) -> None:
    """Arm, move or end an incident's clocks after an entry of the calendar was made, changed or cancelled (A22, A65).

    The incident is locked. Only a change of the calendar ends them: an event's end stops no clock.
    """
    arm_owed(incident=incident, by=by, at=at)
    family = family_ids(incident)
    if within_event(family, at) is None:
        held = limb_clocks(family, Ground.SECOND_LIMB)
        gone = [each for each in held if each.event is not None and each.event.entry_id == event.entry_id]
        _end(incident, gone, OUT_OF_EVENT, by, at)


def _arm_within(incident: Incident, within: Within, by: Actor, at: datetime) -> list[Obligation]:
    """Arm the second limb, but not what is owed as Ⅲ since no later a moment: that starts no second clock (A55)."""
    family = family_ids(incident)
    start = within.start(known_since(incident, family, at))
    owed_already = {
        (each.bearer_id, each.recipient_id, each.leg)
        for each in limb_clocks(family, Ground.FIRST_LIMB)
        if each.state == ObligationState.ARMED and each.anchor_latest <= start.latest
    }
    return arm_limb(
        incident=incident,
        ground=Ground.SECOND_LIMB,
        start=start,
        event=within.event,
        unless=owed_already,
        by=by,
        at=at,
    )


def _is_found_below(incident: Incident) -> bool:
    """Say whether a signed finding, later than the last rise to Ⅲ, puts the incident below it (A57)."""
    finding = LevelConfirmation.objects.filter(incident=incident).order_by("-pk").first()
    if finding is None or IncidentLevel(finding.level) in SERIOUS:
        return False
    since = AssessmentRecord.objects.filter(incident=incident, pk__gt=finding.assessment_id)
    return not since.filter(level__in=[level.value for level in SERIOUS]).exists()


def _end(incident: Incident, held: Iterable[Obligation], reason: str, by: Actor, at: datetime) -> None:
    """End the clocks that are still open; a leg that was met or late stays judged as it was (A57)."""
    deliveries = family_deliveries(incident)
    armed = [each for each in held if each.state == ObligationState.ARMED]
    open_ = [each for each in armed if fulfilment(each, deliveries) is None]
    for obligation in open_:
        obligation.end()
        obligation.close(reason=reason, at=at)
        obligation.save()
    record_all(obligation_entries("reporting.end_clock", open_, incident, by, at))
