"""The wall: the same numbers as the board, nothing that a person typed, a constant number of queries (5.1(8), 6.2)."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions.walls import revoke_wall_token
from accounts.actors import SYSTEM, Actor
from accounts.walls import COOKIE
from audit.clock import database_now
from incidents.models import Incident, PlaceKind
from plan.levels import ResponseLevel
from reporting.selectors import running_legs
from response.live.hub import Hub, News
from response.live.scopes import in_pool, scope_of_screen
from response.live.stream import Feed
from response.wall.picture import CASES, CLOCKS, SOON, Picture, picture_for
from tests.support.people import actor, login
from tests.support.reports import CIXI, HAISHU, YINZHOU, incident, restaurant
from tests.support.response import active
from tests.support.streams import Stream
from tests.support.walls import screen, wall_token


def serious(area: str = YINZHOU, *, ill: int = 120, minutes_ago: int = 29, **more: Any) -> Incident:
    """An incident at Ⅲ whose clocks have run for some minutes."""
    then = database_now() - timedelta(minutes=minutes_ago)
    given: dict[str, Any] = {
        "place_text": f"{area}{ill}",
        "occurred_earliest": then,
        "occurred_latest": then,
        **more,
    }
    return incident(ill, at=database_now(), area=area, **given)


def picture() -> Picture:
    return picture_for(Actor.on_screen(wall_token().token), at=database_now())


def part() -> str:
    return screen(wall_token()).get("/wall/part/").content.decode()


@pytest.mark.django_db
@pytest.mark.clause(33)
def test_the_wall_says_what_the_board_says() -> None:
    case, other = serious(), serious(CIXI, ill=45, dead=1, minutes_ago=5)
    shown = picture()
    owed = running_legs(actor("city-fso"), shown.at)
    assert [leg.obligation.pk for leg in shown.situation.owed] == [leg.obligation.pk for leg in owed]
    assert shown.next_clock is not None
    assert shown.next_clock.obligation.pk == next(leg.obligation.pk for leg in owed if leg.countdown_at)
    assert sum(count for _level, count in shown.levels) == 2
    told = [(row.now.incident.number, row.ill, row.dead) for row in shown.cases]
    assert sorted(told) == [(case.number, 120, 0), (other.number, 45, 1)]
    assert sum(stage.count for stage in shown.stages if stage.verdict.is_owed) == len(owed)
    board, wall = Client(), part()
    login(board, "city-fso")
    numbers = re.findall(r'data-number="[a-z_]+">\d+<', board.get("/board/").content.decode())
    assert len(numbers) == 4
    # What nobody has said is a nought on no wall.
    assert [number for number in numbers if number not in wall] == [
        'data-number="inpatient_count">0<',
        'data-number="severe_count">0<',
    ]
    assert 'data-number="severe_count">–<' in wall
    assert 'data-number="illness_count">165<' in wall
    assert "鄞州区</th>" in wall
    assert "Ⅲ级 1起" in wall


@pytest.mark.django_db
def test_it_says_what_is_late_and_what_runs_out_within_the_hour() -> None:
    serious(minutes_ago=70)
    shown = picture()
    late = [leg.verdict.late_min for leg in shown.situation.owed if leg.verdict.late_min]
    assert shown.longest_late_min == max(late) >= 9
    assert f"最久已超 {max(late)} 分钟" in part()
    ends = [leg.countdown_at for leg in shown.situation.owed if leg.countdown_at]
    assert shown.soon_count == sum(end - shown.at <= SOON for end in ends) > 0


@pytest.mark.django_db
def test_nothing_that_a_person_typed_comes_onto_a_wall() -> None:
    told: dict[str, Any] = {"place_text": "王小明家 13812345678", "address": "百丈路330212199001011234号"}
    serious(**told, place_kind=PlaceKind.HOUSEHOLD)
    place = restaurant("李阿毛家", CIXI, PlaceKind.HOUSEHOLD)
    serious(CIXI, place_text=place.name, place=place)
    known = restaurant("甬江大酒店", HAISHU)
    serious(HAISHU, place_text=known.name, place=known)
    shown = part()
    assert "甬江大酒店" in shown
    for typed in ("王小明", "李阿毛", "13812345678", "330212199001011234", "百丈路"):
        assert typed not in shown
    assert str(PlaceKind.HOUSEHOLD.label) in shown


@pytest.mark.django_db
def test_the_wall_is_whole_with_nothing_open_and_asks_no_more_with_much() -> None:
    wall = screen(wall_token())
    empty = wall.get("/wall/").content.decode()
    assert "目前没有正在计时的报告。" in empty
    assert "目前没有处置中的事故。" in empty
    active(ResponseLevel.III, at=database_now())
    counts, text = [], ""
    for area in (YINZHOU, CIXI):
        for number in range(CASES):
            serious(area, ill=100 + number)
        with CaptureQueriesContext(connection) as queries:
            text = wall.get("/wall/part/").content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1] < 50
    assert text.count('class="wall-leg"') == CLOCKS
    assert text.count('class="wall-case"') == CASES
    assert f"另有 {1 + CASES} 起" in text


@pytest.mark.django_db
def test_a_drill_alone_says_so_all_over_the_wall() -> None:
    serious(is_drill=True)
    assert "画面上的事故都不是真实事故" in part()
    serious(CIXI)
    assert "画面上的事故都不是真实事故" not in part()


@pytest.mark.django_db
def test_without_javascript_the_wall_turns_by_itself() -> None:
    wall = screen(wall_token())
    for view, following in (("clocks", "incidents"), ("reports", "clocks"), ("nonsense", "incidents")):
        text = wall.get(f"/wall/?view={view}").content.decode()
        assert f'content="20;url=?view={following}"' in text


def test_a_screen_hears_of_every_county_until_its_token_is_revoked(committed_db: str) -> None:
    issued = wall_token()

    async def scenario() -> None:
        hub = Hub()
        hub.hears()
        feed = Feed(hub, cookie=COOKIE, look_up=scope_of_screen)
        async with Stream(feed, headers={"cookie": f"{COOKIE}={issued.clear}"}) as stream:
            assert stream.status == 200
            hub.changed(News({"NB2026-0001": frozenset({1})}))
            assert (await stream.until("change"))["incidents"] == ["NB2026-0001"]
            await in_pool(
                revoke_wall_token, token=issued.token, reason="换新", by=SYSTEM, at=issued.token.created_at
            )
            hub.doubt({f"wall:{issued.token.pk}"})
            await stream.end()

    asyncio.run(scenario())


@pytest.mark.parametrize(("cookie", "status"), [("", 401), ("wall=abc", 403), ("sessionid=x", 401)])
def test_the_walls_feed_is_for_screens_with_a_token(committed_db: str, cookie: str, status: int) -> None:
    async def scenario() -> None:
        feed = Feed(Hub(), cookie=COOKIE, look_up=scope_of_screen)
        async with Stream(feed, headers={"cookie": cookie}) as stream:
            assert stream.status == status

    asyncio.run(scenario())


@pytest.mark.django_db
def test_a_wall_lets_nobody_into_anything_else() -> None:
    wall: Client = screen(wall_token())
    for address in ("/board/", "/board/parts/live/", "/incidents/", "/inbox/", "/walls/"):
        assert wall.get(address).status_code == 302
