"""A brief of the whole situation or of one incident: its sections, the same on the page and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from accounts.actors import Actor
from audit.record import canonical_json
from audit.worlds import in_drill
from incidents.models import Incident
from incidents.selectors import latest_assessment
from plan.clauses import clause
from plan.editions import EDITIONS
from plan.levels import IncidentLevel
from plan.recovery import Recovery
from reporting.documents.sheet import Sheet
from reporting.documents.wording import day, in_chinese, moment, numeral
from reporting.leg_view import LegView
from response.brief import said
from response.chronicle import chronicle_of, latest_entries
from response.models import ResponseState
from response.report_text import said_of_response
from response.selectors.recovery import condition_of
from response.selectors.running import responses_of
from response.situation.now import Situation, key_numbers, situation_of
from response.situation.places import areas_of

LATEST = 3
DRILL = "【演练】"


@dataclass(frozen=True, slots=True)
class Brief:
    """What a brief says, for whom and as of when."""

    title: str
    office: str
    at: datetime
    sections: Sequence[tuple[str, str]]
    is_drill: bool = False

    @property
    def digest(self) -> str:
        """The hash of its content, printed on every page."""
        content = {"title": self.title, "at": self.at.isoformat(), "sections": [*map(list, self.sections)]}
        return sha256(canonical_json(content).encode()).hexdigest()


@in_chinese
def situation_brief(actor: Actor, *, at: datetime) -> Brief:
    """Say what goes on in all that an office sees."""
    now = situation_of(actor, at=at)
    sections = [
        ("总体情况", said.in_sum(now)),
        ("各区县（市）", said.by_county(areas_of(now, actor))),
        ("各起事故", said.each_incident(now.real)),
        ("报告时限", said.clocks(_real_legs(now), now.overdue)),
        ("最近动态", said.chronicle(latest_entries(actor, limit=LATEST))),
    ]
    return Brief("食品安全事故情况要情", _office(actor), at, sections)


@in_chinese
def incident_brief(actor: Actor, incident: Incident, *, at: datetime) -> Brief:
    """Say what goes on in one incident: what happened, its level and why, people, clocks, what is done, when it may end."""
    now = situation_of(actor, at=at)
    own = next((each for each in now.incidents if each.incident.pk == incident.pk), None)
    sections = [
        ("基本情况", f"{said.where(incident)}，{said.when(incident)}。"),
        ("级别及依据", _level(incident)),
        ("人数", said.people(key_numbers([own])) if own else "已不在处置中，人数见事故页面。"),
        ("报告时限", said.clocks(own.legs, own.overdue) if own else "没有未送达的报告。"),
        ("应急响应和处置", _response(incident)),
        ("终止条件（6.4.2(1)）", _ending(incident, at)),
        ("最近动态", said.chronicle(chronicle_of(incident, limit=LATEST))),
    ]
    title = f"{incident.number}食品安全事故情况要情"
    return Brief(title, _office(actor), at, sections, is_drill=incident.is_drill)


def sheet_of(brief: Brief, *, who: str) -> Sheet:
    """Lay a brief out on paper; it is no report under 5.1(8) and carries no seal."""
    mark = DRILL if brief.is_drill else ""
    edition = EDITIONS[-1]
    return Sheet(
        marks=(mark,) if mark else (),
        masthead="食品安全事故情况要情",
        number=moment(brief.at),
        attention="内部资料",
        title=f"{mark}{brief.title}",
        to="",
        paragraphs=tuple(
            (f"{numeral(place)}、{head}", text) for place, (head, text) in enumerate(brief.sections, 1)
        ),
        organ=brief.office,
        date=day(brief.at),
        seal="",
        note="（由系统按现有记录生成，不代替5.1(8)规定的报告。）",
        copies="",
        hands=f"打印：{brief.office}　{who}　{moment(brief.at)}",
        footer=(f"{mark}依据《{edition.title}》（{edition.number}）", f"内容摘要 SHA-256 {brief.digest}"),
    )


def _real_legs(now: Situation) -> list[LegView]:
    return [leg for leg in now.owed if leg.incident.is_drill == in_drill()]


def _office(actor: Actor) -> str:
    return actor.organisation.name if actor.organisation else ""


def _level(incident: Incident) -> str:
    made = latest_assessment(incident)
    confirmed = IncidentLevel(incident.confirmed_level) if incident.confirmed_level else None
    lines = [f"系统建议{said.level_words(IncidentLevel(incident.proposed_level))}。"]
    lines.append(f"核定{said.level_words(confirmed)}。" if confirmed else "尚未核定。")
    if made is not None:
        lines += [f"{ref}：{clause(ref).text_zh}" for ref in made.clauses]
        lines += [f"升级条件：{made.next_up[0]}。"] if made.next_up else []
    return "\n".join(lines)


def _response(incident: Incident) -> str:
    running = responses_of(incident).filter(state=ResponseState.ACTIVE)
    lines = [f"{said.response_words(each)}。" for each in running] or ["没有进行中的应急响应。"]
    measures = said_of_response(incident).get("measures", "")
    return "\n".join([*lines, f"已采取的措施：{measures}" if measures else "尚未登记措施。"])


def _ending(incident: Incident, at: datetime) -> str:
    condition = condition_of(incident, at)
    judged = condition.judgement
    lines = [f"{judged.state.label_zh}{'：' if judged.reasons_zh else ''}{'；'.join(judged.reasons_zh)}。"]
    if judged.missing:
        lines.append(f"尚缺：{'；'.join(finding.label_zh for finding in judged.missing)}。")
    if judged.earliest_at and judged.state is Recovery.MET:
        lines.append(f"自{moment(judged.earliest_at)}起符合。")
    elif judged.earliest_at:
        lines.append(f"最早可于{moment(judged.earliest_at)}符合，若无新发和反复。")
    return "\n".join(lines)
