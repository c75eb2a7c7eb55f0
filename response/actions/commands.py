"""The command log: what is ordered, decided, instructed from above or circulated, and what its addressees do (3.1, 3.2)."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.rights import Right
from incidents.models import Incident
from outbox.actions.messages import Owed, owe
from response.actions.deciding import LONGEST_TITLE, lock_response, write_down
from response.models import CommandAddressee, CommandEntry, CommandKind, Response
from response.permissions import check_actor_is, check_actor_may_on
from response.policies.command import check_can_execute, check_can_issue, check_is_running


@transaction.atomic
def issue_command(  # noqa: PLR0913  each is something the log asks for
    *,
    response: Response,
    kind: CommandKind,
    title: str,
    text: str,
    addressees: Sequence[Organisation] = (),
    must_act: bool = True,
    due_at: datetime | None = None,
    origin: str = "",
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> CommandEntry:
    """Enter an order, decision, instruction from above, circular, minutes or supervision (3.1, 3.2, 6.2).

    must_act: addressees report its execution, else only that they received it. A second click finds the first entry.
    Refused: by neither headquarters nor its office (403), without words, addressee or origin (422), once over (409).
    """
    incident, response = lock_response(response)
    office = check_actor_may_on(by, Right.COMMAND, response)
    known = CommandEntry.objects.filter(form_token=form_token).first() if form_token else None
    if known is not None:
        return known
    check_is_running(response, "3.1")
    check_can_issue(kind, text=text, origin=origin, addressees=addressees, due_at=due_at, at=at)
    entry = CommandEntry.objects.create(
        response=response,
        kind=kind,
        origin=origin,
        title=title,
        text=text,
        due_at=due_at,
        organisation=office,
        form_token=form_token,
        issued_by=by.ref,
        issued_at=at,
    )
    named = list(dict.fromkeys(addressees))
    rows = CommandAddressee.objects.bulk_create(
        CommandAddressee(entry=entry, organisation=each, must_act=must_act) for each in named
    )
    payload = {"command": kind.value, "addressees": [each.code for each in named]}
    write_down(
        incident=incident, action="response.issue_command", rows=[entry], payload=payload, by=by, at=at
    )
    _notify(incident, entry, rows, at)
    return entry


@transaction.atomic
def receive_command(*, addressee: CommandAddressee, by: Actor, at: datetime) -> CommandAddressee:
    """Give the read receipt of an entry; the first one counts. Refused for another office (403)."""
    incident, addressee = _locked(addressee, by)
    if addressee.received_at is None:
        addressee.received_at, addressee.received_by = at, by.ref
        addressee.save()
        _write("response.receive_command", incident, addressee, by, at)
    return addressee


@transaction.atomic
def execute_command(
    *, addressee: CommandAddressee, outcome: str, by: Actor, at: datetime
) -> CommandAddressee:
    """Report that an order was carried out, and what came of it (3.2); it is then received as well.

    Refused: for another office (403), twice or where nothing was to be done (409), without words (422).
    """
    incident, addressee = _locked(addressee, by)
    check_can_execute(addressee, outcome)
    if addressee.received_at is None:
        addressee.received_at, addressee.received_by = at, by.ref
    addressee.executed_at, addressee.executed_by, addressee.outcome = at, by.ref, outcome
    addressee.save()
    _write("response.execute_command", incident, addressee, by, at)
    return addressee


def _locked(addressee: CommandAddressee, by: Actor) -> tuple[Incident, CommandAddressee]:
    incident, _response = lock_response(addressee.entry.response)
    fresh = CommandAddressee.objects.select_for_update(of=("self",)).select_related("organisation")
    found = fresh.get(pk=addressee.pk)
    check_actor_is(by, found.organisation)
    return incident, found


def _write(action: str, incident: Incident, addressee: CommandAddressee, by: Actor, at: datetime) -> None:
    payload = {"entry": addressee.entry_id}
    write_down(incident=incident, action=action, subject=addressee, payload=payload, by=by, at=at)


def _notify(incident: Incident, entry: CommandEntry, rows: Sequence[CommandAddressee], at: datetime) -> None:
    words = {"number": incident.number, "kind": CommandKind(entry.kind).label, "title": entry.title}
    title = (_("【%(kind)s】%(number)s：%(title)s") % words)[:LONGEST_TITLE]
    owe(
        (
            Owed(
                dedupe_key=f"command:{entry.pk}:{row.organisation.code}",
                recipient=row.organisation.code,
                kind="command",
                title=title,
                link=f"/orders/{row.pk}/",
                is_alarm=True,
                chain=incident.chain,
                drill=incident.is_drill,
            )
            for row in rows
        ),
        at=at,
    )
