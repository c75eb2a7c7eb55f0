"""What a brief says in words: people, levels, clocks, responses, what happened last."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from incidents.models import Incident
from incidents.wording import interval
from plan.levels import IncidentLevel, ResponseLevel
from reporting.documents.wording import moment
from reporting.leg_view import LegView
from response.chronicle import ChronicleEntry
from response.models import Response
from response.situation.now import IncidentNow, KeyNumber, Situation
from response.situation.people import PEOPLE
from response.situation.places import AreaNow

NOTHING = "无。"
NAMES = ("发病", "住院", "重症", "死亡")
SHOWN_INCIDENTS, SHOWN_LEGS = 5, 3
LONGEST_DONE = 20


def in_sum(now: Situation) -> str:
    """Say how many incidents there are at which level, and how many people are concerned."""
    levels = "、".join(f"{level_words(level)}{count}起" for level, count in now.levels if count)
    drills = f"另有演练{now.drills}起，不计入以下数字。" if now.drills else ""
    if not now.real:
        return f"目前没有处置中的事故。{drills}"
    return f"处置中的事故{len(now.real)}起：{levels}。{drills}\n{people(now.people)}"


def people(numbers: Sequence[KeyNumber]) -> str:
    """Say each number with its change in a day, in how many incidents it is unknown, and up to when it holds."""
    said = "，".join(
        f"{name}{number.value}人{_change(number)}" for name, number in zip(NAMES, numbers, strict=True)
    )
    gaps = "，".join(
        f"{name}数{number.unknown}起未报"
        for name, number in zip(NAMES, numbers, strict=True)
        if number.unknown
    )
    times = [number.as_of for number in numbers if number.as_of is not None]
    until = f"截至{moment(max(times))}，" if times else ""
    overlaps = "部分人数可能重复计入，待核。" if any(number.overlaps for number in numbers) else ""
    return f"{until}{said}（括号内为较24小时前的变化）。{gaps}{'。' if gaps else ''}{overlaps}"


def by_county(areas: Iterable[AreaNow]) -> str:
    """Say which counties have open incidents, one line each, with their zones."""
    lines = [_county(area) for area in areas if area.incidents]
    return "\n".join(lines) or NOTHING


def each_incident(incidents: Sequence[IncidentNow]) -> str:
    """Say of each incident where it stands; of many, the gravest."""
    lines = [_incident(each) for each in incidents[:SHOWN_INCIDENTS]]
    if len(incidents) > SHOWN_INCIDENTS:
        lines.append(f"其余{len(incidents) - SHOWN_INCIDENTS}起见系统。")
    return "\n".join(lines) or NOTHING


def clocks(legs: Sequence[LegView], overdue: int) -> str:
    """Say how many reports are still to come, and which run out next."""
    if not legs:
        return "没有未送达的报告。"
    lines = [f"未送达的报告{len(legs)}项，其中超过法定时限{overdue}项。"]
    lines += [_leg(leg) for leg in legs[:SHOWN_LEGS]]
    if len(legs) > SHOWN_LEGS:
        lines.append("其余见系统。")
    return "\n".join(lines)


def chronicle(entries: Iterable[ChronicleEntry]) -> str:
    """Say what happened last, the newest first."""
    lines = [f"{_short(one.at)}　{one.number}　{one.who}：{one.what[:LONGEST_DONE]}" for one in entries]
    return "\n".join(lines) or NOTHING


def response_words(response: Response) -> str:
    """Say which response runs, whose, since when."""
    whose = response.county.name if response.county else "市级"
    level = ResponseLevel(response.level).label_zh
    return f"{whose}{level}，{moment(response.activated_at)}启动"


def level_words(level: IncidentLevel) -> str:
    """Name a level by word and numeral."""
    return level.numeral if level == IncidentLevel.BELOW else f"{level.label_zh}（{level.numeral}级）"


def where(incident: Incident) -> str:
    """Name the place of an incident."""
    place = incident.place.name if incident.place else incident.place_text
    zone = f"（{incident.zone.name}）" if incident.zone else ""
    return f"{incident.county.name}{zone}{place or '地点暂不清楚'}"


def when(incident: Incident) -> str:
    """Say when it occurred, as far as known."""
    if incident.occurred_earliest is None or incident.occurred_latest is None:
        return "事发时间暂不清楚"
    return f"{interval(incident.occurred_earliest, incident.occurred_latest)}事发"


def _short(instant: datetime) -> str:
    """Return a moment without its year, which stands at the head of the brief."""
    return moment(instant).partition("年")[2]


def _change(number: KeyNumber) -> str:
    return f"（{number.change:+d}）" if number.change else ""


def _county(area: AreaNow) -> str:
    ill, dead = area.people[0].value, area.people[3].value
    late = f"，超时未报{area.overdue}项" if area.overdue else ""
    zones = "，".join(f"{zone.area.name}{len(zone.incidents)}起" for zone in area.zones if zone.incidents)
    inside = f"（其中{zones}）" if zones else ""
    worst = level_words(area.worst) if area.worst else ""
    return f"{area.area.name}{len(area.incidents)}起{inside}，最高{worst}，发病{ill}人，死亡{dead}人{late}。"


def _incident(each: IncidentNow) -> str:
    incident = each.incident
    standing = "已核定" if incident.confirmed_level == incident.duty_level else "系统建议，待核定"
    counted = "，".join(
        f"{name}{each.people.now[kind].value}人"
        for name, kind in zip(NAMES, PEOPLE, strict=True)
        if kind in each.people.now
    )
    running = f"；{response_words(each.response)}" if each.response else ""
    return f"{incident.number}　{where(incident)}，{level_words(incident.duty_level)}（{standing}），{counted or '人数暂不清楚'}{running}。"


def _leg(leg: LegView) -> str:
    own = leg.obligation
    due = f"时限{_short(own.limit_at)}" if own.limit_at else "预案未定时限"
    return f"{leg.incident.number}　{leg.bearer.name}向{leg.recipient.name}{leg.label}：{due}，{leg.verdict.label_zh}。"
