"""Parts shared by the acts on accountability files: lock, hold the office against the file, write the evidence (7.3)."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from accounts.actors import Actor
from accounts.evidence import write_down
from accounts.models import Organisation
from accounts.rights import Right
from audit.models import Sealed
from incidents.actions.assessing import lock_families
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from response.accountability_permissions import is_in_charge_of
from response.models import AccountabilityEntry
from response.policies.accountability_files import check_is_file, file_not_found

# A chain of its own: that somebody was suspected is told neither by the incident's chronicle nor by its evidence bundle.
CHAIN = "accountability"
Row = TypeVar("Row", bound=Sealed)


def lock_suspected(incident: Incident) -> Incident:
    """Lock an incident with all that is one with it, and return the whole (A56)."""
    locked = lock_families([incident])
    own = locked[incident.pk]
    return locked[own.merged_into_id or own.pk]


def lock_file(entry: AccountabilityEntry, by: Actor) -> tuple[AccountabilityEntry, Organisation]:
    """Lock a file's incident; return the file and the office acting, or a refusal (403, 404) for one not in charge."""
    whole = lock_suspected(entry.incident)
    fresh = AccountabilityEntry.objects.select_related(
        "incident__merged_into", "accused__jurisdiction__host", "organisation", "obligation", "fact"
    ).get(pk=entry.pk)
    office = check_actor_may_with(by, Right.KEEP_ACCOUNTABILITY, whole)
    if not is_in_charge_of(office, fresh.accused):
        raise file_not_found()
    check_is_file(fresh)
    return fresh, office


def sent_before(model: type[Row], token: uuid.UUID | None, by: Actor) -> Row | None:
    """Return what the same person's same form led to already."""
    if token is None:
        return None
    return model._default_manager.filter(form_token=token, recorded_by=by.ref).first()


def note_accountability(
    *, action: str, about: AccountabilityEntry, rows: Iterable[Sealed], by: Actor, at: datetime
) -> None:
    """Write the evidence, which says that something was added and not what, nor on whom."""
    kept = list(rows)
    for row in kept:
        # Read back: the database keeps the names of an object in an order of its own, and the seal is over what it keeps.
        row.refresh_from_db()
    write_down(action, CHAIN, by, at, subject=f"accountability:{about.pk}", rows=kept)
