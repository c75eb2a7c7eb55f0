"""The rows of public reports as their actions lock, write and vouch for them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from accounts.actors import Actor
from audit.models import Sealed
from audit.record import Entry, record
from audit.seals import seals
from reporting.models import PublicReport
from reporting.photos import Photo, put_away
from reporting.public_words import Said, statement_of


def lock_public(pk: int) -> PublicReport:
    """Return a public report, its row locked first of all that an action locks."""
    rows = PublicReport.objects.select_for_update(of=("self",)).select_related(
        "county", "filed_in", "area__host", "incident"
    )
    return rows.get(pk=pk)


def wait_anew(report: PublicReport) -> None:
    """Put a report back to where somebody has to look at it; what was decided stays in the evidence log."""
    report.ask_anew()
    report.taken_at, report.taken_by, report.decided_at, report.decided_by = None, "", None, ""
    report.outcome = report.reason = ""


def note_public(
    action: str, report: PublicReport, by: Actor, at: datetime, *, rows: Iterable[Sealed] = (), **more: Any
) -> None:
    """Write into the report's own chain what was done with it."""
    payload = {"county": report.county.code, **more}
    if sealed := seals(rows):
        payload["rows"] = sealed
    record(
        Entry(
            chain=report.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=report.chain,
            payload=payload,
        )
    )


def keep(report: PublicReport, said: Said, photos: Iterable[Photo], at: datetime) -> list[Sealed]:
    """Save what was said, and photos, as rows that the evidence log will vouch for."""
    rows: list[Sealed] = []
    if not said.is_empty or not report.statements.exists():
        statement = statement_of(report, said, at)
        statement.save()
        rows.append(statement)
    for photo in photos:
        kept = put_away(photo)
        kept.report, kept.added_at = report, at
        kept.save()
        rows.append(kept)
    return rows


def take_turns(name: str) -> None:
    """Let who comes with the same name wait until this transaction is over; without a name nobody waits."""
    if name:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
