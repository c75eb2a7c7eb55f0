"""What the live feed tells beside incidents: that a list changed, to whoever may see it, and no more (5.1(4), 4.1)."""

import asyncio

from audit.clock import database_now
from response.live.scopes import in_pool
from tests.support.public import public
from tests.support.reports import HAISHU, YINZHOU, incident
from tests.support.streams import Stream, browser, live


def test_a_public_report_is_heard_where_it_is_sorted_and_nowhere_else(committed_db: str) -> None:
    people = [browser(f"{YINZHOU}-regulator"), browser(f"{YINZHOU}-health"), browser(f"{HAISHU}-regulator")]

    def filed(area: str) -> None:
        public(at=database_now(), area=area)

    def reported(area: str) -> str:
        return incident(at=database_now(), area=area).number

    async def scenario() -> None:
        async with (
            live() as feed,
            Stream(feed, headers=people[0]) as regulator,
            Stream(feed, headers=people[1]) as health,
            Stream(feed, headers=people[2]) as elsewhere,
        ):
            await in_pool(filed, YINZHOU)
            # It is told that something changed, and what only by the list that it may see.
            assert (await regulator.until("change"))["incidents"] == []
            await in_pool(filed, HAISHU)
            assert (await elsewhere.until("change"))["incidents"] == []
            number = await in_pool(reported, YINZHOU)
            assert (await health.until("change"))["incidents"] == [number]

    asyncio.run(scenario())
