"""The live feed for every role, as the matrix in `access.py` says (5.1(7))."""

import asyncio

import pytest
from django.conf import settings

from response.live.hub import Hub
from response.live.stream import Feed
from tests.repository import access
from tests.repository.access import ANONYMOUS, FEED
from tests.repository.visitors import session_of
from tests.support.streams import Stream


@pytest.mark.usefixtures("committed_db")
def test_the_live_feed_answers_each_role_as_the_matrix_says() -> None:
    cookies = {
        role: f"{settings.SESSION_COOKIE_NAME}={session_of(role)}" for role in sorted(access.PEOPLE)
    } | {ANONYMOUS: ""}

    async def status(cookie: str) -> int:
        async with Stream(Feed(Hub()), headers={"cookie": cookie} if cookie else {}) as stream:
            return stream.status

    async def walk() -> dict[str, int]:
        return {role: await status(cookie) for role, cookie in cookies.items()}

    assert asyncio.run(walk()) == {role: FEED.answer_for(role) for role in cookies}
