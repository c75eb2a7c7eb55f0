"""The key numbers of what is open, each with its change against the day before."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from incidents.models import AssessmentRecord, Incident
from plan.levels import ResponseLevel
from reporting.leg_view import LegView
from reporting.verdicts import Verdict, VerdictState
from response.models import Response, ResponseState
from response.wall.counties import Case

# What a change is measured against; a choice of the house, not of the plan.
SINCE: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number; `change` is what came to it in the last 24 hours, None where that is not counted."""

    key: str
    label: str
    value: int
    change: int | None = None
    note: str = ""

    @property
    def shrunk(self) -> int:
        """By how much it became less."""
        return -min(self.change or 0, 0)


def figures(
    cases: Collection[Case], responses: Collection[Response], owed: Collection[LegView], *, at: datetime
) -> list[Figure]:
    """Return the key numbers of the open incidents at an instant."""
    before = [Case(case.incident, then) for case, then in _a_day_before(cases, at)]
    unknown = sum(case.assessment is None or case.assessment.ill is None for case in cases)
    missed = [leg.verdict for leg in owed if leg.verdict.state == VerdictState.MISSED]
    without_hours = sum(leg.obligation.limit_at is None for leg in owed)
    fresh = sum(case.incident.opened_at > at - SINCE for case in cases)
    return [
        Figure("open", _("处置中的事故"), len(cases), fresh),
        Figure(
            "ill",
            _("发病人数"),
            sum(case.ill for case in cases),
            sum(case.ill for case in cases) - sum(case.ill for case in before),
            _("其中%d起人数暂不清楚") % unknown if unknown else "",
        ),
        Figure(
            "dead",
            _("死亡人数"),
            sum(case.dead for case in cases),
            sum(case.dead for case in cases) - sum(case.dead for case in before),
        ),
        Figure("responses", _("应急响应"), len(responses), _begun(responses, at), _highest(responses)),
        Figure("owed", _("未送达的报告"), len(owed), note=_("含预案未定时限的%d项") % without_hours),
        Figure("missed", _("已超法定时限未送达"), len(missed), note=_longest(missed)),
    ]


def active_responses(incidents: Iterable[Incident]) -> list[Response]:
    """Return the responses in force in these incidents."""
    return list(Response.objects.filter(incident__in=list(incidents), state=ResponseState.ACTIVE))


def cases_of(incidents: Iterable[Incident]) -> list[Case]:
    """Return these incidents, each with its latest assessment."""
    found = list(incidents)
    latest = _latest(found)
    return [Case(incident, latest.get(incident.pk)) for incident in found]


def _a_day_before(cases: Iterable[Case], at: datetime) -> Iterable[tuple[Case, AssessmentRecord | None]]:
    found = list(cases)
    then = _latest([case.incident for case in found], until=at - SINCE)
    return [(case, then.get(case.incident.pk)) for case in found]


def _latest(incidents: Collection[Incident], *, until: datetime | None = None) -> dict[int, AssessmentRecord]:
    rows = AssessmentRecord.objects.filter(incident__in=incidents)
    if until is not None:
        rows = rows.filter(at__lte=until)
    return {row.incident_id: row for row in rows.order_by("incident", "-pk").distinct("incident")}


def _longest(missed: Collection[Verdict]) -> str:
    late_min = max((verdict.late_min for verdict in missed), default=0)
    return _("最久已超%d分钟") % late_min if missed else ""


def _begun(responses: Iterable[Response], at: datetime) -> int:
    return sum(response.activated_at > at - SINCE for response in responses)


def _highest(responses: Iterable[Response]) -> str:
    levels = {response.level for response in responses}
    worst = next((level for level in ResponseLevel if level.value in levels), None)
    return _("最高%s级") % worst.numeral if worst else ""
