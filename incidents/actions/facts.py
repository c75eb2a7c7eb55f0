"""Record, correct and take back facts (5.1: nothing is deleted or silently edited)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.assessing import lock, lock_with_whole, reassess
from incidents.counting import COUNTED_KINDS
from incidents.line_lists import NewCase
from incidents.models import Case, Certainty, CountKind, Fact, FactKind, Incident
from incidents.permissions import check_actor_can_record
from incidents.policies import check_can_correct_fact, check_happened, check_is_open
from incidents.selectors import current_facts, family_ids
from incidents.values import check_value
from plan.refusal import PlanRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFact:
    """One statement to record.

    `value` by kind: a count, a yes or no, a word, or an object. `happened_*` is when the fact itself occurred; left
    out, `as_of` (A17). `includes` are the ids of the facts (as first stated) that a total counts.
    """

    kind: str
    value: Any
    as_of: datetime
    happened_earliest: datetime | None = None
    happened_latest: datetime | None = None
    count_kind: str = ""
    includes: tuple[int, ...] = ()
    series: str = ""
    certainty: str = Certainty.SUSPECTED
    report_ref: str = ""
    source: Organisation | None = None
    cases: tuple[NewCase, ...] = ()


@transaction.atomic
def record_facts(*, incident: Incident, entries: Sequence[NewFact], by: Actor, at: datetime) -> list[Fact]:
    """Record facts an office learnt, and re-assess (5.1(6), 6.1).

    Refused: without the right (403), on a closed incident (409), for a value that can't be (422).
    """
    (incident,) = lock([incident.pk])
    check_is_open(incident)
    for entry in entries:
        check_actor_can_record(by, incident, entry.kind)
    facts = store_facts(incident=incident, entries=entries, by=by, at=at)
    reassess(incident=incident, by=by, at=at)
    return facts


def store_facts(*, incident: Incident, entries: Sequence[NewFact], by: Actor, at: datetime) -> list[Fact]:
    """Write facts of a locked incident without re-assessing: a part of a larger action that does."""
    for entry in entries:
        _check_entry(incident, entry, at)
    facts = Fact.objects.bulk_create([_fact(incident, entry, by, at) for entry in entries])
    cases = [
        Case(
            fact=fact,
            **{**{name: getattr(case, name) for name in NewCase.__slots__}, "traits": list(case.traits)},
        )
        for fact, entry in zip(facts, entries, strict=True)
        for case in entry.cases
    ]
    Case.objects.bulk_create(cases)
    _write_down("incidents.record_facts", facts, incident=incident, by=by, at=at, cases=len(cases))
    return facts


@transaction.atomic
def correct_fact(
    *,
    fact: Fact,
    value: Any,
    happened_earliest: datetime | None = None,
    happened_latest: datetime | None = None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Fact:
    """Correct a fact by a new one that names it and says why; the old one stays (5.1, A16, A48).

    happened_*: when the fact itself occurred, e.g. a death (A17); left out, as it was. 事发 is dated by its own value.
    A fact of a merged part stays the part's, and the whole is graded anew (A56).
    """
    incident, whole = lock_with_whole(fact.incident_id)
    check_actor_can_record(by, whole, fact.kind)
    check_is_open(whole)
    check_can_correct_fact(fact, is_corrected=Fact.objects.filter(corrects=fact).exists(), reason=reason)
    check_value(fact.kind, value)
    corrected = Fact(**_same(fact), **_recorded(by, at), value=value, reason=reason)
    followers = []
    if fact.kind == FactKind.OCCURRED:
        followers = _move_with_occurrence(fact, corrected)
    else:
        corrected.happened_earliest = happened_earliest or fact.happened_earliest
        corrected.happened_latest = happened_latest or fact.happened_latest
    check_happened(corrected.happened_earliest, corrected.happened_latest, at)
    made = Fact.objects.bulk_create([corrected, *followers])
    _write_down("incidents.correct_fact", made, incident=incident, by=by, at=at)
    reassess(incident=whole, by=by, at=at)
    return made[0]


def retract_facts(*, incident: Incident, facts: Sequence[Fact], reason: str, by: Actor, at: datetime) -> None:
    """Take back facts of a locked incident, and re-assess it or the locked whole it is part of: a part of withdrawing
    the report that stated them.
    """
    made = Fact.objects.bulk_create(
        Fact(**_same(fact), **_recorded(by, at), value=fact.value, is_retraction=True, reason=reason)
        for fact in facts
    )
    _write_down("incidents.retract_facts", made, incident=incident, by=by, at=at)
    reassess(incident=incident.merged_into or incident, by=by, at=at)


def _move_with_occurrence(fact: Fact, corrected: Fact) -> list[Fact]:
    """Move a report's other facts that were dated by its 事发 along with the corrected 事发 (A17, A48)."""
    before = (fact.happened_earliest, fact.happened_latest)
    corrected.happened_earliest = datetime.fromisoformat(corrected.value["earliest"])
    corrected.happened_latest = datetime.fromisoformat(corrected.value["latest"])
    siblings = current_facts([fact.incident_id]).filter(
        report_ref=fact.report_ref, happened_earliest=before[0], happened_latest=before[1]
    )
    followers = []
    for sibling in siblings.exclude(pk=fact.pk).exclude(report_ref=""):
        follower = Fact(
            **_same(sibling),
            value=sibling.value,
            reason=corrected.reason,
            recorder=corrected.recorder,
            office=corrected.office,
            recorded_at=corrected.recorded_at,
        )
        follower.happened_earliest = corrected.happened_earliest
        follower.happened_latest = corrected.happened_latest
        followers.append(follower)
    return followers


