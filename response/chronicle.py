"""大事记: the evidence log of incidents, readable; who is an office, never a person's name."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.models import Organisation
from audit.models import AuditEvent
from incidents.models import FactKind, Incident
from incidents.selectors import visible_incidents
from plan.levels import IncidentLevel
from reporting.models import StageCode

# The entries of these incidents are looked through for the latest: enough, and the same number after ten years.
RECENT_INCIDENTS: Final = 60
PREFIX: Final = "incident:"

ACTIONS: Final = {
    "incidents.open": gettext_lazy("登记事故"),
    "incidents.record_facts": gettext_lazy("登记事实"),
    "incidents.correct_fact": gettext_lazy("更正事实"),
    "incidents.retract_facts": gettext_lazy("撤回事实"),
    "incidents.reassess": gettext_lazy("系统评估"),
    "incidents.confirm_level": gettext_lazy("核定级别"),
}
_NOBODY: Final = {
    "clock": gettext_lazy("时钟"),
    "system": gettext_lazy("系统"),
    "anonymous": gettext_lazy("未登录者"),
}


@dataclass(frozen=True, slots=True)
class ChronicleEntry:
    """One line of the chronicle: `at` is when it was done, `recorded_at` when the database wrote it down."""

    pk: int
    number: str
    at: datetime
    recorded_at: datetime
    who: str
    what: str
    detail: str


def chronicle_of(incident: Incident, *, limit: int) -> list[ChronicleEntry]:
    """Return the latest entries of one incident, newest first (预案 7.2: 总结 needs them)."""
    return _readable(AuditEvent.objects.filter(chain=incident.chain).order_by("-seq")[:limit])


def latest_entries(actor: Actor, *, limit: int) -> list[ChronicleEntry]:
    """Return the latest entries of the incidents an actor may see, newest first."""
    recent = visible_incidents(actor).order_by("-changed_at", "-pk")[:RECENT_INCIDENTS]
    chains = [PREFIX + number for number in recent.values_list("number", flat=True)]
    return _readable(AuditEvent.objects.filter(chain__in=chains).order_by("-pk")[:limit])


def _readable(rows: QuerySet[AuditEvent]) -> list[ChronicleEntry]:
    events: Sequence[AuditEvent] = list(rows)
    offices = {event.office for event in events}
    names = dict(Organisation.objects.filter(code__in=offices).values_list("code", "name"))
    return [
        ChronicleEntry(
            pk=event.pk,
            number=event.chain.removeprefix(PREFIX),
            at=event.at,
            recorded_at=event.recorded_at,
            who=names.get(event.office) or str(_NOBODY.get(event.actor, event.office)),
            what=str(ACTIONS.get(event.action, event.action)),
            detail="；".join(_details(json.loads(event.payload))),
        )
        for event in events
    ]


def _details(payload: dict[str, Any]) -> Iterable[str]:
    """Say in words what a payload names by code; it holds no person's data (预案外：个人信息保护)."""
    if "level" in payload:
        level = IncidentLevel(payload["level"])
        yield level.numeral if level == IncidentLevel.BELOW else _("%s级") % level.numeral
    if payload.get("clauses"):
        yield _("预案%s") % "、".join(payload["clauses"])
    if "stage" in payload:
        yield str(StageCode(payload["stage"]).label)
    facts = payload.get("facts")
    if isinstance(facts, list) and facts and isinstance(facts[0], dict):
        yield "、".join(dict.fromkeys(str(FactKind(fact["kind"]).label) for fact in facts))
