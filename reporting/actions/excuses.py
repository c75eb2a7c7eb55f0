"""Record, or take back, that a bearer explained by word of mouth why its written report can't come in time (5.1(8), A23)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import record, record_all
from incidents.actions.assessing import lock_families
from incidents.models import Incident
from outbox.actions.messages import owe
from reporting.actions.evidence import entered, explanation_entries, retraction_entry
from reporting.actions.refreshing import refresh_clocks
from reporting.alerts import Addressees, explanation_messages
from reporting.models import ExplanationRetraction, LegCode, Obligation, ObligationState, OralExplanation
from reporting.permissions import check_actor_can_record_delivery
from reporting.policies import check_can_lodge_explanation, check_can_retract_explanation


@transaction.atomic
def lodge_oral_explanation(
    *,
    incident: Incident,
    bearer: Organisation,
    recipients: Sequence[Organisation],
    lodged_at: datetime,
    reason: str,
    promised_at: datetime | None = None,
    receiver: str = "",
    by: Actor,
    at: datetime,
) -> list[OralExplanation]:
    """Record that a bearer told these recipients beforehand why it can't report in writing within 2 hours (5.1(8), A23).

    lodged_at: when they were told; it decides, whenever it is entered. Kept also when it came too late or reached one
    recipient only: then it excuses nothing. promised_at binds nobody, the plan sets no new limit. The same explanation
    entered twice is one. Refused: by neither side (403), without a reason, a receiver or recipients, for times that
    can't be (422), when the bearer owes them no written report (409).
    """
    locked = lock_families([incident])
    incident = locked[incident.pk]
    for recipient in recipients:
        check_actor_can_record_delivery(by, incident, bearer=bearer, recipient=recipient)
    owed = Obligation.objects.filter(
        incident__in=locked, bearer=bearer, leg=LegCode.WRITTEN, state=ObligationState.ARMED
    )
    owed_to = set(owed.values_list("recipient", flat=True))
    said: dict[str, Any] = {
        "lodged_at": lodged_at, "reason": reason, "promised_at": promised_at, "receiver": receiver,
    }  # fmt: skip
    check_can_lodge_explanation(recipients=recipients, owed_to=owed_to, **said, at=at)
    known = OralExplanation.objects.filter(incident__in=locked, bearer=bearer, **said)
    told = {each.recipient_id: each for each in known}
    said |= {"incident": incident, "bearer": bearer, **entered(lodged_at, by, at)}
    made = OralExplanation.objects.bulk_create(
        OralExplanation(recipient=each, **said) for each in recipients if each.pk not in told
    )
    _follow_up(made, incident, bearer, by, at)
    return sorted([*told.values(), *made], key=lambda each: each.pk)


@transaction.atomic
def retract_explanation(
    *, explanation: OralExplanation, reason: str, by: Actor, at: datetime
) -> ExplanationRetraction:
    """Take back an oral explanation that never was, by a new row that says why (5.1, 5.1(8), A23).

    What it excused is judged without it; a limit that passed meanwhile is told now. After a split the row of the other
    side is taken back too (A56). Refused: by neither side (403), without a reason (422), taken back already (409).
    """
    same = _same_words(explanation)
    locked = lock_families(each.incident for each in same)
    theirs = [locked[each.incident_id] for each in same]
    check_actor_can_record_delivery(by, *theirs, bearer=explanation.bearer, recipient=explanation.recipient)
    fresh = _same_words(explanation)
    check_can_retract_explanation(next(each for each in fresh if each.pk == explanation.pk), reason)
    made = {}
    for each, incident in zip(fresh, theirs, strict=True):
        if each.stands():
            made[each.pk] = _take_back(each, incident, reason, by, at)
    return made[explanation.pk]


def _take_back(
    explanation: OralExplanation, incident: Incident, reason: str, by: Actor, at: datetime
) -> ExplanationRetraction:
    who = {"entered_by": by.ref, "office": by.office, "entered_at": at}
    row = ExplanationRetraction.objects.create(explanation=explanation, reason=reason, **who)
    refresh_clocks(incident=incident, bearer=explanation.bearer)
    record(retraction_entry(row, incident, by, at))
    side = Addressees([explanation.bearer]).side_of(explanation.bearer)
    codes = [code for code in [*side, explanation.recipient.code] if code != by.office]
    owe(explanation_messages(explanation, incident, codes, is_taken_back=True), at=at)
    return row


def _same_words(explanation: OralExplanation) -> list[OralExplanation]:
    """Return the rows that say the same, each in an incident of its own, the original first (A56)."""
    origin = explanation.inherited_from_id or explanation.pk
    same = OralExplanation.objects.filter(Q(pk=origin) | Q(inherited_from=origin))
    return list(
        same.select_related("incident__merged_into", "bearer", "recipient", "retraction").order_by("pk")
    )


def _follow_up(
    made: Sequence[OralExplanation], incident: Incident, bearer: Organisation, by: Actor, at: datetime
) -> None:
    """Let the clocks of what is excused now pass no limit, write it down and tell the other side."""
    refresh_clocks(incident=incident, bearer=bearer)
    record_all(explanation_entries("reporting.lodge_oral_explanation", made, incident, by, at))
    side = Addressees([bearer]).side_of(bearer)
    for explanation in made:
        codes = [code for code in [*side, explanation.recipient.code] if code != by.office]
        owe(explanation_messages(explanation, incident, codes), at=at)
