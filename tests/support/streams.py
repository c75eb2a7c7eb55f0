"""A browser's end of the live feed, spoken to the ASGI application directly."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Any, Self

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope
from django.conf import settings
from django.test import Client

from response.live.hub import Hub, Scope, Watcher
from response.live.listener import Listener
from response.live.stream import Feed
from tests.support.people import login

PATIENCE_S = 60
Answerer = Callable[[HTTPScope, ASGIReceiveCallable, ASGISendCallable], Awaitable[None]]


def cookie(client: Client) -> str:
    """The session cookie of a logged-in test client."""
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@asynccontextmanager
async def live() -> AsyncIterator[Feed]:
    """The feed of a process that hears the test's database."""
    hub = Hub()
    first = Watcher(Scope("", "", None))
    hub.watchers.add(first)
    listening = asyncio.create_task(Listener(hub).run())
    try:
        assert (await first.queue.get()).name == "resync"
        hub.watchers.discard(first)
        yield Feed(hub)
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


def browser(office: str) -> dict[str, str]:
    """The headers of a browser in which this office is logged in."""
    client = Client()
    login(client, office)
    return {"cookie": cookie(client)}


class Stream:
    """One request for `/events/`: its status, then its events."""

    def __init__(self, application: Answerer, *, headers: Mapping[str, str], method: str = "GET") -> None:
        given = {"host": "localhost"} | dict(headers)
        self._scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "method": method,
            "path": "/events/",
            "raw_path": b"/events/",
            "query_string": b"",
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "server": ("localhost", 80),
            "client": ("127.0.0.1", 1),
        }
        self._application: Any = application
        self._messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._left = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._application(self._scope, self._receive, self._messages.put))
        start = await self._message()
        self.status: int = start["status"]
        self.headers = {name.decode(): value.decode() for name, value in start["headers"]}
        return self

    async def __aexit__(
        self, _type: type[BaseException] | None, _value: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._left.set()
        await asyncio.wait_for(self._task, PATIENCE_S)

    async def _receive(self) -> dict[str, Any]:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _message(self) -> dict[str, Any]:
        return await asyncio.wait_for(self._messages.get(), PATIENCE_S)

    async def event(self) -> tuple[str, dict[str, Any]] | None:
        """The next event's name and data, None when the stream has ended."""
        message = await self._message()
        if not message.get("more_body"):
            return None
        name, data, *_ = message["body"].decode().splitlines()
        return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))

    async def until(self, wanted: str) -> dict[str, Any]:
        """The data of the next event of this name, passing over pulses alone."""
        while (event := await self.event()) is not None:
            name, data = event
            if name == wanted:
                return data
            assert name == "pulse", f"{name} came instead of {wanted}: {data}"
        raise AssertionError(f"The stream ended before {wanted}.")

    async def end(self) -> None:
        """Wait until the stream ends, passing over pulses alone."""
        while (event := await self.event()) is not None:
            assert event[0] == "pulse", f"The stream did not end but said {event}."
