"""大事记: the evidence log of incidents, readable; who acted is an office, never a person's name."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from audit.models import AuditEvent
from incidents.models import FactKind, Incident
from incidents.selectors import visible_incidents
from plan.authority import Act
from plan.checklist import CHECKLIST
from plan.levels import IncidentLevel
from plan.records import KINDS
from reporting.alerts import leg_label
from reporting.models import Obligation, StageCode
from response.chronicle_labels import ACTIONS, ACTORS, UNSAID
from response.models import Step

# The entries of these incidents are looked through for the latest: enough, and the same number after ten years.
RECENT_INCIDENTS: Final = 60
LEGS_NAMED: Final = 2
# A report that opens an incident and starts its clocks writes about ten rows; most acts write one or two.
ROWS_A_LINE: Final = 5
INCIDENT: Final = "incident:"
OBLIGATION: Final = "obligation:"


@dataclass(frozen=True, slots=True)
class ChronicleEntry:
    """One line of the chronicle: `at` is when it was done, `recorded_at` when the database wrote it down."""

    pk: int
    chain: str
    seq: int
    number: str
    at: datetime
    recorded_at: datetime
    who: str
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Names:
    """What the entries name by code or id: organisations, and which leg an obligation is."""

    by_code: Mapping[str, str]
    by_pk: Mapping[int, str]
    legs: Mapping[int, tuple[int, int, str]]


def chronicle_of(incident: Incident, *, limit: int) -> list[ChronicleEntry]:
    """Return the latest entries of one incident, newest first (预案 7.2: 总结 needs them)."""
    return _readable(AuditEvent.objects.filter(chain=incident.chain).order_by("-seq"), limit)


def latest_entries(actor: Actor, *, limit: int) -> list[ChronicleEntry]:
    """Return the latest entries of the incidents an actor may see, newest first."""
    recent = visible_incidents(actor).order_by("-changed_at", "-pk")[:RECENT_INCIDENTS]
    chains = [INCIDENT + number for number in recent.values_list("number", flat=True)]
    return _readable(AuditEvent.objects.filter(chain__in=chains).order_by("-pk"), limit)


def _readable(rows: QuerySet[AuditEvent], limit: int) -> list[ChronicleEntry]:
    """Turn rows into at most `limit` lines, one for all that one act wrote."""
    events = list(rows.exclude(action__in=UNSAID)[: limit * ROWS_A_LINE])
    return list(islice(acts_among(events), limit))


def acts_among(events: Sequence[AuditEvent]) -> Iterator[ChronicleEntry]:
    """Yield rows of the log, the latest first, one line for all that one act wrote."""
    names = _names(events)
    acts = groupby(events, key=lambda event: (event.chain, event.actor, event.office, event.at))
    return (_entry(list(act)[::-1], names) for _key, act in acts)


def _names(events: Sequence[AuditEvent]) -> _Names:
    obligations = {
        int(event.subject.removeprefix(OBLIGATION))
        for event in events
        if event.subject.startswith(OBLIGATION)
    }
    legs = {
        pk: (bearer, recipient, leg)
        for pk, bearer, recipient, leg in Obligation.objects.filter(pk__in=obligations).values_list(
            "pk", "bearer", "recipient", "leg"
        )
    }
    named = {pk for bearer, recipient, _leg in legs.values() for pk in (bearer, recipient)}
    for event in events:
        payload = json.loads(event.payload)
        named |= {payload[key] for key in ("bearer", "recipient") if key in payload}
    codes = {event.office for event in events}
    organisations = Organisation.objects.filter(Q(code__in=codes) | Q(pk__in=named))
    rows = list(organisations.values_list("pk", "code", "name"))
    return _Names({code: name for _pk, code, name in rows}, {pk: name for pk, _code, name in rows}, legs)


def _entry(act: Sequence[AuditEvent], names: _Names) -> ChronicleEntry:
    event = act[-1]
    return ChronicleEntry(
        pk=event.pk,
        chain=event.chain,
        seq=event.seq,
        number=event.chain.removeprefix(INCIDENT),
        at=event.at,
        recorded_at=event.recorded_at,
        who=names.by_code.get(event.office) or str(ACTORS.get(event.actor, event.office)),
        what="、".join(dict.fromkeys(str(ACTIONS.get(each.action, each.action)) for each in act)),
        detail="；".join(dict.fromkeys(_details(act, names))),
    )


def _details(act: Sequence[AuditEvent], names: _Names) -> Iterator[str]:
    legs = []
    for event in act:
        payload = json.loads(event.payload)
        yield from _said(payload)
        leg = _leg(event, payload, names)
        if leg:
            legs.append(leg)
    yield from legs if len(legs) <= LEGS_NAMED else [_("%s项报告") % len(legs)]


def _said(payload: Mapping[str, Any]) -> Iterator[str]:
    """Say in words what a payload names by code; it holds no person's data."""
    if {"act", "step"} <= payload.keys():
        yield f"{Act(payload['act']).label_zh}：{Step(payload['step']).label}"
    if "level" in payload:
        level = IncidentLevel(payload["level"])
        yield level.numeral if level == IncidentLevel.BELOW else _("%s级") % level.numeral
    if payload.get("clauses"):
        yield _("预案%s") % "、".join(payload["clauses"])
    if "measure" in payload:
        yield KINDS[payload["measure"]].label_zh
    if "task" in payload:
        yield CHECKLIST[payload["task"]].label_zh
    if "stage" in payload:
        yield str(StageCode(payload["stage"]).label)
    facts = payload.get("facts")
    if facts and isinstance(facts[0], dict):
        yield "、".join(dict.fromkeys(str(FactKind(fact["kind"]).label) for fact in facts))


def _leg(event: AuditEvent, payload: Mapping[str, Any], names: _Names) -> str:
    if {"bearer", "recipient", "leg"} <= payload.keys():
        bearer, recipient, leg = payload["bearer"], payload["recipient"], payload["leg"]
    elif event.subject.startswith(OBLIGATION):
        bearer, recipient, leg = names.legs[int(event.subject.removeprefix(OBLIGATION))]
    else:
        return ""
    return f"{names.by_pk[bearer]}→{names.by_pk[recipient]} {leg_label(leg)}"
