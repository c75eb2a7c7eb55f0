"""Draft the fields of a report from what is on record; people go on from there (5.1(8), 5.2, A26)."""

from collections.abc import Callable, Mapping
from typing import Final

from incidents.models import FactKind, PlaceKind, Stage
from incidents.wording import value_in_words
from plan.agents import agents
from plan.levels import IncidentLevel
from reporting.documents.fields import DocumentField, Need, fields_of
from reporting.documents.material import Material
from reporting.documents.wording import change, interval, moment, people
from reporting.models import DocumentKind


def drafted(kind: str, found: Material) -> dict[str, str]:
    """Return what is known for each field a person may edit; what the report before said is not said again."""
    before: Mapping[str, str] = found.before.content["compared"] if found.before else {}
    text: dict[str, str] = {}
    for field in editable(kind, is_late=found.late_min > 0):
        said = _said(field.code, found)
        is_repeated = field.need(kind) is Need.IF_CHANGED and said == before.get(field.code)
        text[field.code] = "" if is_repeated else said
    return text


def editable(kind: str, *, is_late: bool) -> list[DocumentField]:
    """Return the fields people write: all but the numbers on record, and 超时说明 only in a report past its limit."""
    return [
        field
        for field in fields_of(kind)
        if not field.figures and (is_late or field.need(kind) is not Need.IF_LATE)
    ]


def compared(found: Material) -> dict[str, str]:
    """Return what a later 续报 says again only if it has changed since (5.1(6))."""
    return {
        field.code: _said(field.code, found)
        for field in fields_of(DocumentKind.FOLLOW_UP)
        if field.need(DocumentKind.FOLLOW_UP) is Need.IF_CHANGED
    }


def figures_text(kind: str, found: Material) -> str:
    """Return the numbers of people, and in a 续报 the change since the report before (5.2)."""
    said = people(found.figures.numbers, found.figures.as_of)
    if kind != DocumentKind.FOLLOW_UP or found.before is None:
        return said
    before = found.before.content
    return said + change(found.figures.numbers, before["figures"], before["name"])


def _said(code: str, found: Material) -> str:
    own = _DRAFTS[code](found) if code in _DRAFTS else ""
    return own + found.above.get(code, "")


def _received(found: Material) -> str:
    if found.report is None:
        return ""
    taker = f"，接报人：{found.taker}" if found.taker else ""
    return f"{moment(found.report.known_at)}得知，信息来源：{found.report.organisation.name}报告{taker}。"


def _occurred(found: Material) -> str:
    earliest, latest = found.incident.occurred_earliest, found.incident.occurred_latest
    return f"{interval(earliest, latest)}。" if earliest and latest else "暂不清楚。"


def _place(found: Material) -> str:
    incident = found.incident
    area = incident.county.name + (f"（{incident.zone.name}）" if incident.zone else "")
    address = (
        incident.address if incident.address.startswith(incident.county.name) else area + incident.address
    )
    name = incident.place.name if incident.place else incident.place_text
    kind = f"（{PlaceKind(incident.place_kind).label}）" if incident.place_kind else ""
    return f"{address}{name or '，具体地点暂不清楚'}{kind}。"


def _unit(found: Material) -> str:
    place, stage = found.incident.place, found.incident.stage
    said = [place.name if place else found.incident.place_text]
    if place and place.registry_code:
        said.append(f"证照编号{place.registry_code}")
    if stage:
        said.append(f"{Stage(stage).label}环节")
    return f"{'，'.join(said)}。" if said[0] else ""


def _illness(found: Material) -> str:
    food, exposed = found.incident.suspect_food, found.figures.numbers.get(FactKind.EXPOSED)
    said = [f"可疑食品：{food}"] if food else []
    if exposed is not None:
        said.append(f"暴露人数{exposed}人")
    return f"{'；'.join(said)}。" if said else ""


def _extent(found: Material) -> str:
    said = [f"涉及{len(found.counties)}个区县（市）：{'、'.join(found.counties)}"] if found.counties else []
    for kind in (FactKind.CITIES, FactKind.PROVINCES, FactKind.OVERSEAS, FactKind.HEALTH_DAMAGE):
        fact = found.latest(kind)
        if fact is not None:
            said.append(f"{fact.get_kind_display()}：{value_in_words(kind, fact.value)}")
    return f"{'；'.join(said)}。" if said else ""


def _sensitive(found: Material) -> str:
    incident = found.incident
    said = ["涉及学校或托幼机构"] if incident.is_school_or_nursery else []
    if incident.is_sensitive:
        said.append(incident.sensitive_reason)
    return f"{'；'.join(said)}。" if said else "目前未接到敏感因素的报告。"


def _course(found: Material) -> str:
    fact = found.latest(FactKind.SUSPECT_AGENT)
    if fact is None:
        return found.note
    known = agents().get(fact.value)
    return f"{found.note}可疑致病因子：{known.name_zh if known else fact.value}。"


def _level(found: Material) -> str:
    """Say the level that is confirmed, or first the graver one that the facts reach by now (5.1(8), 6.1)."""
    signed, proposed = found.confirmation, found.assessment
    confirmed = ""
    if signed is not None:
        grounds = "、".join(signed.clauses)
        confirmed = f"{_named(signed.level)}，{signed.organisation.name}核定，依据预案{grounds or '2'}。"
    if proposed is None or found.incident.duty_level == found.incident.confirmed_level:
        return confirmed
    grounds = "、".join(proposed.clauses)
    return f"按现有事实达到{_named(proposed.level)}，依据预案{grounds or '2'}，尚未核定。" + (
        f"此前：{confirmed}" if confirmed else ""
    )


def _named(level: str) -> str:
    found = IncidentLevel(level)
    if found is IncidentLevel.BELOW:
        return "未达一般级别"
    return f"{found.label_zh}食品安全事故（{found.numeral}级）"


def _lateness(found: Material) -> str:
    return found.explained


_DRAFTS: Final[Mapping[str, Callable[[Material], str]]] = {
    "received": _received,
    "occurred": _occurred,
    "place": _place,
    "unit": _unit,
    "illness": _illness,
    "extent": _extent,
    "sensitive": _sensitive,
    "course": _course,
    "level": _level,
    "lateness": _lateness,
}
