"""Drafted sentences on what happened: where, to how many, when they fell ill, of what (7.2: 分析事故原因和影响因素)."""

from collections.abc import Iterator

from incidents.models import PlaceKind, Stage
from reporting.alerts import BEIJING
from reporting.documents.wording import interval, moment
from review.drafting.record import Record
from review.drafting.sentences import Sentence, drawn


def event(record: Record) -> Iterator[Sentence]:
    """Say when and where it was, and since when it was known of."""
    incident = record.incident
    earliest, latest = incident.occurred_earliest, incident.occurred_latest
    when = f"{interval(earliest, latest)}，" if earliest and latest else ""
    name = incident.place.name if incident.place else incident.place_text
    kind = f"（{PlaceKind(incident.place_kind).label}）" if incident.place_kind else ""
    where = f"{incident.county.name}{name or '地点不详处'}{kind}"
    known = record.stamps["known"]
    yield drawn(f"{when}{where}发生食品安全事故（编号{incident.number}），{moment(known)}得知。", [incident])
    for report in record.reports[:1]:
        yield drawn(f"首份报告由{report.organisation.name}作出，{moment(report.received_at)}受理。", [report])


def people(record: Record) -> Iterator[Sentence]:
    """Say how many people were concerned, each number with the statements it was counted from."""
    for number in record.counting.numbers:
        yield drawn(f"{number.kind.label}{number.count.value}人，截至{moment(number.as_of)}。", number.facts)


def causes(record: Record) -> Iterator[Sentence]:
    """Say what is on record of food, stage and agent; what the record does not hold is left to people."""
    incident = record.incident
    said = []
    if incident.suspect_food:
        said.append(f"可疑食品为{incident.suspect_food}")
    if incident.stage:
        said.append(f"问题发生在{Stage(incident.stage).label}环节")
    if record.agent:
        said.append(f"致病因子判定为{record.agent}")
    if said:
        yield drawn(f"{'，'.join(said)}。", [incident])
    for result in record.measures:
        if result.kind == "sample_result":
            yield drawn(f"{moment(result.done_at)}取得检验结果（{result.organisation.name}）。", [result])


def curve(record: Record) -> Iterator[Sentence]:
    """Say when the cases fell ill, and the incubation they show."""
    drawing, times = record.times.drawing, record.times
    if drawing is None:
        return
    sources = [fact for fact in record.facts if fact.kind == "illness_count"]
    days: dict[str, int] = {}
    for each in drawing.rows:
        local = each.starts_at.astimezone(BEIJING)
        key = f"{local.month}月{local.day}日"
        days[key] = days.get(key, 0) + sum(each.primary.values()) + sum(each.secondary.values())
    told = "，".join(f"{day}{count}人" for day, count in days.items())
    yield drawn(f"按发病时间，病例分布为：{told}。", sources)
    if times.incubation is not None:
        hours = times.incubation.median.total_seconds() / 3600
        yield drawn(f"病例潜伏期中位数{hours:.1f}小时。", sources)
