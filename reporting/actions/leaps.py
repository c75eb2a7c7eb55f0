"""A report that skipped a level: always accepted, its ground on record, the skipped level told the facts (5.1(7), A25)."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import record
from incidents.actions.assessing import lock_families
from incidents.models import Incident
from outbox.actions.messages import owe
from plan.offices import BY_NAME_ALONE, OfficeKind
from plan.reporting import LeapGround, skipped_offices
from reporting.actions.evidence import entered
from reporting.actions.owing import Owing, owe_legs
from reporting.actions.passing import deliver_here, offices, pass_up
from reporting.actions.tips import tipster
from reporting.duty_policies import check_can_leap, check_can_review_leap
from reporting.models import Ground, Leap, LeapReview, LegCode
from reporting.notice_alerts import review_messages
from reporting.notice_evidence import row_entry
from reporting.permissions import check_actor_can_review_leap, check_actor_speaks_for
from reporting.public_choices import ReporterKind

COPYING = Owing(clause="5.1(7)", ground=Ground.LEAP, leg=LegCode.COPY)


@transaction.atomic
def record_leap(  # noqa: PLR0913  each is something such a report is asked for
    *,
    incident: Incident,
    bearer: Organisation | None = None,
    recipient: Organisation,
    ground: LeapGround = LeapGround.OTHER_SPECIAL,
    reason: str = "",
    received_at: datetime,
    channel: str = "",
    receiver: str = "",
    withheld_reason: str = "",
    by: Actor,
    at: datetime,
) -> Leap:
    """Record a report that skipped a level; the skipped level gets the facts, never who gave a tip-off (5.1(7), A25).

    bearer: who reported; left out, a private person, on record nowhere. A ground the plan doesn't name is accepted and
    marked for review. withheld_reason: why a level that is complained of gets no copy; the record is then the city's alone.
    Refused: for another office (403), where no level was skipped or in the future (422); never for its ground.
    """
    incident = lock_families([incident])[incident.pk]
    check_actor_speaks_for(by, incident, recipient)
    bearer = bearer or tipster(ReporterKind.INDIVIDUAL, "", incident)
    skipped = skipped_offices(OfficeKind(bearer.kind), OfficeKind(recipient.kind))
    check_can_leap(skips=bool(skipped), received_at=received_at, at=at)
    leap = Leap.objects.create(
        incident=incident,
        bearer=bearer,
        recipient=recipient,
        ground=ground,
        reason=reason,
        level=incident.duty_level,
        received_at=received_at,
        channel=channel,
        receiver=receiver,
        withheld_reason=withheld_reason,
        **entered(received_at, by, at),
    )
    # What complains of a level must not be read there: neither on the page of the incident nor in its evidence.
    chain = f"org:{by.office}" if withheld_reason else ""
    record(row_entry("reporting.record_leap", leap, incident, by, at, chain=chain, ground=leap.ground))
    if not withheld_reason:
        _copy(leap, skipped, by, at)
    pass_up(incident=incident, knowing=recipient, since=received_at, by=by, at=at)
    if not leap.is_listed:
        owe(review_messages(leap, incident), at=at)
    return leap


@transaction.atomic
def review_leap(*, leap: Leap, note: str, by: Actor, at: datetime) -> LeapReview:
    """Say what was found of a leap on a ground the plan doesn't name (5.1(7), A25); it was accepted all the same.

    Refused: by another office (403), reviewed already or nothing to review (409), without a word (422).
    """
    incident = lock_families([leap.incident])[leap.incident_id]
    check_actor_can_review_leap(by)
    is_reviewed = LeapReview.objects.filter(leap=leap).exists()
    check_can_review_leap(leap, is_reviewed=is_reviewed, note=note)
    review = LeapReview.objects.create(
        leap=leap, note=note, reviewed_by=by.ref, office=by.office, reviewed_at=at
    )
    chain = f"org:{leap.office}" if leap.withheld_reason else ""
    record(row_entry("reporting.review_leap", review, incident, by, at, chain=chain))
    return review


def _copy(leap: Leap, skipped: list[OfficeKind], by: Actor, at: datetime) -> None:
    """Tell each skipped office at once: from the office that got the report, or from the bearer if that is above the city."""
    sender = leap.recipient if leap.bearer.kind in BY_NAME_ALONE else leap.bearer
    told = offices(skipped, of=_of_county(leap))
    legs = owe_legs(
        incident=leap.incident,
        owing=COPYING,
        bearer=sender,
        recipients=told,
        since=leap.received_at,
        by=by,
        at=at,
    )
    deliver_here(incident=leap.incident, legs=legs, since=leap.received_at, by=by, at=at)


def _of_county(leap: Leap) -> Organisation:
    """Return an office of the county whose level may have been skipped: of the incident's (5.1(7): 属地)."""
    return Organisation.objects.select_related("jurisdiction__host").get(
        kind=OfficeKind.COUNTY_REGULATOR, jurisdiction=leap.incident.county
    )
