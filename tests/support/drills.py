"""Drills for tests: databases to play them in, and people who play with browsers of their own."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.test import Client

from accounts.actors import CLOCK
from audit.clock import database_now
from drills.actions.playing import go_on_with_drills
from drills.models import Drill, DrillTurn, DrillWorld, TurnKind
from drills.scripts import ready_made
from plan.readiness import DrillKind
from tests.support import databases
from tests.support.pages import typed
from tests.support.people import login, organisation
from tests.support.reports import YINZHOU, county

FIVE = ("330212-regulator", "330212-health", "330212-fso", "330212-gov", "city-fso")
# What the pages of a world may lead to outside it: files, and the drill's own page in real life.
OUTSIDE = re.compile(r"(?:/static/|/drills/\d+/(?:bar/)?$|#|https?:|tel:|data:|$)")


@contextmanager
def world(template: str, name: str) -> Iterator[str]:
    """A database made ready for a drill; gone afterwards."""
    with databases.clone(template, name):
        DrillWorld.objects.create(database=name)
        yield name


def begin(client: Client, **changes: Any) -> Drill:
    """A drill of Jixi at thirty times the pace, started by whoever is logged in."""
    said = {"script": "jixi", "kind": "special", "county": YINZHOU, "factor": "30", **changes}
    answer = client.post("/drills/new/", said)
    assert answer.status_code == 302, answer.text
    return Drill.objects.latest("pk")


def tick() -> int:
    """What the clock does every second."""
    return go_on_with_drills(by=CLOCK, at=database_now())


class Player:
    """Somebody who plays for an office, with a browser of their own."""

    def __init__(self, office: str, drill: Drill | None = None) -> None:
        self.office, self.client = office, Client()
        login(self.client, office)
        self.prefix = f"/drills/{drill.pk}/world/" if drill else "/"
        self.number = ""

    def get(self, address: str, status: int = 200) -> str:
        """The page of the drill at this address."""
        answer = self.client.get(self.prefix + address)
        assert answer.status_code == status, (address, answer.status_code, answer.text[:2000])
        return str(answer.text)

    def act(self, address: str, said: Mapping[str, str], status: int = 302) -> str:
        """What the drill answers to a form of the incident."""
        answer = self.client.post(f"{self.prefix}incidents/{self.number}/{address}", said)
        assert answer.status_code == status, (address, answer.status_code, answer.text[:3000])
        if status == 302:
            assert answer.headers["Location"].startswith(self.prefix), answer.headers["Location"]
        return str(answer.text)

    def state(self, kind: str, value: str, **more: str) -> None:
        """Record a fact."""
        said = {"value": value, "as_of": typed_there(self), "certainty": "confirmed", **more}
        self.act(f"facts/?kind={kind}", said)

    def told(self, drill: Drill) -> str:
        """What the office sees of the drill in real life."""
        return str(self.client.get(f"/drills/{drill.pk}/").text)


def typed_there(player: Player) -> str:
    """The minute that the drill's clock shows, as a browser sends it."""
    drill = Drill.objects.get(pk=int(player.prefix.split("/")[2]))
    return typed(drill.turns.latest("pk").pace.shown(database_now()))


def leads_out(page: str, prefix: str) -> list[str]:
    """The addresses on a page of a drill's world that lead out of it."""
    found = re.findall(
        r'(?:href|action|src|hx-get|hx-post|data-live-part|data-feed|data-session)="(/[^"]*)"', page
    )
    return [each for each in found if not each.startswith(prefix) and not OUTSIDE.match(each)]


def drill_for_doors() -> int:
    """A drill in Yinzhou that doors lead to; nothing is played."""
    at = database_now()
    holder = organisation("330212-regulator")
    drill = Drill.objects.create(
        kind=DrillKind.SPECIAL,
        title="门",
        script=ready_made()["jixi"],
        county=county(YINZHOU),
        holder=holder,
        factor=30,
        database="played_by_nobody",
        started_by="user:0",
        office=holder.code,
        started_at=at,
    )
    DrillTurn.objects.create(
        drill=drill, kind=TurnKind.START, at=at, shown_at=at, factor=30, by="user:0", office=holder.code
    )
    return drill.pk
