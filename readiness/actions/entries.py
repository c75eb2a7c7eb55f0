"""Keep the registers (3.2, 8): put a row in, change it, look at it again, take it out; a workbook does so all at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Jurisdiction
from audit.record import Entry as LogEntry
from audit.record import record_all
from plan.refusal import PlanRefusal
from readiness.models import Entry
from readiness.permissions import check_actor_keeps
from readiness.policies import check_can_leave, check_is_new_key, check_is_said_once
from readiness.reading import changed, check_readable, key_of, read, read_onto
from readiness.register import Register
from readiness.registers import register_of
from readiness.selectors.entries import Row, all_rows, area_of, by_key

MOST_ROWS = 2_000


@transaction.atomic
def keep_entry(
    *,
    register: str,
    area: Jurisdiction,
    values: Mapping[str, object],
    entry: int | None = None,
    by: Actor,
    at: datetime,
) -> Any:
    """Put a row into a register of an area, or change one; it counts as checked today (3.2, 8).

    values: by field, as typed; a field that is left out keeps what it was. Refused: by another than the keeper of the
    area's register (403), for what can't be read or lacks what it must say (422), for a second row of the same thing (409).
    """
    own, area = register_of(register), _locked(area)
    check_actor_keeps(by, own, area)
    row = _row(own, area, entry)
    said = read(own, values, today=timezone.localdate(at), is_new=entry is None)
    check_readable(own, said)
    key = key_of(own, {**own.values_of(row), **said.values} if entry else said.values)
    check_is_new_key(own, by_key(own, area).get(key), row)
    record_all([_kept(own, row, said.values, by=by, at=at)])
    return row


@transaction.atomic
def import_entries(
    *,
    register: str,
    area: Jurisdiction,
    rows: Sequence[Mapping[str, object]],
    sha256: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """Take all rows of a workbook into a register of an area, or none (3.2, 8); return how many were new or changed.

    A row whose key is there already changes it; rows that are not named stay. sha256: of the file, for the record.
    Refused: by another than the keeper (403); with the number of the first row that can't be taken, for too many or none (422).
    """
    own, area, today = register_of(register), _locked(area), timezone.localdate(at)
    check_actor_keeps(by, own, area)
    if not 0 < len(rows) <= MOST_ROWS:
        raise PlanRefusal(_("一次导入1至2000行。"), clause=own.clause, code="import_size")
    known, seen, log = by_key(own, area), set[tuple[Any, ...]](), []
    for number, said in enumerate(rows, start=1):
        found, key, earlier = read_onto(own, said, known, today=today)
        check_readable(own, found, number=number)
        check_is_said_once(own, number, is_again=key in seen)
        seen.add(key)
        row = earlier or _row(own, area, None)
        if earlier is None or changed(row, found.values):
            log.append(_kept(own, row, found.values, by=by, at=at))
    payload = {"register": own.slug, "rows": len(rows), "sha256": sha256}
    record_all([*log, _entry("readiness.import_entries", f"area:{area.code}", payload, by, at)])
    return len(log)


@transaction.atomic
def check_entry(*, register: str, entry: int, by: Actor, at: datetime) -> Any:
    """Say that a row was looked at and is right as it stands (3.2). Refused: by another than its keeper (403)."""
    own, row = _locked_row(register, entry, by)
    row.checked_on = timezone.localdate(at)
    row.save(update_fields=["checked_on"])
    record_all([_entry("readiness.check_entry", _subject(row), {"register": own.slug}, by, at)])
    return row


@transaction.atomic
def remove_entry(*, register: str, entry: int, by: Actor, at: datetime) -> Any:
    """Take a row out of its register; what it says of persons is destroyed, what refers to it stays (3.2).

    Refused: by another than its keeper (403), while stock that was used is not replenished (409).
    """
    own, row = _locked_row(register, entry, by)
    check_can_leave(row)
    for each in own.fields:
        if each.is_personal:
            setattr(row, each.name, "")
    row.left_by, row.left_at = by.ref, at
    row.save()
    record_all([_entry("readiness.remove_entry", _subject(row), {"register": own.slug}, by, at)])
    return row


def _locked(area: Jurisdiction) -> Jurisdiction:
    """Lock an area: of two who keep its registers at once, the second sees what the first did."""
    return Jurisdiction.objects.select_for_update(no_key=True, of=("self",)).get(pk=area.pk)


def _row(own: Register, area: Jurisdiction, pk: int | None) -> Row:
    """Return the row of an area that is changed, or a new one."""
    if pk is not None:
        return _existing(own, all_rows(own).filter(left_at__isnull=True, pk=pk, area=area.pk).first())
    row: Row = own.model()
    if isinstance(row, Entry):
        row.area = area
    return row


def _locked_row(register: str, pk: int, by: Actor) -> tuple[Register, Row]:
    """Return a row with its area locked; a refusal (403) for another than its keeper."""
    own = register_of(register)
    area = _locked(area_of(_existing(own, all_rows(own).filter(pk=pk).first())))
    check_actor_keeps(by, own, area)
    return own, _row(own, area, pk)


def _existing(own: Register, row: Row | None) -> Row:
    if row is None:
        raise PlanRefusal(_("这一行已不在登记册中。"), clause=own.clause, code="entry_left", status=409)
    return row


def _kept(own: Register, row: Row, values: Mapping[str, Any], *, by: Actor, at: datetime) -> LogEntry:
    """Save a row and return its evidence: which fields changed, never what they say of people."""
    fields = changed(row, values) if row.pk else sorted(values)
    for name, value in values.items():
        setattr(row, name, value)
    row.checked_on, row.kept_by, row.kept_at = timezone.localdate(at), by.ref, at
    row.save()
    payload = {"register": own.slug, "fields": fields}
    return _entry("readiness.keep_entry", _subject(row), payload, by, at)


def _subject(row: Row) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def _entry(action: str, subject: str, payload: Mapping[str, Any], by: Actor, at: datetime) -> LogEntry:
    return LogEntry(
        chain=f"org:{by.office}",
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=subject,
        payload=payload,
    )
