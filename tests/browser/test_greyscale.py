"""Without colour everything is still told apart: levels and states by word and shape, parts of charts by pattern or line.

Contrast is one of luminance, so what `test_design.py` measures of words holds without colour as well.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from audit.clock import database_now
from plan.levels import ResponseLevel
from tests.support.pages import opened, url
from tests.support.people import actor
from tests.support.reports import CIXI, HAISHU, YINZHOU, incident
from tests.support.response import active
from tests.support.walls import wall_token
from tests.support.watching import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
BOARD = ("/board/", "/board/clocks/", "/board/counties/", "/board/work/", "/incidents/", "/orders/", "/")
# What is said in two colours must be said in two ways: by its words, or by the shape before them.
SAID = """() => {
  const faults = [], tones = new Map();
  for (const each of document.querySelectorAll(".tag, .level")) {
    const tone = [...each.classList].filter((name) => /^(tag|level)-/.test(name) && name !== "level-large").sort().join(" ");
    const shape = [...each.querySelectorAll("svg *")].map((part) => part.getAttribute("d") ?? part.localName).join(" ");
    const words = each.textContent.trim();
    if (!words) faults.push(`nothing is said in ${each.outerHTML.slice(0, 120)}`);
    const said = `${words.replace(/\\d+/g, "#")} ${shape}`;
    if (tones.has(said) && tones.get(said) !== tone) faults.push(`"${said}" is ${tone} and ${tones.get(said)}`);
    tones.set(said, tone);
  }
  return faults;
}"""
# Two marks of one key differ by pattern, line or lightness.
DRAWN = """() => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g)?.slice(0, 3).map((part) => part / 255) ?? [1, 1, 1];
    const [r, g, b] = parts.map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const mark = (item) => [...item.querySelectorAll("svg *")].map((part) => {
    const { fill, strokeDasharray } = getComputedStyle(part);
    return { form: `${part.localName} ${fill.startsWith("url") ? fill : fill === "none"} ${strokeDasharray}`, light: light(fill) };
  });
  const faults = [];
  for (const key of document.querySelectorAll(".chart-key, .map-key")) {
    const items = [...key.children].filter((item) => item.querySelector("svg"));
    items.forEach((one, at) => items.slice(at + 1).forEach((other) => {
      const [first, second] = [mark(one), mark(other)];
      const alike = first.length === second.length && first.every((part, number) => {
        const [low, high] = [part.light, second[number].light].sort((a, b) => a - b);
        return part.form === second[number].form && (high + 0.05) / (low + 0.05) < 1.5;
      });
      if (alike && !/[Ⅰ-Ⅳ]/.test(one.textContent)) faults.push(`${one.textContent.trim()} looks like ${other.textContent.trim()}`);
    }));
  }
  for (const area of document.querySelectorAll("svg.map [data-key^=map-] .map-area, svg.map .map-zone")) {
    const level = [...area.classList].find((name) => /^map-(i|ii|iii|iv|below)$/.test(name));
    const key = area.closest("[data-key]").dataset.key.replace("map-", "label-");
    const label = document.querySelector(`[data-key="${key}"] text:last-child`).textContent;
    if (level && !/[Ⅰ-Ⅳ]|未达/.test(label)) faults.push(`${key} shows ${level} as a colour alone: ${label}`);
  }
  return faults;
}"""


def story() -> str:
    """Incidents of several levels, in a zone too, with reports in time, late and missed; the number of one."""
    at = database_now()
    active(ResponseLevel.III, at=at, place_text="甬江大饭店")
    for minutes, ill, area in ((65, 120, HAISHU), (20, 30, CIXI), (5, 3, YINZHOU)):
        occurred = at - timedelta(minutes=minutes)
        incident(
            ill, at=at, area=area, place_text=f"{area}食堂",
            occurred_earliest=occurred, occurred_latest=occurred,
        )  # fmt: skip
    incident(45, at=at, area="NB-GX", place_text="高新区食堂", by=actor(f"{YINZHOU}-regulator"))
    return url(opened(140, place_text="慈湖酒楼"))


def test_nothing_is_told_by_colour_alone(page: "Page", served: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    own = story()
    desk = Desk(page, served)
    desk.sit("city-fso")
    faults = {}
    for address in (*BOARD, own, f"{own}measures/", f"{own}response/", "/timeliness/"):
        page.goto(served + address)
        faults[address] = [*page.evaluate(SAID), *page.evaluate(DRAWN)]
    page.goto(f"{served}/wall/#{wall_token().clear}")
    page.wait_for_selector("[data-feed-notices][data-state=live]", state="attached")
    faults["wall"] = page.evaluate(SAID)
    assert {address: found for address, found in faults.items() if found} == {}
    assert page.locator(".level").count() > 1


@pytest.mark.parametrize(
    ("markup", "check"),
    [
        ('<i class="tag tag-bad">报告</i><i class="tag tag-good">报告</i>', SAID),
        ('<i class="level level-iii"></i>', SAID),
        (
            (
                '<ul class="chart-key"><li><svg><rect fill="#c00000"/></svg>超时</li>'
                '<li><svg><rect fill="#0b5cad"/></svg>按时</li></ul>'
            ),
            DRAWN,
        ),
        (
            (
                '<svg class="map"><g data-key="map-1"><path class="map-area map-iii"/></g>'
                '<g data-key="label-1"><text>鄞州区</text></g></svg>'
            ),
            DRAWN,
        ),
    ],
)
def test_what_is_told_by_colour_alone_is_found(page: "Page", markup: str, check: str) -> None:
    page.set_content(markup)
    assert len(page.evaluate(check)) == 1
