"""The clocks of 5.1(8): arm them, move them with their start, end them by a signed finding.

The door to every clock: firing and the legs of 5.1(3) are told in their own modules and offered here too.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.actors import Actor
from audit.record import record_all
from incidents.models import AssessmentRecord, Fact, Incident, IncidentStatus, LevelConfirmation, Lineage
from incidents.selectors import family_ids
from outbox.actions.messages import owe
from plan.duties import DUTY_5_1_8
from plan.levels import IncidentLevel
from reporting.actions.cluster_legs import arm_cluster_legs
from reporting.actions.evidence import obligation_entries
from reporting.actions.firing import fire_due
from reporting.alerts import Addressees, armed_messages
from reporting.clocks import due_times
from reporting.excuses import OnRecord, move_on
from reporting.first_limb import SERIOUS, LegOwed, Start, legs_owed, start_of
from reporting.models import Ground, Obligation, ObligationState
from reporting.selectors import family_deliveries, family_on_record
from reporting.verdicts import fulfilment

__all__ = ["arm_after_assessment", "arm_cluster_legs", "arm_first_limb", "fire_due"]

MOVED = "起算事实更正，按新的事发时间重新计时（A48）"
DIVIDED = "事故拆分，按本事故自身的事发时间重新计时（A56）"
JOINED = "事故合并，同一报告主体只保留一只时钟（A55、A56）"
FOUND_BELOW = "经签署核定，不属于较大以上食品安全事故（A57）"


def arm_after_assessment(incident: Incident, _record: AssessmentRecord, by: Actor, at: datetime) -> None:
    """Arm, move or end the clocks of 5.1(8) as the level stands now: a step after each assessment (A17, A48, A57).

    Lower facts alone end nothing; only a signed finding does.
    """
    family = family_ids(incident)
    if incident.status == IncidentStatus.NOT_AN_INCIDENT:
        # What comes from no food obliges nobody: neither governments nor operators and units (A57).
        owed = Obligation.objects.filter(incident__in=family, limit_at__isnull=False)
        _end(incident, _locked(owed), by, at)
    elif incident.duty_level in SERIOUS:
        arm_first_limb(incident=incident, by=by, at=at)
    elif _is_found_below(incident):
        _end(incident, _first_limb(family), by, at)
    elif len(family) > 1:
        _keep_one_each(incident, _first_limb(family), by, at)


def arm_first_limb(*, incident: Incident, by: Actor, at: datetime) -> list[Obligation]:
    """Arm every clock of the first limb of 5.1(8) that is owed and does not run yet; return the new ones (A21, A55).

    The incident is locked and at Ⅲ or worse. A moved start makes a new version; a clock is never armed twice.
    """
    family = family_ids(incident)
    start = start_of(incident, family, at)
    held, on_record, ties = _first_limb(family), family_on_record(incident), _Ties.of(family)
    made: list[Obligation] = []
    replaced: list[Obligation] = []
    for owed in legs_owed(family):
        theirs = [each for each in held if (each.bearer_id, each.recipient_id, each.leg) == owed.key]
        armed = [each for each in theirs if each.state == ObligationState.ARMED]
        kept = _kept(armed, start, on_record, ties)
        gone = [each for each in armed if each is not kept]
        replaced += _supersede(gone, JOINED if kept else ties.reason(gone), at)
        if kept is None:
            version = 1 + max((each.version for each in theirs if each.incident_id == incident.pk), default=0)
            known = [each.known_at for each in theirs if each in armed or _runs_from(each, start)]
            made.append(
                _new(incident, owed, start, version=version, known_at=min([start.known_at, *known]), at=at)
            )
            move_on(made[-1], set(), on_record)
    Obligation.objects.bulk_create(made)
    _write_down(incident, replaced, made, by, at)
    return made


@dataclass(frozen=True, slots=True)
class _Ties:
    """Whether incidents were ever one with others, and which of their facts no longer stand."""

    family: frozenset[int]
    is_shared: bool
    gone: frozenset[int]

    @classmethod
    def of(cls, family: Sequence[int]) -> "_Ties":
        """Read it for a family of incidents."""
        shared = Lineage.objects.filter(Q(whole__in=family) | Q(part__in=family)).exists()
        gone = (
            Fact.objects.filter(incident__in=family, corrected_by__isnull=False)
            if shared
            else Fact.objects.none()
        )
        return cls(frozenset(family), shared, frozenset(gone.values_list("pk", flat=True)))

    def reason(self, replaced: Iterable[Obligation]) -> str:
        """Say why clocks were replaced: their start was corrected, or lies in an incident that is another's now."""
        starts = {each.crossing.incident_id for each in replaced if each.crossing is not None}
        return MOVED if starts <= self.family else DIVIDED


