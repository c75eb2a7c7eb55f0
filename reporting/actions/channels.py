"""The emergency channels that recipients declare, what came by others, and calls that nobody answered (5.1(8), A54)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import Entry, record
from incidents.actions.assessing import lock, lock_families
from incidents.models import Incident
from reporting.actions.evidence import attempt_entries, entered, retraction_entry
from reporting.channel_policies import (
    check_can_declare,
    check_can_end_channel,
    check_can_review,
    is_undeclared,
)
from reporting.models import AttemptRetraction, CallAttempt, ChannelReview, DeclaredChannel, Delivery
from reporting.permissions import check_actor_can_record_delivery, check_actor_speaks_for_recipient
from reporting.policies import check_can_record_attempt, check_can_retract_attempt


@transaction.atomic
def declare_channel(
    *,
    organisation: Organisation,
    name: str,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> DeclaredChannel:
    """Declare an emergency channel of a recipient, valid from now unless said otherwise (5.1(8), A54).

    Refused: by another office (403), for a body that receives no such reports, without a name or for a period that
    can't be (422), while the same one is in use (409).
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    check_actor_speaks_for_recipient(by, organisation)
    own = DeclaredChannel.objects.filter(organisation=organisation, name=name.strip(), until_at__isnull=True)
    start = from_at or at
    check_can_declare(organisation, name, from_at=start, until_at=until_at, is_declared=own.exists())
    channel = DeclaredChannel.objects.create(
        organisation=organisation,
        name=name.strip(),
        from_at=start,
        until_at=until_at,
        declared_by=by.ref,
        declared_at=at,
    )
    _write_down("reporting.declare_channel", channel, by, at)
    return channel


@transaction.atomic
def end_channel(*, channel: DeclaredChannel, by: Actor, at: datetime) -> DeclaredChannel:
    """Take a declared channel out of use; what came by it before stays as it was (A54).

    Refused: by another office (403), once it has ended (409).
    """
    channel = (
        DeclaredChannel.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=channel.pk)
    )
    check_actor_speaks_for_recipient(by, channel.organisation)
    check_can_end_channel(channel, at)
    channel.until_at = max(at, channel.from_at)
    channel.save(update_fields=["until_at"])
    _write_down("reporting.end_channel", channel, by, at)
    return channel


def question_channel(*, delivery: Delivery, by: Actor, at: datetime) -> None:
    """Mark a delivery for review if its recipient had not declared its channel: a part of recording it (A54)."""
    if delivery.is_retraction or not is_undeclared(delivery):
        return
    ChannelReview.objects.create(delivery=delivery, asked_at=at)
    record(_about(delivery, "reporting.question_channel", by, at, {}))


@transaction.atomic
def review_channel(*, review: ChannelReview, note: str, by: Actor, at: datetime) -> ChannelReview:
    """Say what was found of a report that came by a channel nobody had declared (A54); it counted all along.

    Refused: by another office than the recipient and 市食药安办 (403), without a note (422), twice (409).
    """
    lock([review.delivery.incident_id])
    found = ChannelReview.objects.select_for_update(of=("self",))
    review = found.select_related("delivery__incident", "delivery__recipient").get(pk=review.pk)
    check_actor_speaks_for_recipient(by, review.delivery.recipient)
    check_can_review(review, note)
    review.reviewed_at, review.reviewed_by, review.office, review.note = at, by.ref, by.office, note
    review.save()
    record(_about(review.delivery, "reporting.review_channel", by, at, {"review": review.pk}))
    return review


@transaction.atomic
def record_attempt(
    *,
    incident: Incident,
    bearer: Organisation,
    recipient: Organisation,
    attempted_at: datetime,
    channel: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
) -> CallAttempt:
    """Record a call that nobody answered: evidence that one tried; it closes nothing (5.1(8), A54).

    The same attempt entered twice is one. Refused: by neither side (403), in the future (422).
    """
    locked = lock_families([incident])
    incident = locked[incident.pk]
    check_actor_can_record_delivery(by, incident, bearer=bearer, recipient=recipient)
    check_can_record_attempt(attempted_at=attempted_at, at=at)
    said = {
        "bearer": bearer,
        "recipient": recipient,
        "attempted_at": attempted_at,
        "channel": channel,
        "note": note,
    }
    known = CallAttempt.objects.filter(incident__in=locked, retraction__isnull=True, **said).first()
    if known is not None:
        return known
    attempt = CallAttempt.objects.create(incident=incident, **said, **entered(attempted_at, by, at))
    record(*attempt_entries("reporting.record_attempt", [attempt], incident, by, at))
    return attempt


@transaction.atomic
def retract_attempt(*, attempt: CallAttempt, reason: str, by: Actor, at: datetime) -> AttemptRetraction:
    """Take back a call without an answer that never was, by a new row that says why (5.1, 5.1(8), A54).

    It closed nothing, so that no verdict moves. After a split the row of the other side is taken back too (A56).
    Refused: by neither side (403), without a reason (422), taken back already (409).
    """
    locked = lock_families(each.incident for each in _same_call(attempt))
    check_actor_can_record_delivery(by, *locked.values(), bearer=attempt.bearer, recipient=attempt.recipient)
    fresh = _same_call(attempt)
    check_can_retract_attempt(next(each for each in fresh if each.pk == attempt.pk), reason)
    made = {}
    for each in fresh:
        if each.taken_back is None:
            row = AttemptRetraction.objects.create(
                attempt=each, reason=reason, entered_by=by.ref, office=by.office, entered_at=at
            )
            whole = locked[each.incident_id]
            record(retraction_entry(row, whole, by, at))
            made[each.pk] = row
    return made[attempt.pk]


def _same_call(attempt: CallAttempt) -> list[CallAttempt]:
    """Return the rows of one call, each in an incident of its own, the original first (A56)."""
    origin = attempt.inherited_from_id or attempt.pk
    same = CallAttempt.objects.filter(Q(pk=origin) | Q(inherited_from=origin))
    return list(
        same.select_related("incident__merged_into", "bearer", "recipient", "retraction").order_by("pk")
    )


def _about(delivery: Delivery, action: str, by: Actor, at: datetime, payload: dict[str, Any]) -> Entry:
    return Entry(
        chain=delivery.incident.chain,
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=f"delivery:{delivery.pk}",
        payload=payload,
    )


def _write_down(action: str, channel: DeclaredChannel, by: Actor, at: datetime) -> None:
    until = channel.until_at.isoformat() if channel.until_at else None
    record(
        Entry(
            chain=f"org:{channel.organisation.code}",
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"channel:{channel.pk}",
            payload={"name": channel.name, "from_at": channel.from_at.isoformat(), "until_at": until},
        )
    )
