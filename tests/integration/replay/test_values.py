"""What a storyline writes becomes what an action takes, or a message that names the key."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from incidents.actions.facts import NewFact
from incidents.models import FactKind
from plan.levels import IncidentLevel
from reporting.stated import StatedReport
from response.replay.scope import BadValue, Moment, Scope
from response.replay.times import BEIJING, Calendar, read_offset
from response.replay.values import reader_for
from tests.support.people import organisation

START = datetime(2024, 5, 1, 8, 30, 15, tzinfo=BEIJING)
SCOPE = Scope(Calendar(START), {"six": [6]}, marks={"is_demo": True, "is_drill": False})


def read(kind: Any, value: Any, scope: Scope = SCOPE) -> Any:
    return reader_for(kind)(value, scope, "with.x")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("+90m", 5400), ("-10m", -600), ("+1d2h", 93600), ("+59m59s", 3599), ("+0m", 0)],
)
def test_offsets(text: str, seconds: int) -> None:
    assert read_offset(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["90m", "+", "+m", "+1x", "2024-05-01"])
def test_other_texts_are_no_offsets(text: str) -> None:
    assert read_offset(text) is None


def test_time_without_a_zone_is_beijing_time() -> None:
    assert read(datetime, "2024-05-01T09:00") == datetime(2024, 5, 1, 9, 0, tzinfo=BEIJING)
    assert read(datetime, "2024-05-01T01:00Z") == datetime(2024, 5, 1, 9, 0, tzinfo=BEIJING)


def test_a_moved_story_keeps_its_seconds_and_ends_by_the_moment_asked_for() -> None:
    ends = START + timedelta(hours=3)
    asked = datetime(2026, 7, 1, 12, 0, 14, tzinfo=BEIJING)
    moved = Calendar(START).moved_to(asked, ends=ends)
    assert moved.moment("+3h") == datetime(2026, 7, 1, 11, 59, 15, tzinfo=BEIJING)
    assert moved.moment("+1h") - moved.moment("+0m") == timedelta(hours=1)


def test_scalars_enumerations_and_lists() -> None:
    assert read(int | None, None) is None
    assert read(IncidentLevel, "III") is IncidentLevel.III
    assert read(frozenset[str], ["number"]) == frozenset({"number"})
    assert read(dict[FactKind, int], {"illness_count": 60}) == {FactKind.ILLNESS: 60}
    assert read(tuple[str, int], ["a", 1]) == ("a", 1)
    assert read(UUID, "6f1c1e2e-6a40-4c8e-8f3d-0a4b2f6a1c11") == UUID("6f1c1e2e-6a40-4c8e-8f3d-0a4b2f6a1c11")
    assert read(tuple[int, ...], ["$six.0"]) == (6,)


def test_moments_inside_untyped_values_move_with_the_story() -> None:
    assert read(Any, {"earliest": Moment("+1m")}) == {"earliest": "2024-05-01T08:31:15+08:00"}


@pytest.mark.django_db
def test_rows_are_found_by_their_codes_and_structures_are_marked() -> None:
    stated = read(StatedReport, {"area": "330212", "known_at": "+0m"})
    assert (stated.area.name, stated.known_at, stated.is_demo) == ("鄞州区", START, True)
    fact = read(
        NewFact, {"kind": "illness_count", "value": 3, "as_of": "+0m", "source": "hosp-yinzhou-people"}
    )
    assert fact.source == organisation("hosp-yinzhou-people")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "value", "key", "reason"),
    [
        (int, "3", "with.x", "must be of type int"),
        (bool, 1, "with.x", "must be of type bool"),
        (IncidentLevel, "V", "with.x", "must be one of I, II, III, IV, below"),
        (datetime, "noon", "with.x", "is no ISO time"),
        (tuple[int, ...], [1, "b"], "with.x[1]", "must be of type int"),
        (StatedReport, {"area": "330212"}, "with.x.known_at", "missing"),
        (StatedReport, {"area": "330212", "known_at": "+0m", "ill": 3}, "with.x.ill", "unknown; known are"),
        (
            StatedReport,
            {"area": "999999", "known_at": "+0m"},
            "with.x.area",
            "no Jurisdiction with code=999999",
        ),
        (
            NewFact,
            {"kind": "x", "value": 1, "as_of": "$later"},
            "with.x.as_of",
            "no earlier step is named 'later'",
        ),
    ],
)
def test_what_cannot_be_read_names_its_key(kind: Any, value: Any, key: str, reason: str) -> None:
    with pytest.raises(BadValue) as problem:
        read(kind, value)
    assert problem.value.key == key
    assert reason in problem.value.reason


def test_a_type_no_storyline_can_write_is_told() -> None:
    with pytest.raises(TypeError, match="no storyline can write a complex"):
        reader_for(complex)
