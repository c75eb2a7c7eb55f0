"""Databases are kept ready for drills, brought up to date while they are used, and dropped in the end (ADR 30)."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User
from audit.clock import database_now
from audit.worlds import connected_to, entered
from drills.models import Drill, DrillTurn, DrillWorld, TurnKind
from drills.worlds import latest_turn, world_of
from readiness.models import HeldDrill
from tests.support import databases
from tests.support.drills import Player, begin, world


def known() -> set[str]:
    with databases.admin() as server:
        return {str(name) for (name,) in server.execute("SELECT datname FROM pg_database")}


@pytest.fixture
def name(committed_db: str, template_db: str) -> Iterator[str]:
    """The database's name; beside it what a first run would make: a migrated one to copy from."""
    name = committed_db.rpartition("/")[2].partition("?")[0]
    with databases.clone(template_db, f"{name}_drill_0"):
        yield name
        with databases.admin() as server:
            for each in DrillWorld.objects.values_list("database", flat=True):
                databases.drop(server, each)


def prepare(spare: int) -> None:
    call_command("prepare_drills", spare=spare, stdout=StringIO())


def ended(drill: Drill, ago: timedelta) -> None:
    at = database_now() - ago
    said = {"at": at, "shown_at": at, "factor": 0, "by": "user:0", "office": drill.office}
    DrillTurn.objects.create(drill=drill, kind=TurnKind.END, **said)


def test_databases_are_made_ready_and_dropped_thirty_days_after_the_end(name: str) -> None:
    prepare(1)
    assert f"{name}_drill_1" in known()
    drill = begin(Player("330212-regulator").client)
    assert drill.database == f"{name}_drill_1"
    prepare(2)
    assert {f"{name}_drill_{number}" for number in (1, 2, 3)} <= known()
    with entered(world_of(drill, latest_turn(drill))):
        assert User.objects.filter(username="test-330212-regulator", password="!").exists()
    ended(drill, timedelta(days=30) - timedelta(minutes=1))
    prepare(2)
    assert drill.database in known()


def test_a_drill_that_ended_over_thirty_days_ago_is_played_no_more_and_its_database_goes(name: str) -> None:
    prepare(1)
    drill = begin(Player("330212-regulator").client)
    ended(drill, timedelta(days=30, minutes=1))
    prepare(0)
    assert drill.database not in known()
    assert DrillWorld.objects.get(drill=drill).dropped_at is not None


def test_no_drill_begins_while_no_database_is_ready(committed_db: str) -> None:
    player = Player("330212-regulator")
    said = {"script": "jixi", "kind": "special", "county": "330212", "factor": "30"}
    answer = player.client.post("/drills/new/", said)
    assert answer.status_code == 409
    assert "manage.py prepare_drills" in answer.text
    assert not Drill.objects.exists()


def test_a_county_holds_drills_at_home_and_a_pace_has_its_bounds(committed_db: str, template_db: str) -> None:
    county, city = Player("330203-regulator").client, Player("city-fso").client
    said = {"script": "jixi", "kind": "special", "county": "330212", "factor": "30"}
    assert county.post("/drills/new/", said).status_code == 422
    for factor in ("0", "61", "x"):
        assert city.post("/drills/new/", said | {"factor": factor}).status_code == 422
    name = committed_db.rpartition("/")[2].partition("?")[0]
    for number, factor in enumerate(("1", "60"), 1):
        with world(template_db, f"{name}_drill_{number}"):
            drill = begin(city, factor=factor)
            assert drill.holder.code == "city-regulator"
            with connected_to(drill.database):
                assert User.objects.filter(username="test-city-fso").exists()
            # Nobody took part: it can be broken off, and is not held by that (A42).
            assert city.post(f"/drills/{drill.pk}/end/", {"reason": "无人参加"}).status_code == 422
            broken_off = {"reason": "无人参加", "broken_off": "1"}
            assert city.post(f"/drills/{drill.pk}/end/", broken_off).status_code == 302
            assert "不计入每3年一次的演练" in city.get(f"/drills/{drill.pk}/").text
    assert not HeldDrill.objects.exists()
