"""The drills that ship, and a drill's script read: what people are told, what they are expected to do (预案 9.2)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from accounts.models import Jurisdiction, Organisation
from drills.models import Drill
from plan.offices import OfficeKind
from response.replay.catalogue import Action
from response.replay.story import Step, Story, Tell, read
from response.replay.times import Calendar

FOLDER: Final = Path(__file__).resolve().parent / "stories"
# The county that the scripts are written for, and a hospital there; another county takes their place.
WRITTEN_FOR: Final = ("330212", "鄞州区", "hosp-yinzhou-people", "鄞州人民医院")
READ_AT_ONCE: Final = 32
MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Act:
    """What an office is expected to do, from when, and by when under the plan or the script."""

    number: int
    office: str
    action: str
    said: str
    clause: str
    from_at: datetime
    due_at: datetime
    inject: int


@dataclass(frozen=True, slots=True)
class Inject:
    """What offices are told at a moment of the drill's own clock, and what they are expected to do about it."""

    number: int
    at: datetime
    tell: Tell
    acts: Sequence[Act]


@dataclass(frozen=True, slots=True)
class Script:
    """A script on a drill's own calendar."""

    story: Story
    calendar: Calendar
    injects: Sequence[Inject]

    @property
    def ends(self) -> datetime:
        """When its last step lies."""
        return self.story.ends + self.calendar.shift

    @property
    def machine(self) -> Sequence[tuple[Step, Action]]:
        """The steps that the machine takes, and what each does."""
        return [(each, each.action) for each in self.story.steps if each.action and each.within is None]

    def next_after(self, moment: datetime) -> datetime | None:
        """Return when the script next tells people something, or the machine next does, after a moment."""
        ahead = (step.at + self.calendar.shift for step in self.story.steps if step.within is None)
        return next((at for at in ahead if at > moment), None)


@cache
def ready_made() -> Mapping[str, str]:
    """Return the text of every drill that ships, by its name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))}


@cache
def titles() -> Mapping[str, str]:
    """Return the title of every drill that ships, by its name."""
    return {name: story_of(text).title for name, text in ready_made().items()}


def placed(text: str, county: Jurisdiction) -> str:
    """Return a script that plays in this county."""
    hospitals = Organisation.objects.filter(kind=OfficeKind.HOSPITAL)
    hospital = hospitals.filter(jurisdiction=county).order_by("pk").first() or hospitals.order_by("pk")[0]
    if county.code == WRITTEN_FOR[0]:
        return text
    here = dict(zip(WRITTEN_FOR, (county.code, county.name, hospital.code, hospital.name), strict=True))
    return re.sub("|".join(here), lambda match: here[match[0]], text)


@lru_cache(maxsize=READ_AT_ONCE)
def story_of(text: str) -> Story:
    """Return a script read; it was checked before it was played."""
    return read(text, name="drill")


def script_of(drill: Drill) -> Script:
    """Return a drill's script on its own calendar: it begins when the drill does."""
    story = story_of(drill.script)
    return script_moved(story, (drill.started_at - story.calendar.start) // MINUTE * MINUTE)


def script_moved(story: Story, shift: timedelta) -> Script:
    """Return a script on a calendar moved by so much."""
    return Script(story, Calendar(story.calendar.start, shift), _injects(story, shift))


def _injects(story: Story, shift: timedelta) -> list[Inject]:
    found: list[tuple[Step, Tell, list[Act]]] = []
    for step in story.steps:
        if step.tell is not None:
            found.append((step, step.tell, []))
        elif step.within is not None and step.action is not None:
            told, _tell, acts = found[-1]
            acts.append(_act(step, step.action, told.number, told.at + shift, step.within))
    return [Inject(step.number, step.at + shift, tell, tuple(acts)) for step, tell, acts in found]


def _act(step: Step, action: Action, inject: int, from_at: datetime, within: timedelta) -> Act:
    return Act(
        number=step.number,
        office=step.by.removeprefix("org:"),
        action=f"{action.module.partition('.')[0]}.{action.name}",
        said=step.note,
        clause=step.clause,
        from_at=from_at,
        due_at=from_at + within,
        inject=inject,
    )
