"""What daily roots vouch for: which places of each chain they name, and how far those kept elsewhere reach."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from audit.exported import ExportedRoot
from audit.models import DailyRoot
from audit.roots import heads_of, is_readable, root_hash


@dataclass(slots=True)
class Anchors:
    """places: hash by place by chain; vouched: the last place of each chain that a root kept elsewhere covers.

    `faults` are the number of a root and what is wrong with it.
    """

    places: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    vouched: dict[str, int] = field(default_factory=dict)
    roots: int = 0
    last_root: str = ""
    faults: list[tuple[int, str]] = field(default_factory=list)


def follow_roots(exported: Sequence[ExportedRoot]) -> Anchors:
    """Follow the roots of the database from the first; what those kept elsewhere name holds against them."""
    found = Anchors()
    kept: dict[date, set[str]] = defaultdict(set)
    for each in exported:
        kept[each.on].add(each.root)
    _follow(found, kept)
    for on in sorted(kept):
        found.faults.append((found.roots, f"the exported root of {on} is gone"))
    for each in exported:
        for chain, seq, digest in each.heads:
            found.places[chain][seq] = digest
            found.vouched[chain] = max(seq, found.vouched.get(chain, 0))
    return found


def _follow(found: Anchors, kept: dict[date, set[str]]) -> None:
    """Walk the roots and take those that are found from `kept`."""
    prev_root, newest = "", dict[str, int]()
    for number, root in enumerate(DailyRoot.objects.order_by("on").iterator(), start=1):
        found.roots = number
        elsewhere = kept.pop(root.on, None)
        if not found.faults:
            fault = _fault(root, prev_root, elsewhere)
            if fault:
                found.faults.append((number, fault))
            else:
                newest |= _note(found, root)
                found.vouched |= newest if elsewhere else {}
        prev_root, found.last_root = root.root, f"{root.on}:{root.root}"


def _note(found: Anchors, root: DailyRoot) -> dict[str, int]:
    heads = heads_of(root)
    for chain, seq, digest in heads:
        found.places[chain][seq] = digest
    return {chain: seq for chain, seq, _digest in heads}


def _fault(root: DailyRoot, prev_root: str, elsewhere: set[str] | None) -> str:
    if root.prev_root != prev_root:
        return f"the root of {root.on} does not name the root before it"
    if root.root != root_hash(root.prev_root, root.on, root.heads) or not is_readable(root):
        return f"the root of {root.on} does not match its heads"
    if elsewhere is not None and elsewhere != {root.root}:
        return f"the root of {root.on} is not the one exported"
    return ""
