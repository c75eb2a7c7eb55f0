"""What there is to be seen: the outbreak of Long Khánh as published, ending now, with a response that the city runs."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.core.management import call_command

from audit.clock import database_now
from incidents.models import Incident
from outbox.models import Heartbeat
from plan.levels import IncidentLevel, ResponseLevel
from response.actions.activation import activate_response, answer_activation
from response.actions.commanders import appoint_commander
from response.actions.commands import issue_command
from response.models import CommanderBasis, CommandKind, Response
from tests.support import databases
from tests.support.people import actor, holding, organisation
from tests.support.processes import ROOT, started, web_server
from tests.support.reports import CIXI, HAISHU, incident
from tests.support.response import colleague, spoken
from tests.support.waiting import until
from tests.support.walls import wall_token

STORY: Final = ROOT / "demo" / "longkhanh.yaml"
# Two incidents beside it, with their clocks under way.
BESIDE: Final = ((CIXI, "慈溪某职工食堂", 134, 22), (HAISHU, "海曙某喜宴", 46, 50))
ORDERS: Final = (
    ("封存涉事单位库存及原料", "city-agriculture", 6),
    ("集中收治重症患儿，每日三时报告", "city-health", 2),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A web server on a database of its own, and where to look."""

    address: str
    number: str
    wall: str


@contextmanager
def scene() -> Iterator[Scene]:
    """Play the outbreak, start the response, and serve it with a clock process alive."""
    name = f"shots_{os.getpid()}"
    with (
        tempfile.TemporaryDirectory() as folder,
        databases.clone(databases.ensure_template(), name),
        databases.pointed_at(name),
        ExitStack() as running,
    ):
        case = played()
        running.enter_context(started("manage", "run_clock", log=Path(folder) / "clock.log"))
        until(Heartbeat.objects.exists, "the first heartbeat", limit_s=60)
        address = running.enter_context(web_server(Path(folder) / "web.log"))
        yield Scene(address, case.number, f"{address}/wall/#{wall_token().clear}")


def played() -> Incident:
    """The outbreak as it stands now, its response running."""
    call_command("replay", str(STORY), keep=True, shift="now", verbosity=0)
    case = Incident.objects.get(is_demo=True)
    at = database_now()
    for area, place, ill, minutes in BESIDE:
        occurred = at - timedelta(minutes=minutes)
        times = {"occurred_earliest": occurred, "occurred_latest": occurred}
        incident(ill, at=at, area=area, place_text=place, **times)
    command(respond(case, at), at)
    return case


def respond(case: Incident, at: datetime) -> Response:
    """市政府 approves, the commission starts Ⅱ, and the leader in charge commands."""
    level = ResponseLevel(IncidentLevel(case.confirmed_level))
    answer_activation(
        incident=case, level=level, is_approved=True, spoken=spoken(at), by=actor("city-gov"), at=at
    )
    response = activate_response(incident=case, level=level, by=actor("city-commission"), at=at)
    appoint_commander(
        response=response,
        holding=holding("city-gov"),
        basis=CommanderBasis.IN_CHARGE,
        spoken=spoken(at),
        by=colleague("city-gov"),
        at=at,
    )
    return response


def command(response: Response, at: datetime) -> None:
    """Headquarters' first orders."""
    for title, body, hours in ORDERS:
        issue_command(
            response=response,
            kind=CommandKind.ORDER,
            title=title,
            text=title,
            addressees=[organisation(body)],
            due_at=at + timedelta(hours=hours),
            by=actor("city-commission"),
            at=at,
        )
