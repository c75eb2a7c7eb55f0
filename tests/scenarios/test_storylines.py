"""Every storyline of the product goes as it is written."""

from pathlib import Path

import pytest

from audit.verify import verify
from response.replay.player import Player
from response.replay.stage import set_stage
from response.replay.story import load

ROOT = Path(__file__).resolve().parents[2]
STORYLINES = sorted([*ROOT.glob("demo/*.yaml"), *ROOT.glob("tests/scenarios/*.yaml")])


@pytest.mark.django_db
@pytest.mark.parametrize("path", STORYLINES, ids=lambda path: path.stem)
def test_storyline_goes_as_it_is_written(path: Path) -> None:
    story = load(path)
    timeline: list[str] = []
    set_stage(at=story.steps[0].at)
    Player(story, story.calendar, say=timeline.append, alone=True).play()
    assert len(timeline) >= len(story.steps)
    # Whatever its actions wrote as evidence, the log vouches for.
    assert verify().breaks == []


@pytest.mark.parametrize("path", STORYLINES, ids=lambda path: path.stem)
def test_storyline_expects_something(path: Path) -> None:
    story = load(path)
    assert any(step.expected or step.refused for step in story.steps)
