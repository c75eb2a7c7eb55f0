"""Who can help an incident (3.3, 3.4.6, 8.3, 8.5): found by its agent, and who is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.actors import Actor
from accounts.models import Jurisdiction, JurisdictionKind, Organisation
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.agents import Agent, agents
from plan.offices import OfficeKind
from readiness.fields import bare
from readiness.models import SupportRequest
from readiness.permissions import is_of, sees_contacts, visible_areas
from readiness.register import Register
from readiness.registers import SOURCES, STORES
from readiness.selectors.entries import LONGEST_SEARCH, Row, area_of, holding, rows_of
from response.models import AgentFinding

MOST_FOUND = 20
WITH_ACCOUNTS = (OfficeKind.HOSPITAL, OfficeKind.CDC)


@dataclass(frozen=True, slots=True)
class Found:
    """One row that may help, with where it is and, for who may see it, who is reached."""

    row: Row
    area: Jurisdiction
    title: str
    details: Sequence[tuple[str, str]]
    contact: str
    phone: str
    is_expired: bool


@dataclass(frozen=True, slots=True)
class Source:
    """What one register holds for an agent."""

    register: Register
    found: Sequence[Found]


def agent_of(incident: Incident) -> str:
    """Return the agent an incident is about: as found, else as suspected; empty for none of the table (6.4.2(1))."""
    found = AgentFinding.objects.filter(incident__in=family_ids(incident)).order_by("pk").last()
    code = found.agent if found and found.agent else incident.suspect_agent
    return code if code in agents() else ""


def sources_for(actor: Actor, agent: str, text: str, *, today: date) -> list[Source]:
    """Return what the registers hold against an agent or under a word, the actor's own area first; the first rows without either."""
    areas = {each.pk: each for each in visible_areas(actor)}
    with_contacts = sees_contacts(actor)
    sources = []
    for register in SOURCES:
        rows = rows_of(register, areas.values()).filter(_sought(register, agents().get(agent), text))
        found = [
            _found(register, row, areas, today, with_contacts=with_contacts) for row in rows[:MOST_FOUND]
        ]
        sources.append(
            Source(register, sorted(found, key=lambda each: (not is_of(actor, each.area), each.is_expired)))
        )
    return sources


def recipient_of(register: Register, row: Row) -> Organisation:
    """Return who is asked: the body itself where one of that name has an account here, else the office that keeps the row."""
    named = Organisation.objects.filter(
        kind__in=WITH_ACCOUNTS, name=register.title_of(row, with_contacts=True)
    )
    area = area_of(row)
    is_city = area.kind == JurisdictionKind.CITY
    kind = OfficeKind.CITY_COMMISSION_OFFICE if is_city else OfficeKind.COUNTY_COMMISSION_OFFICE
    return named.first() or Organisation.objects.get(kind=kind, jurisdiction=area)


def requests_for(incident: Incident) -> QuerySet[SupportRequest]:
    """Return what was asked for an incident and what was merged into it, the newest first."""
    rows = SupportRequest.objects.filter(incident__in=family_ids(incident))
    return rows.select_related("incident", "sender", "recipient").order_by("-pk")


def _sought(register: Register, agent: Agent | None, text: str) -> Q:
    """Match rows that name the agent, by its code or in words, and hold the text."""
    found = Q()
    if agent is not None:
        found &= Q(agents__contains=[agent.code]) | holding(register, bare(agent.name_zh))
    wanted = text.replace("\x00", "").strip()[:LONGEST_SEARCH]
    return found & holding(register, wanted) if wanted else found


def _found(
    register: Register, row: Any, areas: Mapping[int, Jurisdiction], today: date, *, with_contacts: bool
) -> Found:
    shown = register.shown(row, with_contacts=with_contacts)
    title = register.title_of(row, with_contacts=with_contacts)
    told = {*register.key, "phone", "contact"}
    return Found(
        row=row,
        area=areas[row.area if register.of_city else row.area_id],
        title=title,
        details=[(str(own.heading), words) for own, words in shown if words and own.name not in told],
        contact=getattr(row, "contact", "") if with_contacts else "",
        phone=row.phone if with_contacts else "",
        is_expired=register is STORES and row.expires_on is not None and row.expires_on < today,
    )
