"""The tables that may be taken as files: the same rows, by the same rights, as the pages that show them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.permissions import check_actor_may
from accounts.rights import Right
from incidents.models import Incident
from incidents.selectors import incident_for
from plan.levels import IncidentLevel
from reporting.spreadsheets import stamp
from response.card_page import card_page
from response.card_rows import file_rows
from response.chronicle import chronicle_of
from response.incident_list import Row, filters_of, incident_rows
from response.situation.now import situation_of
from response.situation.people import PEOPLE
from response.situation.places import AreaNow, areas_of

MOST_ROWS: Final = 5_000
Asked = Mapping[str, str]
Rows = list[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its title, its headings, and what reads its rows; the reader checks the right."""

    title: Promise
    headings: Callable[[], list[str]]
    rows: Callable[[Actor, Asked, datetime], Rows]


def _incidents(actor: Actor, asked: Asked, _at: datetime) -> Rows:
    check_actor_may(actor, Right.SEE_INCIDENTS)
    return [_incident(row) for row in incident_rows(actor, filters_of(asked), most=MOST_ROWS)]


def _incident(row: Row) -> Sequence[Any]:
    incident, made = row.incident, row.assessment
    return [
        incident.number,
        IncidentLevel(incident.proposed_level).numeral,
        IncidentLevel(incident.confirmed_level).numeral if incident.confirmed_level else _("待核定"),
        row.response.get_level_display() if row.response else "",
        incident.get_status_display(),
        incident.county.name,
        incident.zone.name if incident.zone else "",
        _place(incident),
        stamp(incident.occurred_earliest),
        stamp(incident.occurred_latest),
        made.ill if made is not None and made.ill is not None else _("暂不清楚"),
        made.dead if made is not None else 0,
        stamp(incident.changed_at),
        _("是") if incident.is_drill else "",
    ]


def _place(incident: Incident) -> str:
    return incident.place.name if incident.place else incident.place_text


def _clocks(actor: Actor, _asked: Asked, at: datetime) -> Rows:
    check_actor_may(actor, Right.SEE_BOARD)
    return [
        [
            leg.incident.number,
            leg.bearer.name,
            leg.recipient.name,
            leg.label,
            leg.obligation.clause,
            stamp(leg.obligation.anchor_latest),
            stamp(leg.obligation.target_at),
            stamp(leg.obligation.limit_at) or _("预案未定时限"),
            leg.verdict.label_zh,
            leg.verdict.late_min,
        ]
        for leg in situation_of(actor, at=at).owed
    ]


def _counties(actor: Actor, _asked: Asked, at: datetime) -> Rows:
    check_actor_may(actor, Right.SEE_BOARD)
    rows = []
    for county in areas_of(situation_of(actor, at=at), actor):
        for area, host in ((county, ""), *((zone, county.area.name) for zone in county.zones)):
            if area.is_seen or area.incidents:
                rows.append(_area(area, host))
    return rows


def _area(here: AreaNow, host: str) -> Sequence[Any]:
    return [
        here.area.name,
        host,
        here.worst.numeral if here.worst else "",
        len(here.incidents),
        here.responding,
        *(number.value for number in here.people),
        here.owed,
        here.overdue,
        here.involved,
    ]


def _chronicle(actor: Actor, asked: Asked, _at: datetime) -> Rows:
    incident = incident_for(actor, asked.get("incident", ""))
    entries = chronicle_of(incident, limit=MOST_ROWS)
    return [[stamp(one.at), stamp(one.recorded_at), one.who, one.what, one.detail] for one in entries]


def _card(actor: Actor, asked: Asked, at: datetime) -> Rows:
    return [*file_rows(card_page(incident_for(actor, asked.get("incident", "")), actor, at))]


TABLES: Final = {
    "incidents": Table(
        gettext_lazy("事故"),
        lambda: [
            _("编号"), _("系统建议"), _("核定"), _("响应"), _("状态"), _("区县"), _("功能区"), _("地点"),
            _("事发最早"), _("事发最晚"), _("发病"), _("死亡"), _("最近变化"), _("演练"),
        ],
        _incidents,
    ),
    "clocks": Table(
        gettext_lazy("未送达的报告"),
        lambda: [
            _("事故"), _("报告单位"), _("接收单位"), _("方式"), _("条款"), _("起算"), _("力争"), _("时限"),
            _("状态"), _("超过分钟"),
        ],
        _clocks,
    ),
    "counties": Table(
        gettext_lazy("各区县（市）和功能区"),
        lambda: [
            _("区县（市）"), _("所在区县"), _("最高级别"), _("事故"), _("响应"),
            *(str(kind.label) for kind in PEOPLE), _("未送达"), _("超时"), _("涉及"),
        ],
        _counties,
    ),
    "chronicle": Table(
        gettext_lazy("大事记"),
        lambda: [_("时间"), _("登记时间"), _("单位"), _("事项"), _("说明")],
        _chronicle,
    ),
    "outbreak-card": Table(
        gettext_lazy("食源性疾病暴发信息卡"),
        lambda: [_("部分"), _("项目"), _("内容"), _("来源")],
        _card,
    ),
}  # fmt: skip
