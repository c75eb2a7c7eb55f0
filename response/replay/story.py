"""A storyline file, read and checked before anything is played."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from response.replay.catalogue import GIVEN_BY_STEP, Action, find_action
from response.replay.expected import KEYS, Refused
from response.replay.scope import BadValue, Moment, Scope
from response.replay.times import Calendar, read_moment
from response.replay.values import reader_for

# `rows` lists the clause rows a storyline proves; docs/plan-coverage.md is made from it.
STORY_KEYS = frozenset({"title", "about", "sources", "rows", "start", "drill", "steps"})
STEP_KEYS = frozenset({"at", "by", "do", "with", "as", "note", "assumed", "expect", "expect_refused"})


class BadStory(Exception):
    """A storyline that can't be played: which step and key, and why."""

    def __init__(self, step: int | None, key: str, reason: str) -> None:
        where = f"step {step}: " if step else ""
        super().__init__(f"{where}{key}: {reason}" if key else f"{where}{reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: at a moment, somebody does an action, or is refused, and something is expected."""

    number: int
    at: datetime
    by: str = ""
    action: Action | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    named: str = ""
    note: str = ""
    assumed: bool = False
    expected: Mapping[str, Any] | None = None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A storyline, its steps in order of time."""

    title: str
    drill: bool
    calendar: Calendar
    steps: tuple[Step, ...]

    @property
    def ends(self) -> datetime:
        """When the last step is taken, before the story is moved."""
        return self.steps[-1].at


class Loader(yaml.SafeLoader):
    """YAML whose times stay text, read by the calendar, and whose keys may not come twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _value in node.value]
        for index, (key, written) in enumerate(zip(keys, node.value, strict=True)):
            if key in keys[:index]:
                raise BadStory(None, str(key), f"comes twice (line {written[0].start_mark.line + 1})")
        return super().construct_mapping(node, deep=deep)


TIMESTAMP = "tag:yaml.org,2002:timestamp"
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != TIMESTAMP]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_constructor("!time", lambda _loader, node: Moment(str(node.value)))


def load(path: Path) -> Story:
    """Read a storyline; raises BadStory, which names the step and the key."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506  a SafeLoader that leaves times alone
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadStory(None, "", str(error)) from error
    _check_keys(None, data, STORY_KEYS)
    steps = data.get("steps")
    if not isinstance(steps, list) or not steps:
        raise BadStory(None, "steps", "must be a list of at least one step")
    calendar = Calendar(_start(data.get("start"), steps))
    return Story(
        title=str(data.get("title") or path.stem),
        drill=_flag(None, data, "drill"),
        calendar=calendar,
        steps=tuple(_in_order([_step(number, step, calendar) for number, step in enumerate(steps, 1)])),
    )


def _start(stated: Any, steps: Sequence[Any]) -> datetime:
    """The story's start: stated, else the first step's own time."""
    said = stated or (steps[0].get("at") if isinstance(steps[0], dict) else None)
    try:
        return read_moment(str(said))
    except ValueError as error:
        raise BadStory(None, "start", "must be an ISO time where the first step has none") from error


def _step(number: int, data: Any, calendar: Calendar) -> Step:
    _check_keys(number, data, STEP_KEYS)
    if "at" not in data:
        raise BadStory(number, "at", "missing")
    if "do" not in data and "expect" not in data:
        raise BadStory(number, "do", "a step does something or expects something")
    try:
        return Step(
            number=number,
            at=reader_for(datetime)(data["at"], Scope(calendar), "at"),
            by=str(data.get("by", "")),
            action=_action(number, data),
            given=data.get("with") or {},
            named=str(data.get("as", "")),
            note=str(data.get("note", "")),
            assumed=_flag(number, data, "assumed"),
            expected=_expected(number, data),
            refused=_refused(number, data, calendar),
        )
    except BadValue as problem:
        raise BadStory(number, problem.key, problem.reason) from problem


def _action(number: int, data: Mapping[str, Any]) -> Action | None:
    if "do" not in data:
        for key in ("by", "with", "as", "expect_refused"):
            if key in data:
                raise BadStory(number, key, "belongs to a step that does something")
        return None
    try:
        action = find_action(str(data["do"]))
    except LookupError as error:
        known = f"is one of {error}" if str(error) else "is unknown; `manage.py replay --actions` lists all"
        raise BadStory(number, "do", f"{data['do']!r} {known}") from error
    _check_arguments(number, action, data)
    return action


def _check_arguments(number: int, action: Action, data: Mapping[str, Any]) -> None:
    given = data.get("with") or {}
    if not isinstance(given, dict):
        raise BadStory(number, "with", "must be a mapping of arguments")
    for name in given:
        if name in GIVEN_BY_STEP:
            raise BadStory(number, f"with.{name}", f"is said by the step's own {name!r}")
        if name not in action.arguments:
            raise BadStory(
                number, f"with.{name}", f"unknown; {action.name} takes {', '.join(action.arguments)}"
            )
    for name in action.required:
        if name not in given:
            raise BadStory(number, f"with.{name}", f"missing; {action.name} needs it")
    if "by" in action.takes and not data.get("by"):
        raise BadStory(number, "by", "missing: who does it?")


def _expected(number: int, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if "expect" not in data:
        return None
    _check_keys(number, data["expect"], KEYS, "expect.")
    expected: Mapping[str, Any] = data["expect"]
    return expected


def _refused(number: int, data: Mapping[str, Any], calendar: Calendar) -> Refused | None:
    if "expect_refused" not in data:
        return None
    refused: Refused = reader_for(Refused)(data["expect_refused"], Scope(calendar), "expect_refused")
    return refused


def _in_order(steps: Sequence[Step]) -> Iterator[Step]:
    latest = steps[0]
    for step in steps:
        if step.at < latest.at:
            raise BadStory(step.number, "at", f"lies before step {latest.number}")
        latest = step
        yield step


def _check_keys(number: int | None, data: Any, known: frozenset[str], prefix: str = "") -> None:
    if not isinstance(data, dict):
        raise BadStory(number, prefix.rstrip("."), f"must be a mapping of {', '.join(sorted(known))}")
    for key in data:
        if key not in known:
            raise BadStory(number, f"{prefix}{key}", f"unknown; known are {', '.join(sorted(known))}")


def _flag(number: int | None, data: Mapping[str, Any], key: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise BadStory(number, key, "must be true or false")
    return value
