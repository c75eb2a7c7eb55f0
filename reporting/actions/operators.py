"""Operators and units that must report to the county regulator within an hour (5.1(1), 5.1(2))."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Jurisdiction, Organisation
from audit.record import record_all
from incidents.actions.assessing import lock_families
from incidents.grading import edition_named
from incidents.models import Incident, Place
from incidents.policies import check_is_open
from plan.duties import DUTY_5_1_1, DUTY_5_1_2, ReportingDuty, in_edition
from plan.offices import OfficeKind
from reporting.actions.clocks import MOVED
from reporting.actions.deliveries import record_delivery
from reporting.actions.evidence import obligation_entries
from reporting.bodies import body_named
from reporting.clocks import due_times
from reporting.excuses import move_on
from reporting.models import Ground, LegCode, Obligation, ObligationState
from reporting.permissions import check_actor_can_record_operator
from reporting.policies import check_can_move_start, check_can_start_hour
from reporting.selectors import family_on_record

# The column holds no more.
LONGEST_REASON = 300


class OperatorDuty(enum.StrEnum):
    """Whose duty it is: of a food operator that discovers harm, or of a unit where people fell ill together."""

    OPERATOR = "5.1(1)"
    UNIT = "5.1(2)"


@dataclass(frozen=True, slots=True)
class _Kind:
    duty: ReportingDuty
    ground: Ground
    bearer: OfficeKind


_KINDS = {
    OperatorDuty.OPERATOR: _Kind(DUTY_5_1_1, Ground.OPERATOR, OfficeKind.OPERATOR),
    OperatorDuty.UNIT: _Kind(DUTY_5_1_2, Ground.UNIT, OfficeKind.UNIT),
}


@transaction.atomic
def record_operator_report(  # noqa: PLR0913  each is something such a report is asked for
    *,
    incident: Incident,
    duty: OperatorDuty,
    reporter: str = "",
    place: Place | None = None,
    discovered_at: datetime | None = None,
    occurred_earliest: datetime | None = None,
    occurred_latest: datetime | None = None,
    known_at: datetime | None = None,
    received_at: datetime | None = None,
    recipient: Organisation | None = None,
    channel: str = "",
    receiver: str = "",
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Obligation:
    """Start the hour of an operator, from its discovery, or of a unit, from when its people fell ill together (A20).

    Whether it has reported yet or not: without `received_at` the hour runs, or has passed. recipient: who got the report
    if not the county regulator, which leaves the leg open (A46). reporter: its name, for a place that is not registered.
    known_at: when it knew, if later than the start (A16). The same start entered again only adds the receipt; another
    start needs a reason and makes a new version (A48). Refused: without the right (403), on a closed incident (409), for
    a start that is missing or can't be (422).
    """
    locked = lock_families([incident])
    incident = locked[incident.pk]
    check_actor_can_record_operator(by, incident)
    check_is_open(incident.merged_into or incident)
    if duty == OperatorDuty.OPERATOR:
        occurred_earliest = occurred_latest = discovered_at
    start = check_can_start_hour(
        clause=duty, earliest=occurred_earliest, latest=occurred_latest, known_at=known_at, at=at
    )
    county = place.county if place else incident.county
    bearer = body_named(_KINDS[duty].bearer, place or reporter, county, clause=duty)
    made = _clock(_KINDS[duty], incident, bearer, county, start)
    made.known_at, made.armed_at = known_at or made.anchor_latest, at
    clock = _arm(made, list(locked), reason, by, at)
    if received_at is not None:
        record_delivery(
            incident=clock.incident,
            bearer=bearer,
            recipient=recipient or clock.recipient,
            leg=LegCode.REPORT,
            received_at=received_at,
            channel=channel,
            receiver=receiver,
            by=by,
            at=at,
        )
    return Obligation.objects.select_related("bearer", "recipient", "incident").get(pk=clock.pk)


def _clock(
    kind: _Kind,
    incident: Incident,
    bearer: Organisation,
    county: Jurisdiction,
    start: tuple[datetime, datetime],
) -> Obligation:
    (leg,), (recipient,) = kind.duty.legs, kind.duty.recipients
    due = due_times(in_edition(leg, edition_named(incident.edition)), earliest=start[0], latest=start[1])
    return Obligation(
        incident=incident,
        clause=kind.duty.clause,
        ground=kind.ground,
        leg=LegCode.REPORT,
        bearer=bearer,
        recipient=Organisation.objects.get(kind=recipient, jurisdiction=county),
        anchor_earliest=start[0],
        anchor_latest=start[1],
        urgent_limit_at=due.urgent_limit_at,
        limit_at=due.limit_at,
    )


def _arm(made: Obligation, family: Sequence[int], reason: str, by: Actor, at: datetime) -> Obligation:
    """Return the clock that runs from this start already, or save this one in place of any other (A48)."""
    same = Obligation.objects.filter(
        incident__in=family,
        clause=made.clause,
        ground=made.ground,
        bearer=made.bearer,
        recipient=made.recipient,
    )
    held = list(same.select_for_update().order_by("pk"))
    armed = next((each for each in held if each.state == ObligationState.ARMED), None)
    start = (made.anchor_earliest, made.anchor_latest)
    if armed is not None and (armed.anchor_earliest, armed.anchor_latest) == start:
        return armed
    if armed is not None:
        check_can_move_start(clause=made.clause, reason=reason)
        armed.supersede()
        armed.close(reason=f"{MOVED}：{reason}"[:LONGEST_REASON], at=at)
        armed.save()
        made.incident = armed.incident
    made.version = 1 + max((each.version for each in held if each.incident_id == made.incident_id), default=0)
    move_on(made, set(), family_on_record(made.incident))
    made.save(force_insert=True)
    replaced = [armed] if armed else []
    record_all(
        [
            *obligation_entries("reporting.supersede_clock", replaced, made.incident, by, at),
            *obligation_entries("reporting.arm_clock", [made], made.incident, by, at),
        ]
    )
    return made
