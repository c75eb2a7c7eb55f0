"""Drafted sentences on what was done: the course, clocks kept and missed, measures, costs (7.2: 评估开展情况和效果)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from accounts.models import Organisation
from plan.agents import span_zh
from plan.authority import Act
from plan.levels import IncidentLevel
from plan.records import KINDS
from reporting.documents.wording import moment
from reporting.leg_view import LegView
from reporting.timeliness import OUTCOMES, Outcome
from response.models import Decision, MeasureRecord, Step
from response.policies.rounds import clause_of
from review.drafting.record import Record
from review.drafting.sentences import Sentence, drawn
from review.milestones import LABELS, spans

KEPT = frozenset({Outcome.IN_TARGET, Outcome.IN_LIMIT})
BROKEN = frozenset({Outcome.LATE, Outcome.MISSED})


def course(record: Record) -> Iterator[Sentence]:
    """Tell the decisions in order, each with its clause."""
    told: list[tuple[datetime, Sentence]] = []
    for each in record.confirmations:
        level, grounds = IncidentLevel(each.level), "、".join(each.clauses) or "2"
        words = f"{each.organisation.name}核定事故级别为{level.numeral}级（预案{grounds}）"
        told.append((each.confirmed_at, drawn(f"{moment(each.confirmed_at)}，{words}。", [each])))
    told += [(each.given_at, _decided(each)) for each in record.decisions if each.paper_of_id is None]
    if record.finish is not None:
        at, carried = record.finish.declared_at, len(record.finish.carried)
        over = f"，{carried}项未结事项转入后续办理" if carried else ""
        words = f"{moment(at)}，{record.finish.organisation.name}宣布善后处置工作结束{over}（预案7.1）。"
        told.append((at, drawn(words, [record.finish])))
    yield from (sentence for _at, sentence in sorted(told, key=lambda each: each[0]))


def _decided(each: Decision) -> Sentence:
    act, oral = Act(each.act), "（口头）" if each.is_oral else ""
    level = f"，{IncidentLevel(each.level).numeral}级" if each.level else ""
    grounds = "、".join(each.conditions) or clause_of(each.act)
    step = Step(each.step).label
    words = f"{each.organisation.name}{oral}{step}：{act.label_zh}{level}（预案{grounds}）"
    return drawn(f"{moment(each.given_at)}，{words}。", [each])


def intervals(record: Record) -> Iterator[Sentence]:
    """Say how long each stretch took; the plan gives most of them no number of hours, so nothing is judged (A19)."""
    for each in spans(record.stamps, ()):
        if each.took is not None:
            text = f"自{LABELS[each.since]}至{LABELS[each.until]}用时{span_zh(each.took)}。"
            yield drawn(text, [record.incident])


def clocks(record: Record, bearers: frozenset[int] | None = None) -> Iterator[Sentence]:
    """Count the clocks that had hours, kept and missed, and name each missed one; of these bearers alone if given."""
    own = [
        leg
        for leg in record.legs
        if leg.obligation.limit_at is not None and (bearers is None or leg.bearer.pk in bearers)
    ]
    if not own:
        return
    kept = sum(OUTCOMES[leg.verdict.state] in KEPT for leg in own)
    excused = sum(OUTCOMES[leg.verdict.state] is Outcome.EXCUSED for leg in own)
    broken = [leg for leg in own if OUTCOMES[leg.verdict.state] in BROKEN]
    said = (
        f"预案规定时限的报告{len(own)}项，按时限送达{kept}项，口头说明原因{excused}项，超时{len(broken)}项。"
    )
    yield drawn(said, [leg.obligation for leg in own])
    yield from map(_broken, broken)


def missed(record: Record, bearers: frozenset[int] | None = None) -> Iterator[Sentence]:
    """Name each clock that was missed."""
    sentences = list(clocks(record, bearers))
    yield from sentences[1:]


def _broken(leg: LegView) -> Sentence:
    own, received = leg.obligation, leg.verdict.received_at
    limit = moment(own.limit_at) if own.limit_at else ""
    arrived = f"{moment(received)}送达，超过{leg.verdict.late_min}分钟" if received else "尚未送达"
    text = f"{leg.bearer.name}向{leg.recipient.name}的{leg.label}应于{limit}前送达，{arrived}（预案{own.clause}）。"
    return drawn(text, [own, *([leg.received] if leg.received else [])])


def measures(record: Record) -> Iterator[Sentence]:
    """Say of each kind of measure how often it was taken, from when to when and by whom."""
    by_kind: dict[str, list[MeasureRecord]] = defaultdict(list)
    for each in record.measures:
        by_kind[each.kind].append(each)
    for code, own in by_kind.items():
        kind = KINDS[code]
        whose = "、".join(dict.fromkeys(each.organisation.name for each in own))
        first, last = own[0].done_at, own[-1].done_at
        when = moment(first) if first == last else f"{moment(first)}至{moment(last)}"
        yield drawn(f"{kind.label_zh}{len(own)}次（{whose}，{when}，预案{kind.clause}）。", own)


def costs(record: Record) -> Iterator[Sentence]:
    """Say what the aftermath costs by kind and what was paid of it; whose it was is left out (7.1)."""
    from_record = defaultdict(list)
    for cost in record.costs:
        from_record[cost.get_kind_display()].append(cost)
    for label, own in from_record.items():
        owed = sum(each.amount for each in own)
        paid = sum(each.paid for each in own)
        yield drawn(f"{label}{len(own)}笔，共{owed:,.2f}元，已拨付{paid:,.2f}元。", own)


def carried_over(record: Record) -> Iterator[Sentence]:
    """Name what was open when the aftermath was declared finished (7.2, row 162)."""
    if record.finish is not None:
        for item in record.finish.carried:
            yield drawn(f"善后转入后续办理：{item['what']}（预案{item['clause']}）。", [record.finish])


def improvements(record: Record) -> Iterator[Sentence]:
    """Name the improvements that stand, to whom each was proposed and by when (7.2)."""
    for each in record.improvements:
        own = each.improvement
        if each.stage != "withdrawn":
            due = f"，请于{own.due_on:%Y-%m-%d}前完成" if own.due_on else ""
            yield drawn(f"对{own.addressee.name}：{own.text.strip().splitlines()[0]}{due}。", [own])


def bodies_of_county(record: Record) -> frozenset[int]:
    """Return the organisations of the county where it happened: the local government and its bodies."""
    county = record.incident.county_id
    return frozenset(Organisation.objects.filter(jurisdiction=county).values_list("pk", flat=True))
