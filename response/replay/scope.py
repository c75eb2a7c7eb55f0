"""What a storyline's value may refer to, and how one says that it can't be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from response.replay.times import Calendar


class BadValue(Exception):
    """A value that can't be read: which key of the step, and why."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment inside a value that has no type of its own, written `!time …` in a storyline."""

    text: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a value may refer to: the calendar, and what earlier steps named with `as`.

    `marks` are fields every structure that has them is given, whatever the storyline says.
    """

    calendar: Calendar
    named: dict[str, Any] = field(default_factory=dict)
    marks: Mapping[str, Any] = field(default_factory=dict)


# Reads a value of one type; the last argument is the key it stands under.
Reader = Callable[[Any, Scope, str], Any]