def _kept(armed: Sequence[Obligation], start: Start, on_record: OnRecord, ties: _Ties) -> Obligation | None:
    """Return the armed clock that goes on, None if one must be made.

    One that runs from this start goes on; so does any while no current fact dates the start, the signature alone
    holding the level. Of incidents merged or split a satisfied one does, unless its own start fact was corrected (A56).
    """
    satisfied = [
        each
        for each in armed
        if ties.is_shared and each.crossing_id not in ties.gone and fulfilment(each, on_record.deliveries)
    ]
    from_here = [each for each in armed if _runs_from(each, start) or not start.is_by_facts]
    return next(iter([*satisfied, *from_here]), None)


def _runs_from(obligation: Obligation, start: Start) -> bool:
    return (obligation.anchor_earliest, obligation.anchor_latest) == (start.earliest, start.latest)


def _keep_one_each(incident: Incident, held: Iterable[Obligation], by: Actor, at: datetime) -> None:
    """Of clocks that a merge brought together below Ⅲ one goes on per bearer, recipient and leg, a satisfied one first."""
    deliveries = family_deliveries(incident)
    legs: dict[tuple[int, int, str], list[Obligation]] = defaultdict(list)
    for each in held:
        if each.state == ObligationState.ARMED:
            legs[each.bearer_id, each.recipient_id, each.leg].append(each)
    replaced: list[Obligation] = []
    for same in legs.values():
        kept = next((each for each in same if fulfilment(each, deliveries)), same[0])
        replaced += _supersede([each for each in same if each is not kept], JOINED, at)
    _write_down(incident, replaced, [], by, at)


def _supersede(replaced: Sequence[Obligation], reason: str, at: datetime) -> Sequence[Obligation]:
    for obligation in replaced:
        obligation.supersede()
        obligation.close(reason=reason, at=at)
        obligation.save()
    return replaced


def _write_down(
    incident: Incident, replaced: Sequence[Obligation], made: Sequence[Obligation], by: Actor, at: datetime
) -> None:
    """Record what was replaced and made, and tell each bearer's side of its new clocks."""
    record_all(
        [
            *obligation_entries("reporting.supersede_clock", replaced, incident, by, at),
            *obligation_entries("reporting.arm_clock", made, incident, by, at),
        ]
    )
    if made:
        owe(armed_messages(made, incident, Addressees(each.bearer for each in made)), at=at)


def _is_found_below(incident: Incident) -> bool:
    """Say whether a signed finding, later than the last rise to Ⅲ, puts the incident below it (A57)."""
    finding = LevelConfirmation.objects.filter(incident=incident).order_by("-pk").first()
    if finding is None or IncidentLevel(finding.level) in SERIOUS:
        return False
    since = AssessmentRecord.objects.filter(incident=incident, pk__gt=finding.assessment_id)
    return not since.filter(level__in=[level.value for level in SERIOUS]).exists()


def _end(incident: Incident, held: Iterable[Obligation], by: Actor, at: datetime) -> None:
    """End the clocks that are still open; a leg that was met or late stays judged as it was (A57)."""
    deliveries = family_deliveries(incident)
    armed = [each for each in held if each.state == ObligationState.ARMED]
    open_ = [each for each in armed if fulfilment(each, deliveries) is None]
    for obligation in open_:
        obligation.end()
        obligation.close(reason=FOUND_BELOW, at=at)
        obligation.save()
    record_all(obligation_entries("reporting.end_clock", open_, incident, by, at))


def _first_limb(family: Iterable[int]) -> list[Obligation]:
    return _locked(
        Obligation.objects.filter(incident__in=family, clause=DUTY_5_1_8.clause, ground=Ground.FIRST_LIMB)
    )


def _locked(obligations: QuerySet[Obligation]) -> list[Obligation]:
    own_rows = obligations.select_related("crossing").select_for_update(of=("self",))
    return list(own_rows.order_by("pk"))


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
