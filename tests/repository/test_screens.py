"""The pictures of the pages: each that the command takes is there, small enough, and shown on their page."""

import re
from pathlib import Path

from tests.shots.pictures import FOLDER, LONGEST_BYTES, SHOTS

LONGEST_IN_ALL = 6_000_000
README = Path(__file__).resolve().parents[2] / "README.md"
SHOWN = re.compile(r"\]\((?:docs/screens/)?([\w-]+\.webp)\)")


def test_every_picture_is_taken_small_and_shown() -> None:
    files = {path.name: path.stat().st_size for path in FOLDER.glob("*.webp")}
    assert set(files) == {f"{shot.name}.webp" for shot in SHOTS}
    assert max(files.values()) <= LONGEST_BYTES
    assert sum(files.values()) <= LONGEST_IN_ALL
    assert set(SHOWN.findall((FOLDER / "README.md").read_text(encoding="utf-8"))) == set(files)
    assert set(SHOWN.findall(README.read_text(encoding="utf-8"))) <= set(files)
