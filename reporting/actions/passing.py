"""Deliver legs without hours, through this system or as received, and pass what arrived on to the next level (5.1(7), A64)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import JurisdictionKind, Organisation
from audit.record import record_all
from incidents.models import Incident
from incidents.permissions import involved_counties
from outbox.actions.messages import owe
from plan.duties import DUTY_5_1_6_COUNTY, HOPS, NOTIFY_AT_ONCE
from plan.offices import BY_NAME_ALONE, OfficeKind, Tier
from reporting.actions.evidence import delivery_entries, entered
from reporting.actions.owing import Owing, owe_legs
from reporting.models import Delivery, Ground, Obligation, Report
from reporting.notice_alerts import arrival_messages, owed_messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How legs were delivered: when they reached the recipients (A18), which way, to whom, what was said."""

    received_at: datetime
    channel: str = ""
    receiver: str = ""
    content: str = ""
    report: Report | None = None
    action: str = "reporting.deliver_notice"


# The county regulator's report goes on by itself, never waiting for verification (A64).
FORWARDED = OfficeKind.COUNTY_REGULATOR


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

    Those who are on record by name alone have no inbox: their legs stay open until it is entered when they were told.
    since: when the county knew, which is its government's knowledge too (A49).
    """
    receipt = Receipt(received_at=at, channel=_("本系统"), content=content, report=report)
    here = reached_here(legs)
    made = write_receipts(incident=incident, legs=here, receipt=receipt, since=since, by=by, at=at)
    owe(arrival_messages(made, incident), at=at)
    return made


def reached_here(legs: Iterable[Obligation]) -> list[Obligation]:
    """Return the legs whose recipients have an inbox in this system (A18)."""
    return [each for each in legs if each.recipient.kind not in BY_NAME_ALONE]


def write_receipts(
    *,
    incident: Incident,
    legs: Sequence[Obligation],
    receipt: Receipt,
    since: datetime,
    by: Actor,
    at: datetime,
) -> list[Delivery]:
    """Write that legs were delivered, and let who must pass it on to the next level (5.1(7)); the incident is locked."""
    made = Delivery.objects.bulk_create(
        Delivery(
            incident=incident,
            bearer=each.bearer,
            recipient=each.recipient,
            leg=each.leg,
            **{name: getattr(receipt, name) for name in Receipt.__slots__ if name != "action"},
            **entered(receipt.received_at, by, at),
        )
        for each in legs
    )
    record_all(delivery_entries(receipt.action, made, incident, by, at))
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


def tell_place(
    *, incident: Incident, knowing: Organisation, since: datetime, by: Actor, at: datetime
) -> None:
    """Pass on what a hospital's county learnt, and tell the regulator of the place if that is elsewhere (5.1(6), 5.1(7)).

    The incident is locked.
    """
    pass_up(incident=incident, knowing=knowing, since=since, by=by, at=at)
    if knowing.kind != OfficeKind.COUNTY_REGULATOR or knowing.jurisdiction_id == incident.county_id:
        return
    theirs = Organisation.objects.filter(kind=OfficeKind.COUNTY_REGULATOR, jurisdiction=incident.county)
    legs = owe_legs(
        incident=incident,
        owing=Owing.by(DUTY_5_1_6_COUNTY.clause, Ground.LEARNED, NOTIFY_AT_ONCE),
        bearer=knowing,
        recipients=theirs.select_related("jurisdiction__host"),
        since=since,
        by=by,
        at=at,
    )
    deliver_here(incident=incident, legs=legs, since=since, by=by, at=at)


def regulator_of(office: Organisation) -> Organisation:
    """Return the food-safety regulator of an office's level: market regulation, of its county or of the city (A27, A53)."""
    is_city = office.jurisdiction.kind == JurisdictionKind.CITY
    (regulator,) = offices([OfficeKind.CITY_REGULATOR if is_city else OfficeKind.COUNTY_REGULATOR], of=office)
    return regulator


def pass_up(*, incident: Incident, knowing: Organisation, since: datetime, by: Actor, at: datetime) -> None:
    """Let an office that knows owe its report to the next level, once; a county regulator's goes on at once (5.1(7), A64).

    The incident is locked. Nothing is owed by an office that has no next level, or of a county that is not concerned (属地).
    """
    duty = HOPS.get(OfficeKind(knowing.kind))
    if duty is None or not _is_concerned(knowing, incident):
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


def _is_concerned(office: Organisation, incident: Incident) -> bool:
    return OfficeKind(office.kind).level is not Tier.COUNTY or office.jurisdiction_id in involved_counties(
        incident
    )
