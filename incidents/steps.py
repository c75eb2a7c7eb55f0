"""The steps and checks that apps above oblige changes here to take; `config.wiring` fills the lists once, at start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accounts.actors import Actor
from incidents.models import AssessmentRecord, Incident
from incidents.persons import EachOnce


@dataclass(frozen=True, slots=True)
class Split:
    """A family about to be divided: the ids that stay with the whole and those that leave with the part (A56)."""

    whole: Incident
    part: Incident
    staying: tuple[int, ...]
    leaving: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assessed:
    """What was proposed, and the facts with each patient counted once that it was proposed from."""

    record: AssessmentRecord
    once: EachOnce


# Each runs in the transaction of the change that was assessed, the incident row locked; a failing step fails the action.
AFTER_ASSESSMENT: list[Callable[[Incident, Assessed, Actor, datetime], None]] = []
# Each raises a refusal when something above stands against the finding that it is no incident; the row is locked.
BEFORE_FINDING_NO_INCIDENT: list[Callable[[Incident], None]] = []
# Each runs while the family is still one, all its incidents locked, before both sides are graded anew.
BEFORE_SPLIT: list[Callable[[Split, Actor, datetime], None]] = []
