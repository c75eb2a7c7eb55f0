"""Pages bring everything with them: no script or style inside the markup, nothing from another host."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INLINE = re.compile(
    r"""<script(?![^>]*\ssrc=)|<style\b|\sstyle\s*=|\shx-on\b|\sdata-hx-on\b|\son[a-z]+\s*=|javascript:|\shx-vals=["']js:""",
    re.IGNORECASE,
)
# `path://` is how ECharts marks an outline.
ELSEWHERE = re.compile(r"""(?:https?:)?(?<!path:)//(?=[a-z0-9-]+\.)([a-z0-9.-]+)""", re.IGNORECASE)
NEVER_FETCHED = {"www.w3.org": "a name space"}
IN_COMMENTS = {
    "getbootstrap.com": "licence header of Bootstrap",
    "github.com": "licence header of Bootstrap",
    "www.apache.org": "licence header of ECharts",
}


def sources(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file())


TEMPLATES = sources("templates/**/*.html", "*/templates/**/*.html")
STATIC = sources("static/**/*.css", "static/**/*.js", "static/**/*.svg", "static/**/*.webmanifest")


def found(path: Path, pattern: re.Pattern[str]) -> Iterator[str]:
    for match in pattern.finditer(path.read_text(encoding="utf-8")):
        yield match[1] if match.groups() else match[0]


def test_there_are_pages_to_look_at() -> None:
    assert len(TEMPLATES) > 20
    assert len(STATIC) > 10


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_holds_no_script_or_style_of_its_own(path: Path) -> None:
    assert list(found(path, INLINE)) == []


@pytest.mark.parametrize("path", [*TEMPLATES, *STATIC], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_comes_from_another_host(path: Path) -> None:
    known = {*NEVER_FETCHED, *(IN_COMMENTS if "vendor" in path.parts else ())}
    assert set(found(path, ELSEWHERE)) - known == set()


@pytest.mark.parametrize(
    "markup",
    [
        "<script>go()</script>",
        "<script nonce='x'>go()</script>",
        '<p style="color: red">',
        "<style>p {}</style>",
        '<a onclick="go()">',
        '<div hx-on:click="go()">',
        '<a href="javascript:go()">',
        "<div hx-vals='js:{a: b}'>",
    ],
)
def test_inline_code_is_recognised(markup: str) -> None:
    assert INLINE.search(markup)


@pytest.mark.parametrize("text", ["//cdn.example.org/x.js", "url(https://fonts.example.org/a.woff2)"])
def test_another_host_is_recognised(text: str) -> None:
    assert ELSEWHERE.search(text)
