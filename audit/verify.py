"""Walks every chain of the evidence log and every daily root, trusting nothing the database computes."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby

from audit.models import AuditEvent, ChainHead, DailyRoot
from audit.roots import heads_of, is_readable, root_hash

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


@dataclass(slots=True)
class Verification:
    """What was walked and what was found."""

    events: int = 0
    chains: int = 0
    roots: int = 0
    last_root: str = ""
    breaks: list[Break] = field(default_factory=list)


def verify(*, exported: tuple[date, str] | None = None) -> Verification:
    """Recompute everything and return the first broken link of each chain; run it in one snapshot.

    `exported` is the day and hash of a root kept elsewhere: it also finds a log rewritten as a whole.
    """
    found = Verification()
    anchors = _verify_roots(found, exported)
    heads = {head.chain: (head.seq, head.hash) for head in ChainHead.objects.all()}
    events = AuditEvent.objects.order_by("chain", "seq").values_list(*COLUMNS).iterator(chunk_size=CHUNK)
    for chain, rows in groupby(events, key=lambda row: row[0]):
        found.chains += 1
        link = _walk(chain, _counted(rows, found), heads.pop(chain, None), anchors.pop(chain, {}))
        if link is not None:
            found.breaks.append(link)
    for chain in sorted(heads.keys() | anchors.keys()):
        found.breaks.append(Break(chain, 0, "all rows are gone"))
    return found


def row_hash(row: Row) -> str | None:
    """Return the hash of a row as the database's trigger makes it, None if its fields run into each other."""
    chain, seq, prev_hash, _hash, action, actor, office, subject, at, recorded_at, payload = row
    text = "\n".join(
        (prev_hash, chain, str(seq), action, actor, office, subject, _utc(at), _utc(recorded_at), payload)
    )
    return hashlib.sha256(text.encode()).hexdigest() if text.count("\n") == SEPARATORS else None


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def _counted(rows: Iterable[Row], found: Verification) -> Iterator[Row]:
    for row in rows:
        found.events += 1
        yield row


def _walk(
    chain: str, rows: Iterator[Row], head: tuple[int, str] | None, anchors: dict[int, str]
) -> Break | None:
    """Follow one chain to its end; `anchors` are the places that daily roots name."""
    seq, digest, broken = 0, "", None
    for row in rows:
        if broken is None:
            reason = _fault(row, seq, digest, anchors)
            broken = Break(chain, row[1], reason) if reason else None
        seq, digest = row[1], row[3]
    if broken is not None:
        return broken
    if head is None:
        return Break(chain, seq, "the chain has no head")
    if head != (seq, digest):
        return Break(chain, seq, f"the head says the last row is #{head[0]} with another hash or place")
    cut = [place for place in anchors if place > seq]
    return Break(chain, seq, f"a daily root names row #{min(cut)}, which is gone") if cut else None


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


def _verify_roots(found: Verification, exported: tuple[date, str] | None) -> dict[str, dict[int, str]]:
    """Follow the roots and return the places of each chain that they name."""
    anchors: dict[str, dict[int, str]] = {}
    prev_root, reason = "", ""
    for number, root in enumerate(DailyRoot.objects.order_by("on").iterator(), start=1):
        found.roots = number
        if not reason:
            reason = _root_fault(root, prev_root, exported)
            if reason:
                found.breaks.append(Break(ROOTS, number, reason))
        if not reason:
            for chain, seq, digest in heads_of(root):
                anchors.setdefault(chain, {})[seq] = digest
        prev_root, found.last_root = root.root, f"{root.on}:{root.root}"
    if exported is not None and not DailyRoot.objects.filter(on=exported[0]).exists():
        found.breaks.append(Break(ROOTS, found.roots, f"the exported root of {exported[0]} is gone"))
    return anchors


def _root_fault(root: DailyRoot, prev_root: str, exported: tuple[date, str] | None) -> str:
    if root.prev_root != prev_root:
        return f"the root of {root.on} does not name the root before it"
    if root.root != root_hash(root.prev_root, root.on, root.heads) or not is_readable(root):
        return f"the root of {root.on} does not match its heads"
    if exported is not None and exported[0] == root.on and exported[1] != root.root:
        return f"the root of {root.on} is not the one exported"
    return ""
