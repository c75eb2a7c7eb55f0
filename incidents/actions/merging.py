"""Merge two incidents that are one, and split them again: both are graded anew, as often as need be (A12, A56)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.actors import Actor
from accounts.rights import Right
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.assessing import lock, reassess
from incidents.actions.incidents import share_counties
from incidents.families import taken_in_by
from incidents.models import Incident, InvolvedCounty, JoinProposal, JoinState, Lineage, LineageKind
from incidents.permissions import check_actor_may_with
from incidents.policies import check_can_merge, check_can_split
from incidents.selectors import family_ids
from incidents.steps import BEFORE_SPLIT, Split


@transaction.atomic
def merge_incidents(*, whole: Incident, part: Incident, reason: str, by: Actor, at: datetime) -> Incident:
    """Find that one incident is part of another, which is graded anew on the facts of both (A12).

    Nothing is moved: reports, facts and deliveries stay where they were stated and count for the whole (A56). Refused:
    without the right in both (403), without a reason (422), when one is closed (409) or only one is a drill (422).
    """
    locked = {each.pk: each for each in lock({*family_ids(whole), *family_ids(part)})}
    whole, part = locked[whole.pk], locked[part.pk]
    for incident in (whole, part):
        check_actor_may_with(by, Right.DECIDE_JOIN, incident)
    check_can_merge(whole, part, reason)
    part.merge()
    part.merged_into, part.changed_at = whole, at
    part.save()
    # Families are one level deep: what the part had taken in belongs to the whole as well.
    Incident.objects.filter(merged_into=part).update(merged_into=whole)
    share_counties(whole=whole, parts=whole.merged.all(), by=by, at=at)
    _accept_pending(whole, part, reason, by, at)
    _write_down(Lineage(kind=LineageKind.MERGE, whole=whole, part=part, reason=reason), whole, by, at)
    reassess(incident=whole, by=by, at=at)
    return whole


@transaction.atomic
def split_incident(*, part: Incident, reason: str, by: Actor, at: datetime) -> Incident:
    """Find that a merged part is an incident of its own after all: the merge is taken back, both are graded anew (A12).

    What the part had itself taken in before leaves with it. Both sides keep the receipts and clocks they had while they
    were one, so that nothing satisfied restarts (A56). Refused: without the right in both (403), without a reason (422),
    when it is not merged or the whole is closed (409).
    """
    part, whole, family = _locked_family(part)
    for incident in (whole, part):
        check_actor_may_with(by, Right.DECIDE_JOIN, incident)
    check_can_split(part, whole, reason)
    leaving = taken_in_by(part, family)
    staying = [pk for pk in family if pk not in leaving]
    InvolvedCounty.objects.filter(incident__in=staying, through__in=leaving).delete()
    share_counties(whole=whole, parts=whole.merged.exclude(pk__in=leaving), by=by, at=at)
    for step in BEFORE_SPLIT:
        step(Split(whole, part, tuple(staying), tuple(leaving)), by, at)
    merge = Lineage.objects.get(part=part, kind=LineageKind.MERGE, taken_back_by__isnull=True)
    part.split()
    part.merged_into, part.changed_at = None, at
    part.save()
    Incident.objects.filter(pk__in=leaving).exclude(pk=part.pk).update(merged_into=part)
    undone = Lineage(kind=LineageKind.SPLIT, whole=merge.whole, part=part, takes_back=merge, reason=reason)
    _write_down(undone, whole, by, at)
    for incident in (part, whole):
        reassess(incident=incident, by=by, at=at)
    return part


def _locked_family(part: Incident) -> tuple[Incident, Incident, list[int]]:
    """Lock a part and all that is one with it, by id; return it and its whole fresh, and the ids.

    One that is not merged, or was moved while its row was waited for, comes back as its own whole.
    """
    into = Incident.objects.values_list("merged_into", flat=True).get(pk=part.pk)
    family = list(
        Incident.objects.filter(Q(pk=into) | Q(merged_into__isnull=False, merged_into=into)).values_list(
            "pk", flat=True
        )
    )
    locked = {each.pk: each for each in lock([*family, part.pk])}
    own = locked[part.pk]
    return own, locked.get(own.merged_into_id or own.pk, own), family


def _accept_pending(whole: Incident, part: Incident, reason: str, by: Actor, at: datetime) -> None:
    """A join that was proposed of the two is decided by the merge; those with others wait."""
    pair = [whole.pk, part.pk]
    pending = JoinProposal.objects.filter(incident__in=pair, other__in=pair, state=JoinState.PENDING)
    for proposal in pending.select_for_update().order_by("pk"):
        proposal.accept()
        proposal.decided_at, proposal.decided_by, proposal.reason = at, by.ref, reason
        proposal.save()
        payload = {"incidents": [whole.number, part.number]}
        record(
            *_entries("incidents.accept_join", (whole, part), f"join:{proposal.pk}", payload, by=by, at=at)
        )


def _write_down(row: Lineage, whole: Incident, by: Actor, at: datetime) -> None:
    """Keep the row, and name it on the chains of the part, of what it was merged into, and of the whole."""
    row.recorder, row.office, row.recorded_at = by.ref, by.office, at
    row.save(force_insert=True)
    is_merge = row.kind == LineageKind.MERGE
    action = "incidents.merge_incidents" if is_merge else "incidents.split_incident"
    payload = {"whole": row.whole.number, "part": row.part.number, "rows": seals([row])}
    chains = {each.pk: each for each in (row.whole, whole, row.part)}.values()
    record(*_entries(action, chains, f"lineage:{row.pk}", payload, by=by, at=at))


def _entries(
    action: str,
    incidents: Iterable[Incident],
    subject: str,
    payload: Mapping[str, object],
    *,
    by: Actor,
    at: datetime,
) -> list[Entry]:
    return [
        Entry(
            chain=incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=subject,
            payload=payload,
        )
        for incident in incidents
    ]
