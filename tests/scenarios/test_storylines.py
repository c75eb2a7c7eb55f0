"""Every storyline of the product goes as it is written."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from audit.verify import verify
from response.replay.player import Player
from response.replay.stage import set_stage
from response.replay.story import load

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("demo", "drills/stories", "tests/scenarios")
STORYLINES = sorted(path for folder in FOLDERS for path in ROOT.glob(f"{folder}/*.yaml"))


@pytest.fixture
def as_product(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go on as the role that the product has in containers: it owns nothing, so a lock that asks for more stops a story."""
    role = f"storyteller_{os.getpid()}"
    monkeypatch.setenv("APP_DATABASE_PASSWORD", "told-to-nobody")
    call_command("grant_app_role", "--role", role, stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")


@pytest.mark.usefixtures("as_product")
@pytest.mark.parametrize("path", STORYLINES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_storyline_goes_as_it_is_written(path: Path) -> None:
    story = load(path)
    timeline: list[str] = []
    set_stage(at=story.steps[0].at)
    Player(story, story.calendar, say=timeline.append, alone=True).play()
    assert len(timeline) >= len(story.steps)
    # Whatever its actions wrote as evidence, the log vouches for.
    assert verify().breaks == []


@pytest.mark.parametrize("path", STORYLINES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_storyline_expects_something(path: Path) -> None:
    story = load(path)
    assert any(step.expected or step.refused for step in story.steps)
