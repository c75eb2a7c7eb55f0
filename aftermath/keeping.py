"""Parts shared by the acts of the aftermath: find what was sent before, keep a version with its evidence (5.1, 7.1)."""

import uuid
from copy import copy
from datetime import datetime
from typing import TypeVar

from accounts.actors import Actor
from aftermath.models import Entry
from aftermath.permissions import check_actor_changes
from aftermath.policies.entries import check_takes_place_of
from aftermath.selectors.finishing import regulators_in_charge
from incidents.models import Incident
from response.actions.deciding import write_down

E = TypeVar("E", bound=Entry)


def sent_before(model: type[E], form_token: uuid.UUID | None, by: Actor) -> E | None:
    """Return what the same person's same form led to already."""
    if form_token is None:
        return None
    return model._default_manager.filter(form_token=form_token, recorded_by=by.ref).first()


def take_place_of(row: E, replaces: E | None, reason: str, incident: Incident, by: Actor) -> E:
    """Make a row the next version of another, which stays its office's; nothing to do for a first one.

    Refused: by another office (403), of a version that no longer holds (409), without a reason (422).
    """
    if replaces is None:
        return row
    fresh = type(replaces)._default_manager.select_related("incident", "replaced_by").get(pk=replaces.pk)
    check_actor_changes(by, fresh, regulators_in_charge(incident))
    check_takes_place_of(fresh, reason, incident)
    row.replaces, row.first_id, row.reason = fresh, fresh.statement_id, reason
    row.organisation, row.incident = fresh.organisation, fresh.incident
    return row


def next_version(of: E) -> E:
    """Return an unsaved copy of an entry, to be changed and kept in its place."""
    row = copy(of)
    row.pk, row.form_token = None, None
    row._state.adding = True
    row._state.fields_cache = {}
    return row


def keep(row: E, *, action: str, form_token: uuid.UUID | None = None, by: Actor, at: datetime) -> E:
    """Save a version and write its evidence, which says that something was entered and never to whom."""
    row.form_token, row.recorded_by, row.recorded_at = form_token, by.ref, at
    row.save(force_insert=True)
    payload = {"first": row.statement_id}
    write_down(incident=row.incident, action=action, rows=[row], payload=payload, by=by, at=at)
    return row
