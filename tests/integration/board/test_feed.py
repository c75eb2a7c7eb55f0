"""The live feed: who hears what, and when a stream ends."""

import asyncio

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client

from accounts.actions.offices import end_office
from accounts.actors import SYSTEM
from audit.clock import database_now
from incidents.actions.incidents import involve_county
from incidents.models import CountyRole, Incident
from response.live.hub import Hub, News
from response.live.scopes import in_pool
from response.live.stream import Feed
from tests.support.people import actor, holding, login
from tests.support.reports import HAISHU, YINZHOU, county, incident
from tests.support.streams import Stream, browser, cookie, live

CITY = "city-fso"


def report_from(area: str) -> str:
    """A first report is committed; gives the incident's number."""
    return incident(at=database_now(), area=area, place_text=f"{area} 的饭店").number


def test_an_office_hears_of_the_incidents_it_may_see_and_of_no_others(committed_db: str) -> None:
    people = [browser(f"{YINZHOU}-regulator"), browser(f"{HAISHU}-health"), browser(CITY)]

    async def scenario() -> None:
        async with (
            live() as feed,
            Stream(feed, headers=people[0]) as yinzhou,
            Stream(feed, headers=people[1]) as haishu,
            Stream(feed, headers=people[2]) as city,
        ):
            here = await in_pool(report_from, YINZHOU)
            assert (await city.until("change"))["incidents"] == [here]
            assert (await yinzhou.until("change"))["incidents"] == [here]
            there = await in_pool(report_from, HAISHU)
            assert (await city.until("change"))["incidents"] == [there]
            # The first that Haishu hears at all, so nothing of Yinzhou's came before.
            assert (await haishu.until("change"))["incidents"] == [there]
            again = await in_pool(report_from, YINZHOU)
            assert (await yinzhou.until("change"))["incidents"] == [again]

    asyncio.run(scenario())


def test_a_county_hears_of_an_incident_from_the_moment_it_is_involved(committed_db: str) -> None:
    person, number = browser(f"{HAISHU}-gov"), report_from(YINZHOU)

    def involve() -> None:
        involve_county(
            incident=Incident.objects.get(number=number),
            county=county(HAISHU),
            role=CountyRole.HARM,
            by=actor(f"{YINZHOU}-regulator"),
            at=database_now(),
        )

    async def scenario() -> None:
        async with live() as feed, Stream(feed, headers=person) as haishu:
            await in_pool(involve)
            assert (await haishu.until("change"))["incidents"] == [number]

    asyncio.run(scenario())


def test_a_change_rolled_back_is_never_heard(committed_db: str) -> None:
    person = browser(CITY)

    def give_up() -> None:
        with transaction.atomic():
            report_from(YINZHOU)
            transaction.set_rollback(True)

    async def scenario() -> None:
        async with live() as feed, Stream(feed, headers=person) as city:
            await in_pool(give_up)
            number = await in_pool(report_from, HAISHU)
            assert (await city.until("change"))["incidents"] == [number]

    asyncio.run(scenario())


def test_a_stream_ends_when_the_office_ends(committed_db: str) -> None:
    person = browser(f"{YINZHOU}-regulator")

    def end() -> None:
        end_office(holding=holding(f"{YINZHOU}-regulator"), by=SYSTEM, at=database_now())

    async def scenario() -> None:
        async with live() as feed, Stream(feed, headers=person) as stream:
            assert await stream.event()
            await in_pool(end)
            await stream.end()
        assert not feed.hub.watchers

    asyncio.run(scenario())


def test_a_stream_ends_when_its_person_logs_out(committed_db: str) -> None:
    client = Client()
    login(client, f"{YINZHOU}-regulator")
    person = {"cookie": cookie(client)}

    async def scenario() -> None:
        async with live() as feed, Stream(feed, headers=person) as stream:
            assert await stream.event()
            await in_pool(client.post, "/logout/")
            await stream.end()

    asyncio.run(scenario())


def test_a_stream_ends_with_the_next_proof_when_its_session_has_run_out(committed_db: str) -> None:
    client = Client()
    login(client, CITY)
    person = {"cookie": cookie(client)}

    async def scenario() -> None:
        hub = Hub()
        hub.hears()
        async with Stream(Feed(hub, prove_s=0), headers=person) as stream:
            assert await stream.until("pulse")
            hub.changed(News({"NB2026-0001": frozenset({1})}))
            assert (await stream.until("change"))["incidents"] == ["NB2026-0001"]
            await in_pool(client.session.delete)
            hub.changed(News({"NB2026-0002": frozenset({1})}))
            await stream.end()

    asyncio.run(scenario())


def test_a_stream_with_nothing_to_tell_still_gives_a_sign_of_life(committed_db: str) -> None:
    person = browser(CITY)

    async def scenario() -> None:
        hub = Hub()
        hub.hears()
        async with Stream(Feed(hub, pulse_s=0.01), headers=person) as stream:
            assert [await stream.event() for _ in range(3)] == [("pulse", {"v": hub.version})] * 3

    asyncio.run(scenario())


def test_a_stream_keeps_nobody_logged_in(committed_db: str) -> None:
    client = Client()
    login(client, CITY)
    before = Session.objects.get(pk=client.session.session_key).expire_date

    async def scenario() -> None:
        hub = Hub()
        hub.hears()
        async with Stream(Feed(hub, pulse_s=0.01, prove_s=0), headers={"cookie": cookie(client)}) as stream:
            assert [await stream.event() for _ in range(3)] == [("pulse", {"v": hub.version})] * 3

    asyncio.run(scenario())
    assert Session.objects.get(pk=client.session.session_key).expire_date == before


@pytest.mark.parametrize(
    ("office", "headers", "method", "status"),
    [
        ("", {}, "GET", 401),
        ("", {"cookie": "sessionid=nobody"}, "GET", 401),
        ("city-ecology", {}, "GET", 200),
        (CITY, {"origin": "http://elsewhere.example"}, "GET", 400),
        (CITY, {"sec-fetch-site": "cross-site"}, "GET", 400),
        (CITY, {"host": "elsewhere.example"}, "GET", 400),
        (CITY, {}, "POST", 405),
        (CITY, {"origin": "http://localhost", "sec-fetch-site": "same-origin"}, "GET", 200),
    ],
)
def test_the_feed_is_for_offices_on_this_site(
    committed_db: str, office: str, headers: dict[str, str], method: str, status: int
) -> None:
    person = browser(office) if office else {}

    async def scenario() -> None:
        async with Stream(Feed(Hub()), headers=person | headers, method=method) as stream:
            assert stream.status == status

    asyncio.run(scenario())


def test_a_stream_is_told_when_the_database_is_gone_and_when_it_is_back(committed_db: str) -> None:
    person = browser(CITY)

    def cut() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND query = 'LISTEN audit'"
            )

    async def scenario() -> None:
        async with live() as feed, Stream(feed, headers=person) as city:
            before = (await city.until("pulse"))["v"]
            await in_pool(cut)
            assert await city.until("cut") == {}
            after = (await city.until("resync"))["v"]
            assert before != after
            assert feed.hub.version == after
            number = await in_pool(report_from, HAISHU)
            assert (await city.until("change"))["incidents"] == [number]

    asyncio.run(scenario())
