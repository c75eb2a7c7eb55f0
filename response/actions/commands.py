"""The command log: what headquarters enter, and what the addressees do (3.1, 3.2, 3.3)."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.rights import Right
from incidents.models import Incident
from plan.command_log import LOG_KINDS
from response.actions.deciding import lock_response, write_down
from response.actions.logbook import enter
from response.actions.teams import settle_report
from response.models import CommandAddressee, CommandEntry, CommandKind, Response
from response.permissions import check_actor_is, check_actor_may_on
from response.policies.command import check_is_running
from response.policies.command_log import check_addressees, check_can_execute, check_can_issue
from response.selectors.command_log import bodies_named, coordinators_of, counties_under


@transaction.atomic
def issue_command(  # noqa: PLR0913  each is something the log asks for
    *,
    response: Response,
    kind: CommandKind,
    title: str,
    text: str,
    addressees: Sequence[Organisation] = (),
    to_members: bool = False,
    must_act: bool = True,
    due_at: datetime | None = None,
    origin: str = "",
    number: str = "",
    details: Mapping[str, Any] | None = None,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> CommandEntry:
    """Enter an order, decision, instruction, circular, report, minutes, issue or supervision (3.1, 3.2, 6.2).

    must_act: addressees report its execution, else only that they received it. details: what the kind asks for. A task of
    a technical body is copied to its regulator (3.3). A second click finds the first entry. Refused: by neither
    headquarters nor its office (403), without what the kind asks for (422), beyond the county (422), once over (409).
    """
    incident, response = lock_response(response)
    office = check_actor_may_on(by, Right.COMMAND, response)
    known = CommandEntry.objects.filter(form_token=form_token).first() if form_token else None
    if known is not None:
        return known
    check_is_running(response, "3.1")
    spec = LOG_KINDS[kind]
    entry = CommandEntry(
        response=response,
        kind=kind,
        origin=origin,
        title=title,
        text=text,
        number=number,
        details=dict(details or {}),
        due_at=due_at,
        organisation=office,
        form_token=form_token,
        issued_by=by.ref,
        issued_at=at,
    )
    acts = must_act if spec.acts is None else spec.acts
    named = bodies_named(response, spec, [*addressees], to_members=to_members)
    check_can_issue(entry, spec, named)
    check_addressees(response, named if acts else (), counties_under(incident, response))
    rows = _addressees(entry, named, must_act=acts)
    return enter(incident=incident, entry=entry, addressees=rows, by=by, at=at)


@transaction.atomic
def receive_command(*, addressee: CommandAddressee, by: Actor, at: datetime) -> CommandAddressee:
    """Give the read receipt of an entry; the first one counts. Refused for another office (403)."""
    incident, addressee = _own(addressee, by)
    _receive(incident, addressee, by, at)
    return addressee


@transaction.atomic
def execute_command(
    *, addressee: CommandAddressee, outcome: str, by: Actor, at: datetime
) -> CommandAddressee:
    """Report that an order was carried out, and what came of it (3.2); it is then received as well.

    Refused: for another office (403), twice or where nothing was to be done (409), without words (422).
    """
    incident, addressee = _own(addressee, by)
    check_can_execute(addressee, outcome)
    _receive(incident, addressee, by, at)
    addressee.executed_at, addressee.executed_by = at, by.ref
    addressee.outcome = f"{addressee.outcome}\n{outcome}" if addressee.outcome else outcome
    addressee.save()
    note(incident=incident, addressee=addressee, action="response.execute_command", by=by, at=at)
    return addressee


def lock_addressee(addressee: CommandAddressee) -> tuple[Incident, CommandAddressee]:
    """Lock the incident, the response, then the addressee of one of its entries; return both fresh."""
    incident, _response = lock_response(addressee.entry.response)
    fresh = CommandAddressee.objects.select_for_update(of=("self",)).select_related(
        "organisation", "entry__response__county", "entry__response__incident"
    )
    return incident, fresh.get(pk=addressee.pk)


def note(*, incident: Incident, addressee: CommandAddressee, action: str, by: Actor, at: datetime) -> None:
    """Write down what happened with an addressee: a part of the act that did it."""
    payload = {"entry": addressee.entry_id}
    write_down(incident=incident, action=action, subject=addressee, payload=payload, by=by, at=at)


def _addressees(
    entry: CommandEntry, named: Sequence[Organisation], *, must_act: bool
) -> list[CommandAddressee]:
    """Return those named and, of a technical body's task, the regulator that coordinates it (3.3)."""
    copies = coordinators_of(named if must_act else ())
    return [
        *(CommandAddressee(entry=entry, organisation=each, must_act=must_act) for each in named),
        *(CommandAddressee(entry=entry, organisation=each, must_act=False, is_copy=True) for each in copies),
    ]


def _own(addressee: CommandAddressee, by: Actor) -> tuple[Incident, CommandAddressee]:
    incident, found = lock_addressee(addressee)
    check_actor_is(by, found.organisation)
    return incident, found


def _receive(incident: Incident, addressee: CommandAddressee, by: Actor, at: datetime) -> None:
    if addressee.received_at is not None:
        return
    addressee.received_at, addressee.received_by = at, by.ref
    addressee.save()
    note(incident=incident, addressee=addressee, action="response.receive_command", by=by, at=at)
    settle_report(incident=incident, addressee=addressee, by=by, at=at)
