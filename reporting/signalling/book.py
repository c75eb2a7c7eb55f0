"""The signals there are, beside what was found now: which of them a finding goes on with."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from incidents.models import Case
from reporting.models import Signal, SignalEvidence, SignalState
from reporting.signalling.parameters import REMEMBERED, SignalKind
from reporting.signalling.values import Finding, Sighting


def explained_refs(sightings: Sequence[Sighting]) -> set[str]:
    """Return which sightings a signal of a shared exposure holds: they explain themselves and count in no rise."""
    held = _evidence(each.ref for each in sightings)
    held = held.exclude(signal__kind=SignalKind.RISE).exclude(signal__state=SignalState.DISMISSED)
    return {row.ref for row in held}


def listed_persons(incident_ids: Collection[int], persons: Collection[str]) -> set[tuple[int, str]]:
    """Return which of these persons are in the incidents' line lists already."""
    rows = Case.objects.filter(fact__incident__in=incident_ids, person__in=[each for each in persons if each])
    return set(rows.values_list("fact__incident", "person"))


class Book:
    """The signals that findings may go on with, locked, with the evidence they hold of these findings."""

    def __init__(self, findings: Sequence[Finding], *, is_drill: bool, at: datetime) -> None:
        """Read and lock every signal that shares a name or evidence with a finding; as many queries however many."""
        refs = {ref for finding in findings for ref in finding.refs}
        sharing = _evidence(refs).values_list("signal", flat=True)
        keys = {finding.key for finding in findings}
        rows = Signal.objects.filter(Q(pk__in=set(sharing)) | Q(key__in=keys), is_drill=is_drill)
        rows = rows.filter(changed_at__gte=at - REMEMBERED).exclude(state=SignalState.ABSORBED)
        locked = list(rows.select_for_update().order_by("pk"))
        self.signals: dict[int, Signal] = {row.pk: row for row in locked}
        sizes = Signal.objects.filter(pk__in=self.signals).annotate(size=Count("evidence"))
        self.sizes: Counter[int] = Counter(dict(sizes.values_list("pk", "size")))
        self.held: dict[int, set[str]] = defaultdict(set)
        for row in _evidence(refs).filter(signal__in=self.signals):
            self.held[row.signal_id].add(row.ref)

    def going_on(self, finding: Finding) -> Signal | None:
        """Return the signal a finding goes on with: of the same name, else the one it shares most of the smaller one's evidence with."""
        named = [each for each in self.signals.values() if each.key == finding.key]
        if named:
            return max(named, key=lambda each: (each.state == SignalState.PROPOSED, each.changed_at, each.pk))
        refs = set(finding.refs)
        shared = {pk: len(refs & held) for pk, held in self.held.items() if pk in self.signals}
        near = [
            (number, pk)
            for pk, number in shared.items()
            if number and number * 2 >= min(len(refs), self.sizes[pk])
        ]
        return self.signals[max(near)[1]] if near else None

    def add(self, signal: Signal, rows: Sequence[SignalEvidence]) -> None:
        """Take note of what was just written."""
        self.signals[signal.pk] = signal
        self.held[signal.pk] |= {row.ref for row in rows}
        self.sizes[signal.pk] += len(rows)

    def within(self, signal: Signal) -> list[Signal]:
        """Return the other signals waiting for judgement all of whose evidence this one holds; they are taken off."""
        held = self.held[signal.pk]
        found = [
            each
            for pk, each in self.signals.items()
            if pk != signal.pk
            and each.state == SignalState.PROPOSED
            and self.sizes[pk] == len(self.held[pk])
            and self.held[pk] <= held
        ]
        for each in found:
            del self.signals[each.pk]
        return found


def _evidence(refs: Iterable[str]) -> QuerySet[SignalEvidence]:
    ids: dict[str, list[int]] = defaultdict(list)
    for ref in refs:
        kind, _colon, pk = ref.partition(":")
        ids[kind].append(int(pk))
    return SignalEvidence.objects.filter(Q(case__in=ids["case"]) | Q(public_report__in=ids["public"]))
