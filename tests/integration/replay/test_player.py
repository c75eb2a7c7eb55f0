"""A storyline that goes otherwise than written is told with what was found."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from accounts.actors import Actor
from incidents.models import Incident, Place
from plan.refusal import PlanRefusal
from reporting.models import StageEvent
from response.replay.catalogue import Action
from response.replay.expected import Refused
from response.replay.player import Failed, Player
from response.replay.stage import set_stage
from response.replay.story import BadStory, Step, Story, load
from response.replay.times import BEIJING, Calendar
from tests.support.reports import NOON, incident

pytestmark = pytest.mark.django_db

HUNDRED = """
steps:
  - at: 2024-06-01T10:00
    by: yinzhou
    do: file_first_report
    as: first
    with:
      stated:
        area: "330212"
        place_text: 某餐厅
        known_at: 2024-06-01T10:00
        occurred_earliest: 2024-06-01T10:00
        occurred_latest: 2024-06-01T10:00
        facts: [{kind: illness_count, value: 100, count_kind: total, as_of: 2024-06-01T10:00}]
"""


@pytest.fixture
def played(tmp_path: Path) -> Callable[[str], list[str]]:
    """Plays a storyline and returns its timeline."""

    def play(text: str) -> list[str]:
        path = tmp_path / "story.yaml"
        path.write_text(text)
        return run(load(path))

    return play


def run(story: Story) -> list[str]:
    timeline: list[str] = []
    set_stage(at=story.steps[0].at)
    Player(story, story.calendar, say=timeline.append, alone=True).play()
    return timeline


@pytest.mark.parametrize(
    ("expected", "findings"),
    [
        ("level: IV", ["expect.level: expected IV, found III"]),
        ('clauses: ["2.4(2)"]', ["expect.clauses: expected [2.4(2)], found [2.3(2)]"]),
        ("confirmed: III", ["expect.confirmed: expected III, found nothing"]),
        ("status: merged", ["expect.status: expected merged, found open"]),
        ("counted: {illness_count: 99}", ["expect.counted.illness_count: expected 99, found 100"]),
        ("open_duties: [number]", ["expect.open_duties: expected [number], found []"]),
        ('obligation_count: {"5.1(8)": 5}', ["expected {'5.1(8)': 5}, found {'5.1(8)': 4, '5.1(7)': 4}"]),
        ("obligation_count: {}", ["expected {}, found {'5.1(8)': 4, '5.1(7)': 4}"]),
        ("stage_count: {reminder: 1}", ["expected {'reminder': 1}, found {}"]),
        ("obligations: [{leg: phone, recipient: city-gov}]", ["expect.obligations[0]: found none"]),
        ("obligations: [{leg: phone, state: late}]", ["[0].state: expected late, found running"]),
        (
            "obligations: [{leg: phone, limit_at: +61m}]",
            ["[0].limit_at: expected 2024-06-01 11:01:00, found 2024-06-01 11:00:00"],
        ),
        ("stages: [{stage: limit_passed}]", ["expect.stages[0]: found none"]),
        ("level: IV, status: merged", ["expect.level: expected IV", "expect.status: expected merged"]),
    ],
)
def test_failed_expectation_prints_what_was_found(
    played: Callable[[str], list[str]], expected: str, findings: list[str]
) -> None:
    with pytest.raises(Failed) as failure:
        played(f"{HUNDRED}    expect: {{{expected}}}\n")
    said = str(failure.value)
    assert all(finding in said for finding in findings)
    assert "step 1: found NB2024-0001: 处置中, 建议Ⅲ（2.3(2)），核定待核定" in said
    assert "鄞州区政府→市委市政府值班室（书面）: running 2024-06-01 11:00:00 2024-06-01 12:00:00" in said


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        (
            "obligations: [{leg: telegram}]",
            "expect.obligations[0].leg: must be one of phone, written, system",
        ),
        ("obligations: [{due: +1h}]", "expect.obligations[0].due: unknown; known are clause, bearer"),
        ("incident: second.incident", "expect.incident: no Incident with number=second.incident"),
        ("level: 3", "expect.level: must be one of I, II, III, IV, below"),
    ],
)
def test_an_expectation_that_cannot_be_read_names_its_key(
    played: Callable[[str], list[str]], expected: str, message: str
) -> None:
    with pytest.raises(BadStory) as problem:
        played(f"{HUNDRED}    expect: {{{expected}}}\n")
    assert f"step 1: {message}" in str(problem.value)


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("nobody", "step 1: by: 0 offices are held by 'nobody'"),
        ("city-regulator", "step 1: by: 2 offices are held by 'city-regulator'"),
        ("org:none", "step 1: by: no organisation has the code 'none'"),
        ("key:none", "step 1: by: no organisation has the code 'none'"),
    ],
)
def test_unknown_actor_is_told(played: Callable[[str], list[str]], by: str, message: str) -> None:
    with pytest.raises(BadStory) as problem:
        played(HUNDRED.replace("by: yinzhou", f"by: {by}"))
    assert message in str(problem.value)


@pytest.mark.parametrize("by", ["yinzhou", "yinzhou-fso", "org:city-fso", "city-regulator@city-fso"])
def test_actor_acts_in_the_office_named(played: Callable[[str], list[str]], by: str) -> None:
    played(HUNDRED.replace("by: yinzhou", f"by: {by}"))
    assert Incident.objects.get().duty_level.value == "III"


def test_unexpected_refusal_fails_the_step(played: Callable[[str], list[str]]) -> None:
    with pytest.raises(
        Failed, match=r"step 1: file_first_report was refused: .* \(clause 5.1\(7\), code outside"
    ):
        played(HUNDRED.replace("by: yinzhou", "by: haishu"))


@pytest.mark.parametrize(
    ("by", "refusal", "message"),
    [
        ("yinzhou", '{clause: "5.1(7)"}', "expect_refused: file_first_report was not refused"),
        ("haishu", '{clause: "5.2"}', "expect_refused: expected Refused"),
        ("haishu", '{clause: "5.1(7)", code: other}', "expect_refused: expected Refused"),
        ("haishu", '{clause: "5.1(7)", status: 409}', "expect_refused: expected Refused"),
    ],
)
def test_expected_refusal_that_does_not_come_fails(
    played: Callable[[str], list[str]], by: str, refusal: str, message: str
) -> None:
    with pytest.raises(Failed, match=message):
        played(HUNDRED.replace("by: yinzhou", f"by: {by}") + f"    expect_refused: {refusal}\n")


def half_done(*, by: Actor, at: datetime) -> None:
    """What no action may be: it changes something and then refuses."""
    Place.objects.filter(name="隆庆面包店").update(address=f"{by.ref} {at}")
    raise PlanRefusal("不行", clause="5.1", code="half_done")


def test_refusal_that_changed_something_fails_and_names_the_table() -> None:
    action = Action("half_done", "tests", half_done, arguments={}, types={}, takes=frozenset({"by", "at"}))
    step = Step(
        number=1,
        at=datetime(2024, 6, 1, tzinfo=BEIJING),
        by="clock",
        action=action,
        refused=Refused(clause="5.1"),
    )
    story = Story(title="半途而废", drill=False, calendar=Calendar(step.at), steps=(step,))
    with pytest.raises(Failed, match="step 1: expect_refused: refused, yet it changed incidents_place"):
        run(story)


def test_stages_fire_in_order_at_their_own_times(played: Callable[[str], list[str]]) -> None:
    timeline = played(HUNDRED + "  - {at: +3h, expect: {}}\n")
    fired = StageEvent.objects.order_by("pk")
    assert [event.fired_at for event in fired] == [event.due_at for event in fired]
    assert [event.due_at for event in fired] == sorted(event.due_at for event in fired)
    assert {event.source for event in fired} == {"replay"}
    assert len(fired) == 12
    assert sum("时钟：" in line for line in timeline) == 12


def test_stages_that_were_due_before_the_step_fire_with_their_lateness(
    played: Callable[[str], list[str]],
) -> None:
    late = HUNDRED.replace("occurred_earliest: 2024-06-01T10:00", "occurred_earliest: 2024-06-01T08:55")
    timeline = played(late.replace("occurred_latest: 2024-06-01T10:00", "occurred_latest: 2024-06-01T08:55"))
    assert any(line.endswith("（电话或紧急信息渠道）：法定时限已过，迟4分钟触发") for line in timeline)


def test_replay_leaves_the_stages_of_other_incidents_alone(played: Callable[[str], list[str]]) -> None:
    other: Any = incident(120, at=NOON)
    played(HUNDRED.replace("2024-06-01", "2026-06-01") + "  - {at: +3h, expect: {}}\n")
    assert not StageEvent.objects.filter(obligation__incident=other).exists()
    assert StageEvent.objects.exclude(obligation__incident=other).count() == 12
