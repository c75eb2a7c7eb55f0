"""Daily roots: one hash over every chain that moved in a Beijing day, to be kept outside the database."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from audit.models import AuditEvent, DailyRoot
from audit.record import Entry, record

BEIJING = ZoneInfo("Asia/Shanghai")
HEAD = re.compile(r".+ \d+ [0-9a-f]{64}")
Head = tuple[str, int, str]
# A row recorded before midnight may be committed after it: the next root looks back this far to catch it.
LATE_COMMIT = timedelta(hours=1)


def root_hash(prev_root: str, on: date, heads: str) -> str:
    """Return the hash of one day, chained to the root before it."""
    return hashlib.sha256(f"{prev_root}\n{on.isoformat()}\n{heads}".encode()).hexdigest()


def roll_due_root(at: datetime) -> DailyRoot | None:
    """Close the Beijing day before `at` unless that is done; cheap enough to ask every second."""
    on = _day_before(at)
    if DailyRoot.objects.filter(on__gte=on).exists():
        return None
    first = AuditEvent.objects.order_by("pk").first()
    return roll_daily_root(at=at) if first is not None and first.recorded_at < _end_of(on) else None


@transaction.atomic
def roll_daily_root(*, at: datetime) -> DailyRoot | None:
    """Close the Beijing day before `at`, and any before it that was missed, with one root; None if it is closed.

    Nothing is closed before anything was ever recorded.
    """
    on = _day_before(at)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE audit_dailyroot IN EXCLUSIVE MODE")
    last = DailyRoot.objects.order_by("-on").first()
    if last is not None and last.on >= on:
        return None
    heads = heads_text(_moved(after=last.on if last else None, until=on))
    if last is None and not heads:
        return None
    prev_root = last.root if last else ""
    made = DailyRoot.objects.create(
        on=on, prev_root=prev_root, heads=heads, root=root_hash(prev_root, on, heads)
    )
    payload = {"on": on.isoformat(), "root": made.root}
    record(Entry(chain="system", action="audit.roll_daily_root", actor="system", at=at, payload=payload))
    return made


def heads_text(heads: Iterable[Head]) -> str:
    """Return heads as the root keeps them: lines of chain, place and hash, sorted by chain."""
    return "\n".join(f"{chain} {seq} {digest}" for chain, seq, digest in sorted(heads))


def is_readable(root: DailyRoot) -> bool:
    """Tell whether the heads of a root are written as `heads_text` writes them."""
    return all(HEAD.fullmatch(line) for line in root.heads.splitlines())


def heads_of(root: DailyRoot) -> list[Head]:
    """Return the heads a readable root names."""
    return heads_from(root.heads)


def heads_from(text: str) -> list[Head]:
    """Return chain, place and hash of each line as `heads_text` writes it."""
    parts = (line.rsplit(" ", 2) for line in text.splitlines())
    return [(chain, int(seq), digest) for chain, seq, digest in parts]


def _moved(*, after: date | None, until: date) -> list[Head]:
    events = AuditEvent.objects.filter(recorded_at__lt=_end_of(until))
    if after is not None:
        events = events.filter(recorded_at__gte=_end_of(after) - LATE_COMMIT)
    return list(events.order_by("chain", "-seq").distinct("chain").values_list("chain", "seq", "hash"))


def _day_before(at: datetime) -> date:
    return at.astimezone(BEIJING).date() - timedelta(days=1)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), BEIJING)
