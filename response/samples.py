"""Made-up data for the page of components: rows that are never stored, in every state that a component can show."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.forms.fields import MomentField, PeopleField, choice, line, tick, words
from accounts.models import Jurisdiction, Organisation
from incidents.counting import Count
from incidents.models import FactKind, Incident
from plan.levels import IncidentLevel
from plan.refusal import PlanRefusal
from reporting.excuses import OnRecord
from reporting.leg_view import LegView, leg_view
from reporting.models import LegCode, Obligation
from reporting.verdicts import Verdict, VerdictState
from response.doings.doing import DoingForm, several
from response.situation.gantt import gantt
from response.situation.now import IncidentNow, Situation
from response.situation.people import People

MINUTE = timedelta(minutes=1)


def samples(at: datetime) -> dict[str, Any]:
    """Return everything the page of components shows."""
    legs = [_leg(pk, minutes, at) for pk, minutes in enumerate((5, 40, 70), start=1)]
    open_leg = _leg(9, 15, at, has_hours=False)
    return {
        "at": at,
        "levels": list(IncidentLevel),
        "verdicts": [Verdict(state, late_min=12) for state in VerdictState],
        "legs": [*legs, open_leg],
        "board": {"situation": {"owed": [*legs, open_leg]}, "gantt": gantt([*legs, open_leg], at), "at": at},
        "now": _situation(at),
        "refusal": PlanRefusal(
            _("尚未明确总指挥。"), clause="3.1", code="sample", next_step=_("请由政府登记分管领导。")
        ),
        "form": _form(at),
        "tones": ["", "tag-good", "tag-warn", "tag-bad", "tag-run", "tag-drill"],
    }


def _leg(pk: int, minutes: int, at: datetime, *, has_hours: bool = True) -> LegView:
    """A phone report whose clock has run for some minutes: half an hour is the target, an hour the limit."""
    start = at - minutes * MINUTE
    target, limit = (start + 30 * MINUTE, start + 60 * MINUTE) if has_hours else (None, None)
    own = Obligation(
        pk=pk,
        incident=_incident(),
        clause="5.1(8)" if has_hours else "5.1(7)",
        leg=LegCode.PHONE if has_hours else LegCode.ONWARD,
        bearer=Organisation(pk=1, name=_("示例区政府"), kind="county_government"),
        recipient=Organisation(pk=2, name=_("示例接收单位"), kind="duty_room"),
        anchor_earliest=start,
        anchor_latest=start,
        known_at=start,
        urgent_target_at=target,
        urgent_limit_at=limit,
        target_at=target,
        limit_at=limit,
    )
    return leg_view([own], OnRecord((), ()), {}, (), at)


def _situation(at: datetime) -> Situation:
    """One incident whose numbers rose, fell, are not known and may count twice."""
    now = {FactKind.ILLNESS: Count(134, (1,), True), FactKind.INPATIENTS: Count(20, (2,), False)}
    before = {FactKind.ILLNESS: Count(120, (1,), False), FactKind.INPATIENTS: Count(22, (2,), False)}
    people = People(now, before, dict.fromkeys(now, at))
    return Situation(at, at - timedelta(hours=24), [IncidentNow(_incident(), people, [], None)], [])


def _incident() -> Incident:
    county = Jurisdiction(pk=1, code="330212", name=_("示例区"))
    return Incident(pk=1, number="NB0000-0000", county=county, proposed_level="III", place_text=_("示例饭店"))


def _form(at: datetime) -> DoingForm:
    """A form sent empty and wrong, so that every field says what is the matter."""
    sent: Mapping[str, str] = {"people": "-3", "moment": "?"}
    fields = {
        "line": line(label=_("一行文字"), max_length=20, required=True, help_text=_("填写说明。")),
        "words": words(label=_("几行文字")),
        "people": PeopleField(label=_("人数")),
        "moment": MomentField(label=_("时间")),
        "choice": choice(label=_("单选"), choices=[("", _("请选择")), ("a", _("甲"))], required=True),
        "several": several(label=_("多选"), choices=[("a", _("甲")), ("b", _("乙"))]),
        "tick": tick(label=_("勾选")),
    }
    return DoingForm(sent, fields=fields, initial={"moment": at})
