"""The design holds what it says: measured contrasts, and vendored files exactly as published."""

import hashlib
import json
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"
TOKENS = (STATIC / "css/tokens.css").read_text(encoding="utf-8")
LOCK = json.loads((STATIC / "vendor/vendor.lock.json").read_text(encoding="utf-8"))
# WCAG 2.2, 1.4.3: text of normal size.
ENOUGH = 4.5
PAIRS = [
    *[(f"level-{level}", f"level-{level}-ink") for level in ("i", "ii", "iii", "iv", "below")],
    *[(state, f"{state}-ink") for state in ("good", "warn", "bad", "run", "idle", "drill", "brand")],
    *[("bar", ink) for ink in ("bar-ink", "bar-ink-soft")],
    *[
        (ground, ink)
        for ground in ("page", "surface", "sunken")
        for ink in ("ink", "ink-soft", "brand", "bad-ink")
    ],
]


def theme(name: str) -> dict[str, str]:
    """The colours of one theme."""
    block = re.search(rf'\[data-bs-theme="{name}"\] \{{(.*?)\}}', TOKENS, re.DOTALL)
    assert block is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("ground", "ink"), PAIRS)
def test_text_can_be_read_on_its_ground(name: str, ground: str, ink: str) -> None:
    colours = theme(name)
    assert contrast(colours[ground], colours[ink]) >= ENOUGH


def test_colours_are_named_in_one_file() -> None:
    others = [path for path in STATIC.glob("css/*.css") if path.name != "tokens.css"]
    assert len(others) > 0
    for path in others:
        assert re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s])", path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize("entry", LOCK, ids=lambda entry: entry["file"])
def test_a_vendored_file_is_exactly_the_published_one(entry: dict[str, str]) -> None:
    content = (STATIC / "vendor" / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]


def test_every_vendored_file_is_locked_and_licensed() -> None:
    there = {path.relative_to(STATIC / "vendor").as_posix() for path in (STATIC / "vendor").glob("*/*")}
    assert there == {entry["file"] for entry in LOCK}
    for folder in {name.split("/")[0] for name in there}:
        assert f"{folder}/LICENSE" in there
