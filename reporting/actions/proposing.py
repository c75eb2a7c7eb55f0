"""Propose to a person what may be one outbreak; an open proposal grows, it is never doubled (4.1, 8.2(a))."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Jurisdiction
from audit.record import Entry, record
from audit.seals import seals
from outbox.actions.messages import owe
from reporting.models import Signal, SignalDecision, SignalEvidence, SignalState
from reporting.public_record import take_turns
from reporting.signalling.book import Book, explained_refs, listed_persons
from reporting.signalling.method import find
from reporting.signalling.names import places_named
from reporting.signalling.news import signal_news
from reporting.signalling.parameters import GROWN_BY, GROWN_TIMES, SignalKind
from reporting.signalling.sightings import Seen, recent_keys, seen
from reporting.signalling.values import DAY, Finding


@transaction.atomic
def propose_signals(*, keys: frozenset[str], is_drill: bool = False, by: Actor, at: datetime) -> int:
    """Look at the cases that share these traces or strata, and propose what may be one outbreak (4.1, 8.2(a)); how many changed.

    The cost is bounded by what is recent. Nothing is decided here: the machine proposes.
    """
    known = seen(keys, is_drill=is_drill, at=at)
    findings = find(
        known.sightings,
        known.history,
        asked=keys,
        at=at,
        known=known.incidents.keys(),
        explained=explained_refs(known.sightings),
    )
    findings = _unlisted(findings, known)
    if not findings:
        return 0
    # Two who find the same wait here for each other, and the second goes on with what the first proposed.
    take_turns("signals")
    book = Book(findings, is_drill=is_drill, at=at)
    counties = dict(Jurisdiction.objects.values_list("code", "pk"))
    return sum(
        _settle(
            finding,
            book,
            counties=counties,
            incident_id=known.incidents.get(finding.key),
            is_drill=is_drill,
            by=by,
            at=at,
        )
        for finding in findings
    )


def sweep_signals(*, by: Actor, at: datetime) -> int:
    """Look again at what came within a day: the public's reports, and cases that came at the same moment (8.2(a))."""
    found = recent_keys(since=at - DAY)
    return sum(
        propose_signals(keys=frozenset(keys), is_drill=is_drill, by=by, at=at)
        for is_drill, keys in sorted(found.items())
        if keys
    )


def _unlisted(findings: Sequence[Finding], known: Seen) -> list[Finding]:
    """Leave out who is in the line list of the incident that a finding belongs to; nobody is proposed to it twice."""
    concerned = {known.incidents[each.key] for each in findings if each.key in known.incidents}
    if not concerned:
        return list(findings)
    persons = {each.ref: each.person for each in known.sightings}
    listed = listed_persons(concerned, persons.values())
    left = [
        replace(
            each,
            refs=tuple(
                ref for ref in each.refs if (known.incidents.get(each.key), persons[ref]) not in listed
            ),
        )
        for each in findings
    ]
    return [each for each in left if each.refs]


def _settle(
    finding: Finding,
    book: Book,
    *,
    counties: Mapping[str, int],
    incident_id: int | None,
    is_drill: bool,
    by: Actor,
    at: datetime,
) -> bool:
    """Open a signal for a finding, or let the one it goes on with grow or come back; say whether anything changed."""
    signal = book.going_on(finding)
    concerned = {counties[code] for code in finding.counties} | _of_place(finding)
    if signal is None:
        signal = _new(finding, concerned, incident_id, is_drill, at)
        signal.save(force_insert=True)
        action = "reporting.propose_signal"
    else:
        if not _says_more(finding, signal, book.held[signal.pk]):
            return False
        action = "reporting.grow_signal"
        if signal.state != SignalState.PROPOSED:
            signal.propose_anew()
            action = "reporting.return_signal"
        _grow(signal, finding, concerned, at)
    rows = _add_evidence(signal, finding, book.held[signal.pk], at)
    book.add(signal, rows)
    is_told = action != "reporting.grow_signal" or _has_doubled(signal)
    if is_told:
        signal.told_units = signal.units
    signal.save()
    _note(action, signal, by, at, rows=rows)
    for narrower in book.within(signal):
        narrower.absorb()
        narrower.absorbed_by, narrower.changed_at = signal, at
        narrower.save()
        _note("reporting.absorb_signal", narrower, by, at, into=signal.pk)
    if is_told:
        owe(signal_news(signal, cases=book.sizes[signal.pk]), at=at)
    return True


