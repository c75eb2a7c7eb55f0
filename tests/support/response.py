"""Responses for tests, made through the actions, each step by the office that the plan names."""

from datetime import datetime, timedelta
from typing import Any

from accounts.actions.users import create_user
from accounts.actors import SYSTEM, Actor
from accounts.models import OfficeHolding
from audit.clock import database_now
from incidents.models import Incident
from plan.levels import IncidentLevel, ResponseLevel
from response.actions.activation import (
    activate_county_response,
    activate_response,
    answer_activation,
    weigh_impact,
)
from response.actions.assessments import report_condition, request_data, write_assessment
from response.actions.commanders import appoint_commander
from response.actions.commands import issue_command
from response.actions.confirming import confirm_on_assessment
from response.actions.experts import keep_expert
from response.models import CommanderBasis, CommandKind, Response
from response.policies.spoken import Spoken
from response.policies.termination import CONDITIONS
from tests.support.people import actor, holding, office_for, organisation
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
    return confirm_on_assessment(
        incident=found,
        level=IncidentLevel(level),
        reason="电话评估，书面后补",
        note="初步评估",
        by=actor(office),
        at=at,
    )


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
    name = f"colleague-{office}"
    held = OfficeHolding.objects.filter(user__username=name).select_related("organisation__jurisdiction")
    known = held.first()
    if known is not None:
        return Actor.in_office(known)
    user = create_user(username=name, display_name="同事", by=SYSTEM, at=database_now())
    return Actor.in_office(office_for(user, office))


def second_office(first: str, second: str) -> Actor:
    """The person of one office acting in another that they hold as well."""
    return Actor.in_office(office_for(holding(first).user, second))


def commanded(level: ResponseLevel = ResponseLevel.III, *, at: datetime = NOON, **more: Any) -> Response:
    """A running response with its government's leader in charge as the commander."""
    response = active(level, at=at, **more)
    government = f"{YINZHOU}-gov" if level == ResponseLevel.IV else "city-gov"
    appoint_commander(
        response=response,
        holding=holding(government),
        basis=CommanderBasis.IN_CHARGE,
        spoken=spoken(at),
        by=colleague(government),
        at=at,
    )
    return response


def weigh_all(found: Incident, present: IncidentLevel = IncidentLevel.IV, *, at: datetime = NOON) -> None:
    """The office's current assessment in three parts."""
    write_assessment(
        incident=found,
        harm="轻症为主",
        extent="一家饭店",
        trend="无扩散",
        present_level=present,
        conditions=list(CONDITIONS),
        by=actor("city-fso"),
        at=at,
    )


def condition(found: Incident, at: datetime = NOON, **changes: Any) -> None:
    """How all 120 patients are: stable since noon, the last one ill since noon, of a toxin with a known incubation."""
    said: dict[str, Any] = {
        "as_of": at,
        "patients": 120,
        "all_treated": True,
        "stable_since": NOON,
        "last_onset_at": NOON,
        "agent": "STAPH",
        **changes,
    }
    report_condition(incident=found, by=actor("city-health"), at=at, **said)


def asked_for_doors(found: Incident, response: Response, *, at: datetime) -> dict[str, int]:
    """What one county's health bureau is asked for and ordered to do, by the address of each."""
    health = organisation(f"{YINZHOU}-health")
    request = request_data(
        incident=found,
        department=health,
        what="病例一览表",
        due_at=at + hours(1),
        by=actor("city-fso"),
        at=at,
    )
    expert = keep_expert(name="王某", unit="市疾控中心", field="微生物", by=actor("city-fso"), at=at)
    entry = issue_command(
        response=response,
        kind=CommandKind.ORDER,
        title="救治",
        text="全力救治",
        addressees=[health],
        by=actor("city-commission"),
        at=at,
    )
    return {
        "response:act_on": request.pk,
        "response:data_request": request.pk,
        "response:drop_expert": expert.pk,
        "response:order": entry.addressees.get().pk,
    }
