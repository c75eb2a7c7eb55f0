"""A storyline that can't be played is refused before anything is played, with its step and key."""

from pathlib import Path

import pytest

from response.replay.story import BadStory, load

STEP = """
  - at: 2024-06-01T10:00
    by: yinzhou
    do: file_first_report
    with: {stated: {area: "330212", known_at: 2024-06-01T10:00}}
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "story.yaml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("steps: [", "expected"),
        ("[]", "must be a mapping"),
        ("steps: []", "steps: must be a list of at least one step"),
        (f"speed: 2\nsteps:{STEP}", "speed: unknown"),
        (f"drill: sometimes\nsteps:{STEP}", "drill: must be true or false"),
        ("steps:\n  - {at: +1m, expect: {}}", "start: must be an ISO time"),
        (f"steps:{STEP}    at: 2024-06-01T11:00", "at: comes twice (line 6)"),
        ("start: 2024-06-01\nsteps:\n  - {at: soon, expect: {}}", "step 1: at: 'soon' is no ISO time"),
        ("start: 2024-06-01\nsteps:\n  - {expect: {}}", "step 1: at: missing"),
        ("start: 2024-06-01\nsteps:\n  - {at: +1m}", "step 1: do: a step does, expects or tells something"),
        ("start: 2024-06-01\nsteps:\n  - {at: +1m, expect: {levle: I}}", "step 1: expect.levle: unknown"),
        ("start: 2024-06-01\nsteps:\n  - {at: +1m, by: clock, expect: {}}", "step 1: by: belongs to a step"),
        (f"steps:{STEP}  - {{at: 2024-06-01T09:59, expect: {{}}}}", "step 2: at: lies before step 1"),
        (f"steps:{STEP}    then: rest", "step 1: then: unknown"),
        (f"steps:{STEP}".replace("first", "last"), "step 1: do: 'file_last_report' is unknown"),
        (
            f"steps:{STEP}".replace("stated:", "sated:"),
            "step 1: with.sated: unknown; file_first_report takes",
        ),
        (
            f"steps:{STEP}".replace("{stated:", "{at: +1m, stated:"),
            "step 1: with.at: is said by the step's own",
        ),
        (f"steps:{STEP}".replace("    with:", "    note:"), "step 1: with.stated: missing"),
        (f"steps:{STEP}".replace("    by: yinzhou\n", ""), "step 1: by: missing"),
        (f"steps:{STEP}    expect_refused: {{code: x}}", "step 1: expect_refused.clause: missing"),
    ],
)
def test_bad_storyline_names_its_step_and_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BadStory) as problem:
        load(written(tmp_path, text))
    assert message in str(problem.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadStory, match="No such file"):
        load(tmp_path / "none.yaml")


def test_times_stay_text_until_the_calendar_reads_them(tmp_path: Path) -> None:
    story = load(written(tmp_path, f"steps:{STEP}"))
    assert story.steps[0].given["stated"]["known_at"] == "2024-06-01T10:00"
    assert story.ends.isoformat() == "2024-06-01T10:00:00+08:00"
