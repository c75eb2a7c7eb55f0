"""The pages about drills: who sees what, and always with as many queries."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from audit.clock import database_now
from audit.worlds import Pace
from drills.models import Drill, DrillTurn, TurnKind
from drills.scripts import ready_made
from plan.readiness import DrillKind
from tests.support.drills import drill_for_doors
from tests.support.people import login, organisation
from tests.support.reports import YINZHOU, county, minutes

pytestmark = pytest.mark.django_db


def test_the_list_takes_as_many_queries_for_many_drills(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    login(client, "330212-regulator")
    drill_for_doors()
    client.get("/drills/")
    with django_assert_num_queries(QUERIES := 7):
        client.get("/drills/")
    for number in range(3):
        another(number)
    with django_assert_num_queries(QUERIES):
        page = client.get("/drills/")
    assert page.text.count("进行中") == 4


def another(number: int) -> None:
    at = database_now()
    holder = organisation("330212-regulator")
    own = {"kind": DrillKind.SPECIAL, "title": "又一次", "script": ready_made()["jixi"], "factor": 30}
    who = {"county": county(YINZHOU), "holder": holder, "office": holder.code, "started_by": "user:0"}
    drill = Drill.objects.create(database=f"nobody_{number}", started_at=at, **own, **who)
    said = {"at": at, "shown_at": at, "factor": 30, "by": "user:0", "office": holder.code}
    DrillTurn.objects.create(drill=drill, kind=TurnKind.START, **said)


def test_only_who_holds_the_drill_sees_what_is_to_come(client: Client) -> None:
    pk = drill_for_doors()
    login(client, "330212-health")
    page = client.get(f"/drills/{pk}/").text
    assert "医院来电" in page
    assert "首例死亡" not in page
    assert "导调" not in page
    login(client, "330212-fso")
    page = client.get(f"/drills/{pk}/").text
    assert "首例死亡" in page
    assert "尚未到时" in page


def test_who_has_not_joined_and_who_has_no_part_stay_outside(client: Client) -> None:
    pk = drill_for_doors()
    login(client, "city-duty")
    assert client.post(f"/drills/{pk}/join/").status_code == 403
    login(client, "330212-health")
    assert client.get(f"/drills/{pk}/world/").status_code == 403
    login(client, "330203-health")
    assert client.get(f"/drills/{pk}/world/").status_code == 404
    client.logout()
    assert client.get(f"/drills/{pk}/world/").headers["Location"].startswith("/login/?next=/drills/")


@pytest.mark.parametrize("inside", ["api/v1/clusters/", "drills/", "healthz", "metrics", "wall/", "nowhere/"])
def test_what_is_not_played_is_not_there(client: Client, inside: str) -> None:
    login(client, "330212-health")
    assert client.get(f"/drills/{drill_for_doors()}/world/{inside}").status_code == 404


def test_the_login_stays_real_lifes(client: Client) -> None:
    login(client, "330212-health")
    prefix = f"/drills/{drill_for_doors()}/world"
    assert client.get(f"{prefix}/password/").headers["Location"] == "/password/"
    assert client.get(f"{prefix}/session/").json()["left_s"] > 0


def test_a_clock_runs_so_many_times_as_fast_and_stands_when_stopped() -> None:
    at = database_now()
    assert Pace(at, at, 30).shown(at + minutes(4)) == at + minutes(120)
    assert Pace(at, at + minutes(90), 0).shown(at + minutes(4)) == at + minutes(90)