def _of_place(finding: Finding) -> set[int]:
    """Return the counties in which a place of this name is registered: what is judged there is theirs too."""
    kind, _bar, name = finding.key.partition("|")
    if kind not in {SignalKind.PLACE, SignalKind.MAKER}:
        return set()
    return {place.county_id for place in places_named(name)}


def _new(
    finding: Finding, concerned: Collection[int], incident_id: int | None, is_drill: bool, at: datetime
) -> Signal:
    return Signal(
        kind=finding.kind,
        key=finding.key,
        counties=sorted(concerned),
        units=finding.units,
        told_units=finding.units,
        expected=finding.expected,
        first_at=finding.first_at,
        last_at=finding.last_at,
        is_grave=finding.is_grave,
        is_drill=is_drill,
        incident_id=incident_id,
        proposed_at=at,
        changed_at=at,
    )


def _grow(signal: Signal, finding: Finding, concerned: Collection[int], at: datetime) -> None:
    """Take over what a finding says beyond the signal; a rise whose cases turn out to share something is named by that."""
    if signal.kind == SignalKind.RISE:
        signal.kind, signal.key, signal.expected = finding.kind, finding.key, finding.expected
    signal.units = max(signal.units, finding.units)
    signal.first_at = min(signal.first_at, finding.first_at)
    signal.last_at = max(signal.last_at, finding.last_at)
    signal.counties = sorted({*signal.counties, *concerned})
    signal.is_grave = signal.is_grave or finding.is_grave
    signal.changed_at = at


def _says_more(finding: Finding, signal: Signal, held: Collection[str]) -> bool:
    """Whether a finding has evidence that its signal lacks, or says what the cases of a rise share; of a dismissed one, clearly."""
    is_named = SignalKind.RISE == signal.kind != finding.kind
    if set(finding.refs) <= set(held) and not is_named:
        return False
    return signal.state != SignalState.DISMISSED or _has_grown(signal, finding)


def _has_grown(signal: Signal, finding: Finding) -> bool:
    """Whether there is clearly more of a dismissed signal than when it was dismissed (house rule, not the plan's)."""
    dismissed = SignalDecision.objects.filter(signal=signal).latest("pk")
    more = finding.units >= max(dismissed.units + GROWN_BY, GROWN_TIMES * dismissed.units)
    return more or (finding.is_grave and not signal.is_grave)


def _has_doubled(signal: Signal) -> bool:
    return signal.units >= 2 * signal.told_units


def _add_evidence(
    signal: Signal, finding: Finding, held: Collection[str], at: datetime
) -> list[SignalEvidence]:
    rows = []
    for ref in finding.refs:
        if ref not in held:
            kind, _colon, pk = ref.partition(":")
            row = SignalEvidence(signal=signal, key=finding.key, added_at=at)
            row.case_id, row.public_report_id = (int(pk), None) if kind == "case" else (None, int(pk))
            rows.append(row)
    return SignalEvidence.objects.bulk_create(rows)


def _note(
    action: str,
    signal: Signal,
    by: Actor,
    at: datetime,
    *,
    rows: Sequence[SignalEvidence] = (),
    **more: int,
) -> None:
    payload: dict[str, object] = {"kind": signal.kind, "units": signal.units, **more}
    if rows:
        payload["rows"] = seals(rows)
    record(
        Entry(
            chain=signal.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=signal.chain,
            payload=payload,
        )
    )
