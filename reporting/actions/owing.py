"""Owe a leg for which the plan prints no hours: once, or anew after each delivery (5.1(4)–(7), A19)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import record_all
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.duties import Leg
from reporting.actions.evidence import obligation_entries
from reporting.models import Ground, LegCode, Obligation, ObligationState
from reporting.selectors import family_deliveries
from reporting.verdicts import fulfilment

AGAIN = "又有新情况，须再次送达"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """What is owed, and why: a leg of the plan for which it prints no hours (A19)."""

    clause: str
    ground: Ground
    leg: LegCode
    is_repeated: bool = False

    @classmethod
    def by(cls, clause: str, ground: Ground, leg: Leg, *, is_repeated: bool = False) -> "Owing":
        """Return it for a leg as the plan has it; `is_repeated`: news after the last delivery is owed anew."""
        return cls(clause=clause, ground=ground, leg=LegCode(leg.code), is_repeated=is_repeated)


def owe_legs(
    *,
    incident: Incident,
    owing: Owing,
    bearer: Organisation,
    recipients: Iterable[Organisation],
    since: datetime,
    by: Actor,
    at: datetime,
) -> list[Obligation]:
    """Let a bearer owe each recipient a leg without hours, once; return those that are new (5.1(4)–(7), A19).

    The incident is locked. One that is owed already goes on; one that was met is owed anew only if it is a repeated one.
    """
    same = Obligation.objects.filter(
        incident__in=family_ids(incident.merged_into or incident),
        clause=owing.clause,
        ground=owing.ground,
        leg=owing.leg,
        bearer=bearer,
    )
    held = list(same.select_for_update().order_by("pk"))
    deliveries = family_deliveries(incident) if held and owing.is_repeated else []
    made: list[Obligation] = []
    replaced: list[Obligation] = []
    for recipient in recipients:
        theirs = [each for each in held if each.recipient_id == recipient.pk]
        standing = [each for each in theirs if each.state == ObligationState.ARMED]
        met = [each for each in standing if owing.is_repeated and fulfilment(each, deliveries)]
        if standing and len(met) < len(standing):
            continue
        replaced += _supersede(met, at)
        version = 1 + max((each.version for each in theirs if each.incident_id == incident.pk), default=0)
        made.append(_leg(incident, owing, bearer, recipient, since=since, version=version, at=at))
    Obligation.objects.bulk_create(made)
    record_all(
        [
            *obligation_entries("reporting.supersede_clock", replaced, incident, by, at),
            *obligation_entries("reporting.owe_notice", made, incident, by, at),
        ]
    )
    return made


def _leg(
    incident: Incident,
    owing: Owing,
    bearer: Organisation,
    recipient: Organisation,
    *,
    since: datetime,
    version: int,
    at: datetime,
) -> Obligation:
    return Obligation(
        incident=incident,
        clause=owing.clause,
        ground=owing.ground,
        leg=owing.leg,
        bearer=bearer,
        recipient=recipient,
        version=version,
        anchor_earliest=since,
        anchor_latest=since,
        known_at=since,
        armed_at=at,
    )


def _supersede(replaced: Sequence[Obligation], at: datetime) -> Sequence[Obligation]:
    for each in replaced:
        each.supersede()
        each.close(reason=AGAIN, at=at)
        each.save()
    return replaced
