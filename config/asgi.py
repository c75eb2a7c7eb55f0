"""ASGI entry point: the live feed, and Django for everything else."""

import asyncio
import os
import re
from typing import Final, cast

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, LifespanScope, Scope
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = cast(ASGI3Application, get_asgi_application())

from accounts.walls import COOKIE as WALL_COOKIE  # noqa: E402  its imports read models, which exist only now
from config.bodies import LimitedBody  # noqa: E402
from response.live.hub import Hub, hub  # noqa: E402
from response.live.listener import Listener  # noqa: E402
from response.live.scopes import scope_of_screen  # noqa: E402
from response.live.stream import Feed  # noqa: E402

FEED_PATH: Final = "/events/"
PARTS_PATH: Final = "/board/parts/"
# After a change every watcher asks at once; so many at a time leave room for the pages of others.
PARTS_AT_A_TIME: Final = 4
WALL_FEED_PATH: Final = "/wall/events/"
FEEDS: Final = {
    FEED_PATH: Feed(hub),
    WALL_FEED_PATH: Feed(hub, cookie=WALL_COOKIE, look_up=scope_of_screen),
}
parts: Final = asyncio.Semaphore(PARTS_AT_A_TIME)


# A drill's pages look again every two seconds: at thirty times the pace that is a minute of theirs.
DRILL_FEED_PATH: Final = re.compile(r"/drills/[0-9]+/world/events/")
DRILL_BEAT_S: Final = 2.0
drill_hub: Final = Hub()
DRILL_FEED: Final = Feed(drill_hub)


async def application(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Answer one connection."""
    if scope["type"] == "lifespan":
        await live(scope, receive, send)
    elif scope["type"] == "http" and scope["path"] in FEEDS:
        await FEEDS[scope["path"]](scope, receive, send)
    elif scope["type"] == "http" and DRILL_FEED_PATH.fullmatch(scope["path"]):
        await DRILL_FEED(scope, receive, send)
    elif scope["type"] == "http" and scope["path"].startswith(PARTS_PATH):
        async with parts:
            await django(scope, receive, send)
    elif scope["type"] == "http":
        await django(scope, LimitedBody(receive, send), send)
    else:
        await django(scope, receive, send)


async def live(_scope: LifespanScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Listen to the database for as long as the server runs."""
    await receive()
    listening = asyncio.create_task(Listener(hub).run())
    beating = asyncio.create_task(_beat())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    listening.cancel()
    beating.cancel()
    await asyncio.wait([listening, beating])
    await send({"type": "lifespan.shutdown.complete"})


async def _beat() -> None:
    """Let whoever watches a drill look again: no single change is told, and nothing of real life is heard there."""
    drill_hub.hears()
    while True:
        await asyncio.sleep(DRILL_BEAT_S)
        drill_hub.missed_something()
