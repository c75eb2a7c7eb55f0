"""An acknowledgement that leads to nothing asks again: the alarm was taken on, and the report has not come (5.1(8), A19)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.actors import CLOCK
from audit.clock import database_now
from audit.record import Entry, record
from incidents.models import Incident
from outbox.actions.messages import owe
from outbox.models import Message
from reporting.alerts import again_message
from reporting.models import Obligation, ObligationState
from reporting.selectors import family_on_record
from reporting.verdicts import fulfilment


def ask_again_due(
    *, source: str, at: datetime | None = None, limit: int = 50, among: Collection[str] | None = None
) -> int:
    """Ask again where an acknowledged alarm's legs are still open, and return how many did (house setting, 非预案规定).

    Each acknowledgement is looked at once; the new alarm wants one of its own. at: the simulated moment of a replay,
    among: the chains of its own incidents.
    """
    now = at or database_now()
    due = Message.objects.filter(asks_again_at__lte=now).order_by("asks_again_at", "pk")
    due = due if among is None else due.filter(chain__in=among)
    return sum(_ask(message, source, now) for message in due[:limit])


@transaction.atomic
def _ask(message: Message, source: str, at: datetime) -> int:
    pks = [int(pk) for pk in message.subject.removeprefix("obligation:").split(",")]
    rows = Message.objects.filter(pk=message.pk, asks_again_at=message.asks_again_at)
    found = Obligation.objects.filter(pk__in=pks, state=ObligationState.ARMED).select_related(
        "bearer", "recipient"
    )
    obligations = list(found.order_by("limit_at", "pk"))
    incident = _locked(obligations)
    if obligations and incident is None:
        return 0  # somebody is at work on the incident: the next round looks again
    deliveries = family_on_record(incident).deliveries if incident else ()
    open_ = [each for each in obligations if fulfilment(each, deliveries) is None]
    if not open_ or incident is None:
        rows.update(asks_again_at=None)
        return 0
    record(
        Entry(
            chain=message.evidence_chain,
            action="reporting.ask_again",
            actor=CLOCK.ref,
            office=message.recipient,
            at=at,
            subject=f"message:{message.pk}",
            payload={"obligations": [each.pk for each in open_], "source": source},
        )
    )
    if not rows.update(asks_again_at=None):
        transaction.set_rollback(True)
        return 0
    owe([again_message(message, open_[0], incident.merged_into or incident)], at=at)
    return 1


def _locked(obligations: list[Obligation]) -> Incident | None:
    if not obligations:
        return None
    rows = Incident.objects.select_for_update(skip_locked=True, of=("self",))
    return rows.select_related("county", "merged_into__county").filter(pk=obligations[0].incident_id).first()
