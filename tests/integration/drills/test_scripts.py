"""The drills that ship: anywhere in the city, and with acts that the score finds once they are done (9.2)."""

from datetime import timedelta

import pytest

from accounts.models import Jurisdiction, JurisdictionKind, Organisation
from drills.scoring import judge_act, points
from drills.scripts import placed, ready_made, script_moved, story_of
from response.replay.player import Player
from response.replay.stage import set_stage
from tests.support.reports import county

NAMES = ("guilin", "jixi", "longkhanh", "taipei")


def test_four_drills_ship() -> None:
    assert tuple(ready_made()) == NAMES
    assert all(story_of(text).drill for text in ready_made().values())


@pytest.mark.django_db
def test_each_can_be_held_in_each_county() -> None:
    codes = set(Organisation.objects.values_list("code", flat=True))
    counties = list(Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY))
    assert len(counties) == 10
    for each in counties:
        for text in ready_made().values():
            story = story_of(placed(text, each))
            told = {office for step in story.steps if step.tell for office in step.tell.to}
            acting = {step.by.rpartition(":")[2] for step in story.steps if step.by}
            assert told | acting | story.roles.keys() <= codes
            assert told <= story.roles.keys()
            assert each.code == "330212" or "330212" not in placed(text, each)
    assert "hosp-cixi-people" in placed(ready_made()["jixi"], county("330282"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_the_score_finds_every_act_that_was_done_as_written(name: str) -> None:
    story = story_of(ready_made()[name])
    set_stage(at=story.steps[0].at)
    script = script_moved(story, timedelta())
    acts = [act for inject in script.injects for act in inject.acts]
    assert {judge_act(act, story.ends)["state"] for act in acts} <= {"missed", "ahead"}
    Player(story, story.calendar, say=lambda _line: None, alone=False).play()
    assert [(act.said, judge_act(act, story.ends)["state"]) for act in acts] == [
        (act.said, "in_time") for act in acts
    ]


def test_points_count_what_was_due() -> None:
    assert points([]) is None
    assert points(["ahead"]) is None
    assert points(["in_time", "ahead"]) == 100
    assert points(["in_time", "late", "missed", "ahead"]) == 50
