"""What a report could not say yet stays owed until it is said (5.2: time, place, number)."""

from collections.abc import Iterable
from datetime import datetime

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import Entry, record_all
from incidents.models import Incident
from incidents.selectors import current_facts, family_ids
from incidents.steps import Assessed
from reporting.follow_up import CLAUSE, has_arrived
from reporting.models import OpenDuty


def open_duties(
    *, incident: Incident, codes: Iterable[str], bearer: Organisation, by: Actor, at: datetime
) -> list[OpenDuty]:
    """Open the duties to follow up on what a report says is unknown yet (5.2); the incident row is locked.

    codes: see `FollowUp`. What is known already, or owed already, opens nothing.
    """
    kinds = _kinds(incident)
    owed = set(OpenDuty.objects.filter(incident=incident, bearer=bearer).values_list("code", flat=True))
    opened = OpenDuty.objects.bulk_create(
        OpenDuty(incident=incident, code=code, clause=CLAUSE, bearer=bearer, opened_at=at)
        for code in sorted(set(codes) - owed)
        if not has_arrived(code, incident, kinds)
    )
    _write_down("reporting.open_duty", opened, incident, by, at)
    return opened


def settle_duties(incident: Incident, _assessed: Assessed, by: Actor, at: datetime) -> None:
    """Close the duties whose fact has arrived (5.2): a step after each assessment."""
    waiting = OpenDuty.objects.filter(incident__in=family_ids(incident), settled_at__isnull=True)
    duties = list(waiting.select_for_update().order_by("pk"))
    if not duties:
        return
    kinds = _kinds(incident)
    settled = [duty for duty in duties if has_arrived(duty.code, incident, kinds)]
    for duty in settled:
        duty.settled_at, duty.settled_by = at, by.ref
    OpenDuty.objects.bulk_update(settled, ["settled_at", "settled_by"])
    _write_down("reporting.settle_duty", settled, incident, by, at)


def _kinds(incident: Incident) -> set[str]:
    return set(current_facts(family_ids(incident)).values_list("kind", flat=True))


def _write_down(action: str, duties: Iterable[OpenDuty], incident: Incident, by: Actor, at: datetime) -> None:
    record_all(
        Entry(
            chain=incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"duty:{duty.pk}",
            payload={"code": duty.code, "bearer": duty.bearer_id},
        )
        for duty in duties
    )
