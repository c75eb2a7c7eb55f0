"""`make screens`: pictures of a running outbreak into `docs/screens/`; `make measured`: `docs/measured.md`.

`python -m ops.devdb run python -m tests.shots [measured | NAME…]`: the pictures named, or all.
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Playwright's event loop runs in this thread, and Django would refuse to reach the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# A demo may be kept in the embedded database alone, and is seen without https.
os.environ.update(EMBEDDED="1", SECURE_COOKIES="0")

import django

django.setup()
# What is said here is of the pages.
logging.disable(logging.WARNING)

from playwright.sync_api import sync_playwright  # noqa: E402  after the set-up

from ops.machine import machine  # noqa: E402
from tests.shots.measured import measure  # noqa: E402
from tests.shots.pictures import take  # noqa: E402
from tests.shots.scene import Scene, scene  # noqa: E402
from tests.support.browser import FLAGS, chromium  # noqa: E402
from tests.support.processes import ROOT  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

INTRODUCTION = """# Measured facts of the pages

`make measured` plays the outbreak of Long Khánh (`demo/longkhanh.yaml`), lets the city respond, and opens the main pages in
Chromium. Bytes are as they came over the wire, without a compressing proxy; "gzip" is what one would make of the page. "First
visit" and "again" count requests and kilobytes with an empty and with a filled cache. First paint is the ratio to the first
page of the table, both from the same run; queries are those of one page for one reader, with all that the frame shows; axe
counts serious and critical findings in both languages and themes.
"""


@contextmanager
def looked_at() -> Iterator[tuple[Scene, "Browser"]]:
    """The scene, and a browser to look at it."""
    with scene() as shown, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield shown, browser
        browser.close()


def main(arguments: list[str]) -> None:
    """Do what is asked for."""
    with looked_at() as (shown, browser):
        if arguments != ["measured"]:
            for line in take(shown, browser, arguments):
                print(line, flush=True)
            return
        lines = []
        for line in measure(shown, browser):
            print(line, flush=True)
            lines.append(line)
    facts = "\n".join(machine())
    text = "\n".join([INTRODUCTION, *lines, "", "```", facts, "```", ""])
    (ROOT / "docs" / "measured.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
