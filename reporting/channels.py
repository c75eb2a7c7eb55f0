"""The declared channels and the open reviews, as their page shows them: a constant number of queries (5.1(8), A54)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.models import Organisation
from plan.duties import DUTY_5_1_8
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from reporting.models import ChannelReview, DeclaredChannel
from reporting.permissions import check_actor_speaks_for_recipient


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """A recipient with the channels it uses, those it will use or used, and what waits for its review."""

    organisation: Organisation
    in_use: Sequence[DeclaredChannel]
    others: Sequence[DeclaredChannel]
    reviews: Sequence[ChannelReview]
    refusal: PlanRefusal | None


def recipient_rows(actor: Actor, at: datetime) -> list[RecipientRow]:
    """Return the recipients of 5.1(8); what waits for review only to whom it is to look at it."""
    channels: dict[int, list[DeclaredChannel]] = defaultdict(list)
    for channel in DeclaredChannel.objects.order_by("from_at", "pk"):
        channels[channel.organisation_id].append(channel)
    waiting: dict[int, list[ChannelReview]] = defaultdict(list)
    for review in open_reviews():
        waiting[review.delivery.recipient_id].append(review)
    return [_row(each, actor, channels[each.pk], waiting[each.pk], at) for each in recipients()]


def recipients() -> QuerySet[Organisation]:
    """Return the offices that receive the reports of 5.1(8)."""
    return Organisation.objects.filter(kind__in=DUTY_5_1_8.recipients).order_by("pk")


def open_reviews() -> QuerySet[ChannelReview]:
    """Return what nobody has looked at yet of the deliveries that stand, the oldest first."""
    standing = ChannelReview.objects.filter(reviewed_at__isnull=True, delivery__corrected_by__isnull=True)
    read = standing.select_related("delivery__incident", "delivery__bearer", "delivery__recipient")
    return read.order_by("asked_at", "pk")


def _row(
    organisation: Organisation,
    actor: Actor,
    channels: Sequence[DeclaredChannel],
    reviews: Sequence[ChannelReview],
    at: datetime,
) -> RecipientRow:
    refusal = refusal_of(lambda: check_actor_speaks_for_recipient(actor, organisation))
    in_use = [
        each for each in channels if each.from_at <= at and (each.until_at is None or at < each.until_at)
    ]
    others = [each for each in channels if each not in in_use]
    return RecipientRow(organisation, in_use, others, () if refusal else reviews, refusal)