def _check_entry(incident: Incident, entry: NewFact, at: datetime) -> None:
    check_value(entry.kind, entry.value)
    earliest, latest = _happened(entry)
    check_happened(min(earliest, entry.as_of), max(latest, entry.as_of), at)
    if entry.kind in COUNTED_KINDS and entry.count_kind not in CountKind.values:
        raise PlanRefusal(
            _("请说明人数是本单位的还是合计的。"), clause="5.2", code="count_kind_missing", next_step=""
        )
    stated = current_facts(family_ids(incident)).filter(kind=entry.kind) if entry.includes else []
    if not set(entry.includes) <= {fact.statement_id for fact in stated}:
        raise PlanRefusal(
            _("合计所列的某项人数已被更正或撤回。"),
            clause="5.2",
            code="included_fact_gone",
            status=409,
            next_step=_("请刷新页面后重新选择合计包含的报告。"),
        )


def _happened(entry: NewFact) -> tuple[datetime, datetime]:
    latest = entry.happened_latest or entry.as_of
    return entry.happened_earliest or latest, latest


def _fact(incident: Incident, entry: NewFact, by: Actor, at: datetime) -> Fact:
    earliest, latest = _happened(entry)
    return Fact(
        incident=incident,
        kind=entry.kind,
        value=entry.value,
        count_kind=entry.count_kind,
        includes=list(entry.includes),
        series=entry.series,
        as_of=entry.as_of,
        happened_earliest=earliest,
        happened_latest=latest,
        source=entry.source or by.organisation,
        certainty=entry.certainty,
        report_ref=entry.report_ref,
        **_recorded(by, at),
    )


def _same(fact: Fact) -> dict[str, Any]:
    """Return what a correction takes over from the fact it corrects."""
    names = (
        "incident_id",
        "kind",
        "count_kind",
        "includes",
        "series",
        "as_of",
        "happened_earliest",
        "happened_latest",
        "source_id",
        "certainty",
        "report_ref",
    )
    return {"corrects": fact, "first_id": fact.statement_id, **{name: getattr(fact, name) for name in names}}


def _recorded(by: Actor, at: datetime) -> dict[str, Any]:
    return {"recorder": by.ref, "office": by.office, "recorded_at": at}


def _write_down(
    action: str, facts: Sequence[Fact], *, incident: Incident, by: Actor, at: datetime, **more: Any
) -> None:
    listed = [{"id": fact.pk, "kind": fact.kind, "corrects": fact.corrects_id} for fact in facts]
    record(
        Entry(
            chain=incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"incident:{incident.number}",
            payload={"facts": listed, "rows": seals(facts), **more},
        )
    )
