"""`/events/` as an ASGI application: one stream per browser, for as long as its session and office last."""

import asyncio
import io
import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Final

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope
from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.db import DatabaseError

from plan.refusal import PlanRefusal
from response.live.hub import Event, Hub, Scope, Watcher
from response.live.scopes import in_pool, scope_of_session

PULSE_S: Final = 15
PROVE_S: Final = 60
SEND_LIMIT_S: Final = 30
HEADERS: Final = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
)

logger = logging.getLogger(__name__)


class Feed:
    """Answers `/events/` from one hub; whoever brings the cookie hears what its look-up lets them."""

    def __init__(
        self,
        hub: Hub,
        *,
        cookie: str = settings.SESSION_COOKIE_NAME,
        look_up: Callable[[str], Scope | None] = scope_of_session,
        pulse_s: float = PULSE_S,
        prove_s: float = PROVE_S,
    ) -> None:
        self.hub = hub
        self._cookie, self._look_up = cookie, look_up
        self._pulse_s = pulse_s
        self._prove_s = prove_s

    async def __call__(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """Answer one request: with a stream, or with the status that says why not."""
        request = ASGIRequest(scope, io.BytesIO())
        who, status = await self._admit(request)
        if who is None:
            await _answer(send, status, [(b"cache-control", b"no-store"), (b"content-length", b"0")])
            return
        watcher = Watcher(who)
        self.hub.watchers.add(watcher)
        try:
            await _answer(send, HTTPStatus.OK, HEADERS, more=True)
            await self._until_gone(request, watcher, receive, send)
        finally:
            self.hub.watchers.discard(watcher)

    async def _admit(self, request: ASGIRequest) -> tuple[Scope | None, HTTPStatus]:
        if request.method != "GET":
            return None, HTTPStatus.METHOD_NOT_ALLOWED
        try:
            _check_same_origin(request)
            who = await in_pool(self._look_up, request.COOKIES.get(self._cookie, ""))
        except (BadRequest, DisallowedHost):
            return None, HTTPStatus.BAD_REQUEST
        except PlanRefusal:
            return None, HTTPStatus.FORBIDDEN
        except DatabaseError as error:
            logger.warning("live feed could not look up who asks: %s", type(error).__name__)
            return None, HTTPStatus.SERVICE_UNAVAILABLE
        return who, HTTPStatus.OK if who else HTTPStatus.UNAUTHORIZED

    async def _until_gone(
        self, request: ASGIRequest, watcher: Watcher, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        tasks = {
            asyncio.create_task(self._feed(request, watcher, send)),
            asyncio.create_task(_gone(receive)),
        }
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()

    async def _feed(self, request: ASGIRequest, watcher: Watcher, send: ASGISendCallable) -> None:
        """Send what the hub says, and a pulse when it says nothing, until the session or the office ends."""
        clock = asyncio.get_running_loop().time
        proved_at = clock()
        event = self.hub.state
        while True:
            async with asyncio.timeout(SEND_LIMIT_S):
                await send({"type": "http.response.body", "body": event.encode(), "more_body": True})
            event = await self._next(watcher)
            if watcher.must_prove_itself or clock() - proved_at >= self._prove_s:
                watcher.must_prove_itself = False
                who, _ = await self._admit(request)
                if who != watcher.scope:
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
                    return
                proved_at = clock()

    async def _next(self, watcher: Watcher) -> Event:
        try:
            return await asyncio.wait_for(watcher.queue.get(), self._pulse_s)
        except TimeoutError:
            return self.hub.state


def _check_same_origin(request: ASGIRequest) -> None:
    """Refuse a page of another site: it must not learn even that something happened."""
    own = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin", own) != own:
        raise BadRequest
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise BadRequest


async def _gone(receive: ASGIReceiveCallable) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(
    send: ASGISendCallable, status: int, headers: Iterable[tuple[bytes, bytes]], *, more: bool = False
) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers, "trailers": False})
    if not more:
        await send({"type": "http.response.body", "body": b"", "more_body": False})
