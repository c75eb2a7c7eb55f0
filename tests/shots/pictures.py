"""The pictures: which page, by whom, on what screen, in which theme and language."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from django.conf import settings
from django.test import Client
from PIL import Image

from tests.shots.scene import Scene
from tests.support.people import login
from tests.support.processes import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER: Final = ROOT / "docs" / "screens"
PHONE, LAPTOP, WALL, WALL_4K, PAPER = (390, 844), (1440, 900), (1920, 1080), (3840, 2160), (794, 1123)
LONGEST_BYTES: Final = 200_000
QUALITIES: Final = (82, 70, 55, 40)
PATIENCE_MS: Final = 30_000
CITY, COUNTY, HOSPITAL = "city-fso", "330212-regulator", "hosp-yinzhou-people"
Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture; `path` may name the incident, and `view` one of the wall's."""

    name: str
    path: str
    who: str = CITY
    size: tuple[int, int] = LAPTOP
    theme: Theme = "light"
    language: str = "zh-hans"
    is_print: bool = False
    view: str = ""
    is_quiet: bool = False


def wall(
    view: str, size: tuple[int, int], theme: Theme, language: str = "zh-hans", *, is_quiet: bool = False
) -> Shot:
    """One view of the wall."""
    name = f"wall-{size[1]}-{view}-{'quiet' if is_quiet else theme}-{language[:2]}"
    return Shot(name, "wall", size=size, theme=theme, language=language, view=view, is_quiet=is_quiet)


CASE: Final = "/incidents/{number}/"
SHOTS: Final = (
    Shot("phone-desk", "/", COUNTY, PHONE),
    Shot("phone-report", "/reports/new/", COUNTY, PHONE),
    Shot("phone-incident-dark", CASE, COUNTY, PHONE, "dark"),
    Shot("phone-board-en", "/board/", CITY, PHONE, language="en"),
    Shot("phone-hospital", "/", HOSPITAL, PHONE),
    Shot("laptop-board", "/board/"),
    Shot("laptop-board-dark-en", "/board/", theme="dark", language="en"),
    Shot("laptop-clocks", "/board/clocks/"),
    Shot("laptop-counties-dark", "/board/counties/", theme="dark"),
    Shot("laptop-work-en", "/board/work/", language="en"),
    Shot("laptop-incident", CASE),
    Shot("laptop-incident-dark-en", CASE, theme="dark", language="en"),
    Shot("laptop-response", f"{CASE}response/"),
    Shot("laptop-orders", "/orders/"),
    Shot("laptop-desk-en", "/", language="en"),
    wall("clocks", WALL, "dark"),
    wall("incidents", WALL, "dark"),
    wall("figures", WALL, "light"),
    wall("clocks", WALL, "dark", is_quiet=True),
    wall("reports", WALL, "dark", "en"),
    wall("figures", WALL_4K, "dark"),
    wall("incidents", WALL_4K, "light", "en"),
    Shot("print-board", "/board/", size=PAPER, is_print=True),
    Shot("print-incident-en", CASE, size=PAPER, language="en", is_print=True),
)


def take(scene: Scene, browser: "Browser", names: list[str]) -> Iterator[str]:
    """Take the pictures named, or all; a line for each."""
    FOLDER.mkdir(exist_ok=True)
    for shot in SHOTS:
        if not names or shot.name in names:
            page = opened(scene, browser, shot)
            picture = page.screenshot(animations="disabled")
            page.context.close()
            yield f"{shot.name}: {kept(picture, FOLDER / f'{shot.name}.webp'):,} bytes"


def opened(scene: Scene, browser: "Browser", shot: Shot) -> "Page":
    """The page as it stands when nothing moves any more."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=shot.theme, locale="zh-CN"
    )
    cookies = {settings.LANGUAGE_COOKIE_NAME: shot.language, settings.SESSION_COOKIE_NAME: session(shot.who)}
    context.add_cookies(
        [{"name": name, "value": value, "url": scene.address} for name, value in cookies.items()]
    )
    page = context.new_page()
    # Whatever the hour, a wall is taken as by day, but for the one that is quiet.
    page.add_init_script(f"localStorage.setItem('wall.quiet', '{'on' if shot.is_quiet else 'off'}')")
    if shot.is_print:
        page.emulate_media(media="print")
    is_wall = shot.path == "wall"
    page.goto(scene.wall if is_wall else scene.address + shot.path.format(number=scene.number))
    if page.locator("[data-feed-notices]").count():
        live = "[data-feed-notices][data-state=live]"
        page.wait_for_selector(live, timeout=PATIENCE_MS, state="attached")
    if shot.view:
        page.click(f"[data-show={shot.view}]")
    return page


def session(office: str) -> str:
    """The session of somebody of this office."""
    client = Client()
    login(client, office)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def kept(picture: bytes, file: Path) -> int:
    """Write a picture as small as it must be; how many bytes it has."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    tries = (written(image, quality) for quality in QUALITIES)
    small = next((each for each in tries if len(each) <= LONGEST_BYTES), None)
    if small is None:
        raise ValueError(f"{file.name} is too large")
    file.write_bytes(small)
    return len(small)


def written(image: Image.Image, quality: int) -> bytes:
    """A picture's bytes."""
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=6)
    return out.getvalue()
