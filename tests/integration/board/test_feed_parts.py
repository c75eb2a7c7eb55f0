"""What the live feed tells an office that sees no incidents: those it has a part in, and what lies in its inbox (5.1(7))."""

import asyncio

from audit.clock import database_now
from outbox.actions.messages import Owed, mark_read, owe
from outbox.models import Message
from response.live.scopes import in_pool
from tests.support.hospital import Hospital, cluster
from tests.support.people import actor
from tests.support.reports import YINZHOU, incident
from tests.support.streams import Stream, browser, live

HERE, OTHER, CITY = "hosp-yinzhou-people", "hosp-first", "city-fso"


def tell(office: str) -> None:
    """Somebody owes an office a message."""
    owe([Owed(dedupe_key=office, recipient=office, kind="test", title="消息")], at=database_now())


def read(office: str) -> None:
    """Somebody of the office reads it."""
    one = Message.objects.get(dedupe_key=office)
    mark_read(message=one, by_ref=actor(office).ref, office=office, at=database_now())


async def named(stream: Stream) -> object:
    """The incidents that a stream names first; that something of its own changed names none."""
    while True:
        if found := (await stream.until("change"))["incidents"]:
            return found


def test_a_hospital_hears_of_what_it_reported_and_of_nothing_else(committed_db: str) -> None:
    people, hospital = [browser(HERE), browser(OTHER), browser(CITY)], Hospital(HERE)

    def send() -> None:
        assert hospital.send(cluster(60)).status_code == 201

    def elsewhere() -> str:
        return incident(at=database_now(), area=YINZHOU, place_text="别家饭店").number

    async def scenario() -> None:
        async with (
            live() as feed,
            Stream(feed, headers=people[0]) as here,
            Stream(feed, headers=people[1]) as other,
            Stream(feed, headers=people[2]) as city,
        ):
            unrelated = await in_pool(elsewhere)
            assert (await city.until("change"))["incidents"] == [unrelated]
            await in_pool(send)
            reported = (await city.until("change"))["incidents"]
            assert await named(here) == reported != [unrelated]
            await in_pool(tell, OTHER)
            told = await other.until("change")
            assert (told["incidents"], told["own"]) == ([], True)

    asyncio.run(scenario())


def test_the_inbox_alone_is_told_of_a_message_and_of_its_being_read(committed_db: str) -> None:
    people = [browser(CITY), browser(HERE)]

    async def scenario() -> None:
        async with (
            live() as feed,
            Stream(feed, headers=people[0]) as city,
            Stream(feed, headers=people[1]) as here,
        ):
            for act in (tell, read):
                await in_pool(act, CITY)
                assert (await city.until("change"))["own"]
            await in_pool(tell, HERE)
            assert (await here.until("change"))["own"]

    asyncio.run(scenario())
