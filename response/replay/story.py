"""A storyline file, read and checked before anything is played."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from response.replay.catalogue import GIVEN_BY_STEP, Action, find_action
from response.replay.expected import KEYS, Refused
from response.replay.loader import Loader
from response.replay.scope import BadValue, Scope
from response.replay.times import Calendar, read_moment, read_offset
from response.replay.values import reader_for

# `rows` lists the clause rows a storyline proves; docs/plan-coverage.md is made from it.
STORY_KEYS = frozenset({"title", "about", "sources", "rows", "start", "drill", "roles", "steps"})
STEP_KEYS = frozenset(
    {
        "at",
        "by",
        "do",
        "with",
        "as",
        "note",
        "assumed",
        "expect",
        "expect_refused",
        "tell",
        "within",
        "clause",
    }
)


class BadStory(Exception):
    """A storyline that can't be played: which step and key, and why."""

    def __init__(self, step: int | None, key: str, reason: str) -> None:
        where = f"step {step}: " if step else ""
        super().__init__(f"{where}{key}: {reason}" if key else f"{where}{reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """What the people of some offices are shown in a drill."""

    to: tuple[str, ...]
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: at a moment, somebody does an action, or is refused, and something is expected or told.

    within: in a drill the act is left to people, who have so long from what they were last told (`clause`).
    """

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
    tell: Tell | None = None
    within: timedelta | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A storyline, its steps in order of time; `roles` says to each office that plays what it is in for."""

    title: str
    about: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    drill: bool
    calendar: Calendar
    steps: tuple[Step, ...]

    @property
    def ends(self) -> datetime:
        """When the last step is taken, before the story is moved."""
        return self.steps[-1].at


def load(path: Path) -> Story:
    """Read a storyline; raises BadStory, which names the step and the key."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadStory(None, "", str(error)) from error
    return read(text, name=path.stem)


def read(text: str, *, name: str) -> Story:
    """Read the text of a storyline; raises BadStory, which names the step and the key."""
    try:
        data = yaml.load(text, Loader)  # noqa: S506  a SafeLoader that leaves times alone
    except yaml.YAMLError as error:
        raise BadStory(None, "", str(error)) from error
    _check_keys(None, data, STORY_KEYS)
    steps = data.get("steps")
    if not isinstance(steps, list) or not steps:
        raise BadStory(None, "steps", "must be a list of at least one step")
    calendar = Calendar(_start(data.get("start"), steps))
    return Story(
        title=str(data.get("title") or name),
        about=str(data.get("about", "")),
        roles=_roles(data),
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
    if not data.keys() & {"do", "expect", "tell"}:
        raise BadStory(number, "do", "a step does, expects or tells something")
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
            tell=reader_for(Tell)(data["tell"], Scope(calendar), "tell") if "tell" in data else None,
            within=_within(number, data),
            clause=str(data.get("clause", "")),
        )
    except BadValue as problem:
        raise BadStory(number, problem.key, problem.reason) from problem


def _action(number: int, data: Mapping[str, Any]) -> Action | None:
    if "do" not in data:
        for key in ("by", "with", "as", "expect_refused", "within"):
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


def _roles(data: Mapping[str, Any]) -> Mapping[str, str]:
    roles = data.get("roles", {})
    if not isinstance(roles, dict):
        raise BadStory(None, "roles", "must be a mapping of offices to what they are told")
    return {str(office): str(card) for office, card in roles.items()}


def _within(number: int, data: Mapping[str, Any]) -> timedelta | None:
    if "within" not in data:
        return None
    length = read_offset(str(data["within"]))
    if length is None or length <= timedelta():
        raise BadStory(number, "within", "must be a length of time such as +2h")
    return length


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
