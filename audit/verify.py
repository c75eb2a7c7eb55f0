"""Walks every chain of the evidence log and every daily root, trusting nothing the database computes."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from audit.anchors import follow_roots
from audit.exported import ExportedRoot
from audit.models import AuditEvent, ChainHead
from audit.sealed_rows import SealCheck
from audit.seals import utc

CHUNK = 5000
SEPARATORS = 9
ROOTS = "daily roots"

COLUMNS = (
    "chain", "seq", "prev_hash", "hash", "action", "actor", "office", "subject", "at", "recorded_at", "payload",
)  # fmt: skip
Row = tuple[str, int, str, str, str, str, str, str, datetime, datetime, str]


@dataclass(frozen=True, slots=True)
class Break:
    """The first broken link of a chain: the place in it, and what is wrong there."""

    chain: str
    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class Unanchored:
    """Rows younger than every root kept elsewhere: whole, but nothing outside the database vouches for them yet."""

    chain: str
    first: int
    last: int


@dataclass(slots=True)
class Verification:
    """What was walked and what was found; `unanchored` only against roots that were kept elsewhere."""

    events: int = 0
    chains: int = 0
    roots: int = 0
    last_root: str = ""
    sealed: int = 0
    breaks: list[Break] = field(default_factory=list)
    unanchored: list[Unanchored] = field(default_factory=list)


def verify(*, exported: Sequence[ExportedRoot] = ()) -> Verification:
    """Recompute everything and return the first broken link of each chain, and each sealed row that was changed.

    Run it in one snapshot.
    `exported` are roots that were kept elsewhere: they also find a log rewritten as a whole, its own roots included.
    """
    anchors = follow_roots(exported)
    found = Verification(roots=anchors.roots, last_root=anchors.last_root)
    found.breaks += [Break(ROOTS, number, reason) for number, reason in anchors.faults]
    heads = {head.chain: (head.seq, head.hash) for head in ChainHead.objects.all()}
    events = AuditEvent.objects.order_by("chain", "seq").values_list(*COLUMNS).iterator(chunk_size=CHUNK)
    sealed = SealCheck()
    for chain, rows in groupby(events, key=lambda row: row[0]):
        found.chains += 1
        counted = _noted(rows, found, sealed)
        last, link = _walk(chain, counted, heads.pop(chain, None), anchors.places.pop(chain, {}))
        vouched = anchors.vouched.get(chain, 0)
        if link is not None:
            found.breaks.append(link)
        elif exported and last > vouched:
            found.unanchored.append(Unanchored(chain, vouched + 1, last))
    for chain in sorted(heads.keys() | anchors.places.keys()):
        found.breaks.append(Break(chain, 0, "all rows are gone"))
    found.breaks += [Break(*fault) for fault in sealed.faults()]
    found.sealed = sealed.rows
    return found


def row_hash(row: Row) -> str | None:
    """Return the hash of a row as the database's trigger makes it, None if its fields run into each other."""
    chain, seq, prev_hash, _hash, action, actor, office, subject, at, recorded_at, payload = row
    text = "\n".join(
        (prev_hash, chain, str(seq), action, actor, office, subject, utc(at), utc(recorded_at), payload)
    )
    return hashlib.sha256(text.encode()).hexdigest() if text.count("\n") == SEPARATORS else None


def _noted(rows: Iterable[Row], found: Verification, sealed: SealCheck) -> Iterator[Row]:
    for row in rows:
        found.events += 1
        sealed.note(row[0], row[1], row[7], row[10])
        yield row


def _walk(
    chain: str, rows: Iterator[Row], head: tuple[int, str] | None, anchors: dict[int, str]
) -> tuple[int, Break | None]:
    """Follow one chain to its end and return its last place; `anchors` are the places that daily roots name."""
    seq, digest, broken = 0, "", None
    for row in rows:
        if broken is None:
            reason = _fault(row, seq, digest, anchors)
            broken = Break(chain, row[1], reason) if reason else None
        seq, digest = row[1], row[3]
    reason = "" if broken else _end_fault(seq, digest, head, anchors)
    return seq, Break(chain, seq, reason) if reason else broken


def _end_fault(seq: int, digest: str, head: tuple[int, str] | None, anchors: dict[int, str]) -> str:
    if head is None:
        return "the chain has no head"
    if head != (seq, digest):
        return f"the head says the last row is #{head[0]} with another hash or place"
    cut = [place for place in anchors if place > seq]
    return f"a daily root names row #{min(cut)}, which is gone" if cut else ""


def _fault(row: Row, seq: int, digest: str, anchors: dict[int, str]) -> str:
    if row[1] != seq + 1:
        return f"rows are missing: #{row[1]} follows #{seq}"
    if row[2] != digest:
        return "it does not name the hash of the row before it"
    if row[3] != row_hash(row):
        return "its content does not match its hash"
    if anchors.get(row[1], row[3]) != row[3]:
        return "a daily root names another hash for it"
    return ""
