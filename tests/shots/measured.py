"""Facts of the main pages, each measured in the browser that also looks for faults."""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.shots.pictures import CASE, COUNTY, HOSPITAL, LAPTOP, Shot, opened
from tests.shots.scene import Scene
from tests.support.axe import grave_findings
from tests.support.people import login

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What the others are compared with: a page with hardly anything on it.
BARE: Final = Shot("改密码 password", "/password/")
PAGES: Final = (
    BARE,
    Shot("首页 desk", "/"),
    Shot("首页（医院）hospital's desk", "/", HOSPITAL),
    Shot("看板 board", "/board/"),
    Shot("时限图 clocks", "/board/clocks/"),
    Shot("区县图 counties", "/board/counties/"),
    Shot("工作 work in hand", "/board/work/"),
    Shot("事故列表 incidents", "/incidents/"),
    Shot("事故 incident", CASE),
    Shot("应急响应 response", f"{CASE}response/"),
    Shot("流行病学 outbreak", f"{CASE}outbreak/"),
    Shot("督办 orders", "/orders/"),
    Shot("消息 inbox", "/inbox/"),
    Shot("上报 report", "/reports/new/", COUNTY),
    Shot("报告时效 timeliness", "/timeliness/"),
    Shot("术语 glossary", "/glossary/"),
)
REPEATS: Final = 5
PAINT: Final = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
HEAD: Final = (
    "| 页面 Page | HTML | gzip | 首次 First visit | 再次 Again | 首次绘制 First paint | 查询 Queries | axe |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|"
)


@dataclass
class Traffic:
    """What went over the wire for one page."""

    requests: int = 0
    encoded: float = 0.0

    def said(self) -> str:
        """How many requests, and how many kilobytes."""
        return f"{self.requests} / {self.encoded / 1000:,.0f} kB"


def measure(scene: Scene, browser: "Browser") -> Iterator[str]:
    """The lines of a table, one for each page."""
    yield HEAD
    for page in PAGES:
        html, queries = answer(scene, page)
        first, again = traffic(scene, browser, page)
        ratio = first_paint(scene, browser, page)
        yield (
            f"| {page.name} | {len(html) / 1000:,.0f} kB | {len(gzip.compress(html)) / 1000:,.1f} kB "
            f"| {first.said()} | {again.said()} | {ratio:.2f} | {queries} | {len(faults(scene, browser, page))} |"
        )


def answer(scene: Scene, page: Shot) -> tuple[bytes, int]:
    """The page, and how many queries it took, its second time."""
    client = Client()
    login(client, page.who)
    path = page.path.format(number=scene.number)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        found = client.get(path)
    return found.content, len(queries)


def traffic(scene: Scene, browser: "Browser", shot: Shot) -> tuple[Traffic, Traffic]:
    """What goes over the wire on a first visit, and when the page is opened again."""
    page = opened(scene, browser, Shot("", "/login/", shot.who, LAPTOP))
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    found = []
    for _ in range(2):
        seen = Traffic()
        session.on("Network.loadingFinished", lambda event, seen=seen: counted(seen, event))
        page.goto(scene.address + shot.path.format(number=scene.number), wait_until="load")
        found.append(Traffic(seen.requests, seen.encoded))
    page.context.close()
    first, again = found
    return first, again


def counted(seen: Traffic, event: Mapping[str, float]) -> None:
    """One more request; what the cache answers has no bytes of its own."""
    if event["encodedDataLength"]:
        seen.requests += 1
        seen.encoded += event["encodedDataLength"]


def first_paint(scene: Scene, browser: "Browser", shot: Shot) -> float:
    """How much longer than of the bare page it takes until something is to be seen, with a warm cache, taken in turns."""
    pages = [opened(scene, browser, each) for each in (BARE, shot)]
    spans: list[list[float]] = [[], []]
    for _ in range(REPEATS):
        for page, span in zip(pages, spans, strict=True):
            page.reload()
            page.wait_for_function(f"() => {PAINT} !== undefined")
            span.append(float(page.evaluate(PAINT)))
    for page in pages:
        page.context.close()
    bare, own = map(median, spans)
    return own / bare


def faults(scene: Scene, browser: "Browser", shot: Shot) -> list[str]:
    """What axe-core finds serious or critical, in both languages and themes."""
    found: list[str] = []
    for each in (shot, replace(shot, theme="dark", language="en")):
        page: Page = opened(scene, browser, each)
        found += grave_findings(page)
        page.context.close()
    return found
