"""How many can watch the board on one web process: `python -m ops.devdb run python -m tests.bench.watchers [500]`.

Every watcher holds a stream and fetches the board when told; measured from the commit to the fetched page's last byte.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402  after the set-up
from django.test import Client  # noqa: E402

from audit.clock import database_now  # noqa: E402
from tests.support import databases  # noqa: E402
from tests.support.people import login  # noqa: E402
from tests.support.processes import web_server  # noqa: E402
from tests.support.reports import incident  # noqa: E402

COUNTIES = ("330203", "330205", "330206", "330211", "330212")
OFFICES = ("city-fso", "city-duty", "city-gov", *(f"{county}-regulator" for county in COUNTIES))
CHANGES = 10
PATIENCE_S = 60


@dataclass
class Watcher:
    """One browser: its stream, and when it was told and saw what."""

    host: str
    port: int
    cookie: str
    seen: dict[str, float] = field(default_factory=dict)
    told: dict[str, float] = field(default_factory=dict)
    failures: int = 0

    async def watch(self, ready: asyncio.Semaphore) -> None:
        stream, sending = await asyncio.open_connection(self.host, self.port)
        sending.write(self.request("/events/"))
        status = (await stream.readline()).decode()
        if " 200 " not in status:
            raise RuntimeError(status)
        name = ""
        while line := (await stream.readline()).decode():
            if line.startswith("event: "):
                name = line.strip()
            elif line.startswith("data: "):
                if name == "event: pulse":
                    ready.release()
                else:
                    self.told.setdefault(line, time.perf_counter())
                    await self.fetch(line.partition('"v": "')[2].partition('"')[0])

    async def fetch(self, version: str) -> None:
        answer, asking = await asyncio.open_connection(self.host, self.port)
        asking.write(self.request(f"/board/parts/live/?v={version}"))
        head = (await answer.readuntil(b"\r\n\r\n")).decode().lower()
        self.failures += " 200 " not in head.splitlines()[0]
        length = int(head.partition("content-length: ")[2].split()[0])
        body = (await answer.readexactly(length)).decode()
        asking.close()
        for part in body.split('data-key="incident-')[1:]:
            self.seen.setdefault(part.partition('"')[0], time.perf_counter())

    def request(self, path: str) -> bytes:
        head = {"Host": self.host, "Cookie": self.cookie, "X-Watching": "1"}
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
        return "\r\n".join([*lines, "", ""]).encode()


def session(office: str) -> str:
    client = Client()
    login(client, office)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


async def measure(watchers: list[Watcher]) -> None:
    ready = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(watcher.watch(ready)) for watcher in watchers]
    begun = time.perf_counter()
    for _ in watchers:
        await asyncio.wait_for(ready.acquire(), PATIENCE_S)
        for task in tasks:
            if task.done():
                task.result()
    print(f"{len(watchers)} streams open after {time.perf_counter() - begun:.1f} s")
    seen_after, told_after, others_after = [], [], []
    for number in range(CHANGES):
        county = COUNTIES[number % len(COUNTIES)]
        committed = await asyncio.to_thread(report, county)
        others_after.append(await other_page(watchers[0]))
        expected = [
            w for w, office in zip(watchers, offices(len(watchers)), strict=True) if sees(office, county)
        ]
        await until_seen(committed[0], expected)
        seen_after += [w.seen[committed[0]] - committed[1] for w in expected if committed[0] in w.seen]
        told_after += [
            t - committed[1] for w in expected for line, t in w.told.items() if committed[0] in line
        ]
    print(f"missed: {sum(watcher.failures for watcher in watchers)} answers that were no page")
    print("told  after", spread(told_after))
    print("shown after", spread(seen_after))
    print("another page meanwhile", ", ".join(f"{seconds:.2f}" for seconds in others_after), "s")
    for task in tasks:
        if task.done():
            task.result()
        task.cancel()


async def until_seen(number: str, watchers: list[Watcher]) -> None:
    """Wait until every one of them has seen the incident, or patience ends."""
    limit = time.perf_counter() + PATIENCE_S
    while any(number not in watcher.seen for watcher in watchers) and time.perf_counter() < limit:
        await asyncio.sleep(0.05)


async def other_page(someone: Watcher) -> float:
    """How long a person waits for another page just after a change."""
    begun = time.perf_counter()
    answer, asking = await asyncio.open_connection(someone.host, someone.port)
    asking.write(someone.request("/reports/new/"))
    await answer.readuntil(b"\r\n\r\n")
    asking.close()
    return time.perf_counter() - begun


def report(county: str) -> tuple[str, float]:
    case = incident(120, at=database_now(), area=county, place_text=county)
    return case.number, time.perf_counter()


def offices(number: int) -> list[str]:
    return [OFFICES[index % len(OFFICES)] for index in range(number)]


def sees(office: str, county: str) -> bool:
    return office.startswith(("city", county))


def spread(seconds: list[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100)
    return f"p50 {cuts[49]:.3f} s, p95 {cuts[94]:.3f} s, worst {max(seconds):.3f} s, {len(seconds)} in all"


def main(number: int) -> None:
    name = f"bench_{os.getpid()}"
    with (
        tempfile.TemporaryDirectory() as folder,
        databases.clone(databases.ensure_template(), name),
        databases.pointed_at(name),
        web_server(Path(folder) / "web.log") as address,
    ):
        parts = urlsplit(address)
        assert parts.hostname is not None
        assert parts.port is not None
        cookies = [session(office) for office in offices(number)]
        asyncio.run(measure([Watcher(parts.hostname, parts.port, cookie) for cookie in cookies]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
