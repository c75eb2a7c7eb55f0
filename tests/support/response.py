"""Responses for tests, made through the actions, each step by the office that the plan names."""

from datetime import datetime, timedelta
from typing import Any

from accounts.actions.users import create_user
from accounts.actors import SYSTEM, Actor
from audit.clock import database_now
from incidents.actions.levels import confirm_level
from incidents.models import Incident
from plan.levels import IncidentLevel, ResponseLevel
from response.actions.activation import (
    activate_county_response,
    activate_response,
    answer_activation,
    weigh_impact,
)
from response.models import Response
from response.policies.spoken import Spoken
from tests.support.people import actor, holding, office_for
from tests.support.reports import NOON, YINZHOU, incident

ILL = {ResponseLevel.I: 120, ResponseLevel.II: 120, ResponseLevel.III: 120, ResponseLevel.IV: 45}


def spoken(at: datetime = NOON, **more: Any) -> Spoken:
    """A word on paper of 市政府's leader in charge."""
    given = {
        "decider": "王某",
        "capacity": "分管副市长",
        "given_at": at,
        "document": "甬政办〔2026〕1号",
        **more,
    }
    return Spoken(**given)


def oral(at: datetime = NOON, **more: Any) -> Spoken:
    """The same by telephone."""
    return spoken(at, document="", is_oral=True, words="同意，立即启动", **more)


def assessed(level: ResponseLevel, *, at: datetime = NOON, **more: Any) -> Incident:
    """An incident whose level an office has fixed."""
    found = incident(ILL[level], at=at, **more)
    office = "330212-fso" if level == ResponseLevel.IV else "city-fso"
    return confirm_level(incident=found, level=IncidentLevel(level), note="初步评估", by=actor(office), at=at)


def approved(level: ResponseLevel, *, at: datetime = NOON, **more: Any) -> Incident:
    """The same with all that Ⅰ, Ⅱ or Ⅲ needs before it may start."""
    found = assessed(level, at=at, **more)
    if level == ResponseLevel.I:
        weigh_impact(incident=found, impact="重大", trend="扩散", by=actor("city-commission"), at=at)
    answer_activation(
        incident=found, level=level, is_approved=True, spoken=spoken(at), by=actor("city-gov"), at=at
    )
    return found


def active(level: ResponseLevel = ResponseLevel.III, *, at: datetime = NOON, **more: Any) -> Response:
    """A running response: the county's at Ⅳ, else the city's."""
    if level == ResponseLevel.IV:
        found = assessed(level, at=at, **more)
        return activate_county_response(incident=found, by=actor(f"{YINZHOU}-commission"), at=at)
    found = approved(level, at=at, **more)
    return activate_response(incident=found, level=level, by=actor("city-commission"), at=at)


def hours(number: float) -> timedelta:
    """A span of hours, short to write."""
    return timedelta(hours=number)


def colleague(office: str) -> Actor:
    """Another person of this office."""
    user = create_user(username=f"colleague-{office}", display_name="同事", by=SYSTEM, at=database_now())
    return Actor.in_office(office_for(user, office))


def second_office(first: str, second: str) -> Actor:
    """The person of one office acting in another that they hold as well."""
    return Actor.in_office(office_for(holding(first).user, second))
