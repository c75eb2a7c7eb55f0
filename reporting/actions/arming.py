"""Arm the clocks of one limb of 5.1(8), each bearer's legs to each recipient, and move them with their start (A21, A48, A55)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.actors import Actor
from audit.record import record_all
from incidents.grading import edition_named
from incidents.models import Fact, Incident, Lineage
from incidents.selectors import family_ids
from outbox.actions.messages import owe
from plan.duties import DUTY_5_1_8, in_edition
from reporting.actions.evidence import obligation_entries
from reporting.alerts import Addressees, armed_messages
from reporting.clocks import due_times
from reporting.excuses import OnRecord, move_on
from reporting.first_limb import LegOwed, Start, legs_owed
from reporting.models import Ground, ImportantEvent, Obligation, ObligationState
from reporting.selectors import family_deliveries, family_on_record
from reporting.verdicts import fulfilment

MOVED = "起算事实更正，按新的事发时间重新计时（A48）"
DIVIDED = "事故拆分，按本事故自身的事发时间重新计时（A56）"
JOINED = "事故合并，同一报告主体只保留一只时钟（A55、A56）"
RESCHEDULED = "重要活动日历更正，按活动起止和事实重新计时（A65）"


def arm_limb(
    *,
    incident: Incident,
    ground: Ground,
    start: Start,
    event: ImportantEvent | None = None,
    unless: Collection[tuple[int, int, str]] = (),
    by: Actor,
    at: datetime,
) -> list[Obligation]:
    """Arm every clock of a limb that is owed and does not run yet; return the new ones (5.1(8), A21, A55).

    The incident is locked. A moved start makes a new version; a clock is never armed twice. event: the entry of the
    calendar it runs under. unless: the legs, by bearer, recipient and code, that start no clock.
    """
    family = family_ids(incident)
    held, on_record, ties = limb_clocks(family, ground), family_on_record(incident), _Ties.of(family)
    made: list[Obligation] = []
    replaced: list[Obligation] = []
    for owed in legs_owed(family):
        theirs = [each for each in held if (each.bearer_id, each.recipient_id, each.leg) == owed.key]
        armed = [each for each in theirs if each.state == ObligationState.ARMED]
        kept = _kept(armed, start, event, on_record, ties)
        gone = [each for each in armed if each is not kept]
        replaced += supersede(gone, JOINED if kept else ties.reason(gone, event), at)
        if kept is None and (armed or owed.key not in unless):
            version = 1 + max((each.version for each in theirs if each.incident_id == incident.pk), default=0)
            known = [each.known_at for each in theirs if each in armed or _runs_from(each, start, event)]
            clock = _new(incident, ground, owed, start, version=version, at=at)
            clock.event, clock.known_at = event, min([start.known_at, *known])
            move_on(clock, set(), on_record)
            made.append(clock)
    Obligation.objects.bulk_create(made)
    _write_down(incident, replaced, made, by, at)
    return made


def keep_one_each(*, incident: Incident, ground: Ground, by: Actor, at: datetime) -> None:
    """Let one clock go on per bearer, recipient and leg of those a merge brought together, a satisfied one first (A56)."""
    deliveries = family_deliveries(incident)
    legs: dict[tuple[int, int, str], list[Obligation]] = defaultdict(list)
    for each in limb_clocks(family_ids(incident), ground):
        if each.state == ObligationState.ARMED:
            legs[each.bearer_id, each.recipient_id, each.leg].append(each)
    replaced: list[Obligation] = []
    for same in legs.values():
        kept = next((each for each in same if fulfilment(each, deliveries)), same[0])
        replaced += supersede([each for each in same if each is not kept], JOINED, at)
    _write_down(incident, replaced, [], by, at)


def supersede(replaced: Sequence[Obligation], reason: str, at: datetime) -> Sequence[Obligation]:
    """Close clocks that others take the place of: a part of arming those (A48, A56)."""
    for obligation in replaced:
        obligation.supersede()
        obligation.close(reason=reason, at=at)
        obligation.save()
    return replaced


def limb_clocks(family: Iterable[int], ground: Ground) -> list[Obligation]:
    """Return every clock of a limb that these incidents hold, locked."""
    return locked(Obligation.objects.filter(incident__in=family, clause=DUTY_5_1_8.clause, ground=ground))


def locked(obligations: QuerySet[Obligation]) -> list[Obligation]:
    """Return clocks, locked, in order."""
    own_rows = obligations.select_related("crossing", "event").select_for_update(of=("self",))
    return list(own_rows.order_by("pk"))


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

    def reason(self, replaced: Iterable[Obligation], event: ImportantEvent | None) -> str:
        """Say why clocks were replaced: the calendar changed, their start was corrected, or lies in an incident that is
        another's now.
        """
        if event is not None and any(each.event_id != event.pk for each in replaced):
            return RESCHEDULED
        starts = {each.crossing.incident_id for each in replaced if each.crossing is not None}
        return MOVED if starts <= self.family else DIVIDED


def _kept(
    armed: Sequence[Obligation],
    start: Start,
    event: ImportantEvent | None,
    on_record: OnRecord,
    ties: _Ties,
) -> Obligation | None:
    """Return the armed clock that goes on, None if one must be made.

    One that runs from this start goes on; so does any while no current fact dates the start, the signature alone
    holding the level. Of incidents merged or split a satisfied one does, unless its own start fact was corrected (A56).
    """
    satisfied = [
        each
        for each in armed
        if ties.is_shared and each.crossing_id not in ties.gone and fulfilment(each, on_record.deliveries)
    ]
    from_here = [each for each in armed if _runs_from(each, start, event) or not start.is_by_facts]
    return next(iter([*satisfied, *from_here]), None)


def _runs_from(obligation: Obligation, start: Start, event: ImportantEvent | None) -> bool:
    """Say whether a clock runs from this start, and under any version of the same entry of the calendar."""
    entries = {each.entry_id for each in (obligation.event, event) if each is not None}
    same_start = (obligation.anchor_earliest, obligation.anchor_latest) == (start.earliest, start.latest)
    return same_start and len(entries) <= 1


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


def _new(
    incident: Incident, ground: Ground, owed: LegOwed, start: Start, *, version: int, at: datetime
) -> Obligation:
    leg = in_edition(owed.leg, edition_named(incident.edition))
    due = due_times(leg, earliest=start.earliest, latest=start.latest)
    return Obligation(
        incident=incident,
        clause=DUTY_5_1_8.clause,
        ground=ground,
        leg=owed.leg.code,
        bearer=owed.bearer,
        recipient=owed.recipient,
        version=version,
        crossing_id=start.fact_id,
        anchor_earliest=start.earliest,
        anchor_latest=start.latest,
        urgent_target_at=due.urgent_target_at,
        urgent_limit_at=due.urgent_limit_at,
        target_at=due.target_at,
        limit_at=due.limit_at,
        armed_at=at,
    )
