"""Write an entry into the command log and tell whom it names (3.1, 3.2)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.actors import Actor
from incidents.models import Incident
from outbox.actions.messages import Owed, owe
from reporting.alerts import level_said
from response.actions.deciding import LONGEST_TITLE, write_down
from response.models import CommandAddressee, CommandEntry, CommandKind


def enter(
    *,
    incident: Incident,
    entry: CommandEntry,
    addressees: Sequence[CommandAddressee],
    by: Actor,
    at: datetime,
) -> CommandEntry:
    """Keep an entry with its addressees, on the chain of the locked incident, and owe each a message (3.1): part of an act."""
    entry.save(force_insert=True)
    rows = CommandAddressee.objects.bulk_create(addressees)
    payload = {"command": str(entry.kind), "addressees": [row.organisation.code for row in rows]}
    write_down(
        incident=incident, action="response.issue_command", rows=[entry], payload=payload, by=by, at=at
    )
    words = {
        "number": incident.number,
        "kind": CommandKind(entry.kind).label,
        "title": entry.title,
    }
    title = _("【%(kind)s】%(number)s：%(title)s") % words
    send(incident=incident, rows=rows, key="command", title=title, by=by, at=at)
    return entry


def send(
    *, incident: Incident, rows: Iterable[CommandAddressee], key: str, title: str, by: Actor, at: datetime
) -> None:
    """Owe each addressee a message that leads to its entry: part of an act; the office that acts is told nothing."""
    words = {"area": incident.county.name, "level": level_said(incident)}
    owe(
        (
            Owed(
                dedupe_key=f"{key}:{row.pk}",
                recipient=row.organisation.code,
                kind="command",
                title=title[:LONGEST_TITLE],
                body=_("%(area)s，%(level)s。") % words,
                link=f"/orders/{row.pk}/",
                is_alarm=row.must_act,
                chain=incident.chain,
                drill=incident.is_drill,
            )
            for row in rows
            if row.organisation.code != by.office
        ),
        at=at,
    )
