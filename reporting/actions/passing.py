"""Legs without hours: owe them, deliver them through this system, pass what arrived on to the next level (5.1(4)–(7), A64)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import JurisdictionKind, Organisation
from audit.record import record_all
from incidents.models import Incident
from incidents.selectors import family_ids
from outbox.actions.messages import owe
from plan.duties import DUTY_5_1_6_COUNTY, HOPS, NOTIFY_AT_ONCE, Leg
from plan.offices import OfficeKind, Tier
from reporting.actions.evidence import delivery_entries, obligation_entries
from reporting.models import Delivery, Ground, LegCode, Obligation, ObligationState, Report
from reporting.notice_alerts import arrival_messages, owed_messages
from reporting.selectors import family_deliveries
from reporting.verdicts import fulfilment

AGAIN = "又有新情况，须再次送达"
# The county regulator's report goes on by itself, never waiting for verification (A64).
FORWARDED = OfficeKind.COUNTY_REGULATOR


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


def deliver_here(
    *,
    incident: Incident,
    legs: Sequence[Obligation],
    report: Report | None = None,
    content: str = "",
    since: datetime,
    by: Actor,
    at: datetime,
) -> list[Delivery]:
    """Deliver legs through this system now, and pass on what so reached an office that must (5.1(7), A18).

    since: when the county knew, which is its government's knowledge too (A49).
    """
    made = Delivery.objects.bulk_create(
        Delivery(
            incident=incident,
            bearer=each.bearer,
            recipient=each.recipient,
            leg=each.leg,
            channel=_("本系统"),
            received_at=at,
            content=content,
            report=report,
            entered_by=by.ref,
            office=by.office,
            entered_at=at,
        )
        for each in legs
    )
    record_all(delivery_entries("reporting.deliver_notice", made, incident, by, at))
    owe(arrival_messages(made, incident), at=at)
    for each in made:
        pass_up(incident=incident, knowing=each.recipient, since=since, by=by, at=at)
    return made


def tell_regulator(
    *,
    incident: Incident,
    office: Organisation,
    report: Report | None,
    since: datetime,
    by: Actor,
    at: datetime,
) -> None:
    """Let what an office learned reach the regulator of its level at once, which passes it on (5.1(6), 5.1(7)).

    The regulator itself, and the office that is housed in it, tell nobody here. The incident is locked.
    """
    regulator = regulator_of(office)
    if office.pk in {regulator.pk, regulator.houses_id}:
        pass_up(incident=incident, knowing=regulator, since=since, by=by, at=at)
        return
    owing = Owing.by(DUTY_5_1_6_COUNTY.clause, Ground.LEARNED, NOTIFY_AT_ONCE)
    legs = owe_legs(
        incident=incident, owing=owing, bearer=office, recipients=[regulator], since=since, by=by, at=at
    )
    deliver_here(incident=incident, legs=legs, report=report, since=since, by=by, at=at)


def regulator_of(office: Organisation) -> Organisation:
    """Return the food-safety regulator of an office's level: market regulation, of its county or of the city (A27, A53)."""
    is_city = office.jurisdiction.kind == JurisdictionKind.CITY
    (regulator,) = offices([OfficeKind.CITY_REGULATOR if is_city else OfficeKind.COUNTY_REGULATOR], of=office)
    return regulator


def pass_up(*, incident: Incident, knowing: Organisation, since: datetime, by: Actor, at: datetime) -> None:
    """Let an office that knows owe its report to the next level, once; a county regulator's goes on at once (5.1(7), A64).

    The incident is locked. Nothing is owed by an office that has no next level.
    """
    duty = HOPS.get(OfficeKind(knowing.kind))
    if duty is None:
        return
    (leg,) = duty.legs
    owing = Owing.by(duty.clause, Ground.LEVELS, leg)
    made = owe_legs(
        incident=incident,
        owing=owing,
        bearer=knowing,
        recipients=offices(duty.recipients, of=knowing),
        since=since if OfficeKind(knowing.kind).level is Tier.COUNTY else at,
        by=by,
        at=at,
    )
    if knowing.kind == FORWARDED:
        deliver_here(incident=incident, legs=made, since=since, by=by, at=at)
    else:
        owe(owed_messages(made, incident), at=at)


def offices(kinds: Iterable[OfficeKind], *, of: Organisation) -> list[Organisation]:
    """Return the one office of each kind, a county's in the county of an organisation; raises LookupError (5.1(7))."""
    wanted = list(kinds)
    county = of.jurisdiction.county
    known: Mapping[str, Organisation] = {
        each.kind: each
        for each in Organisation.objects.filter(kind__in=wanted).select_related("jurisdiction__host")
        if OfficeKind(each.kind).level is not Tier.COUNTY or each.jurisdiction_id == county.pk
    }
    missing = [kind.value for kind in wanted if kind not in known]
    if missing:
        raise LookupError(f"the reference data lack {', '.join(missing)} of {county.code}")
    return [known[kind] for kind in wanted]


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
