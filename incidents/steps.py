"""The steps that apps above oblige an assessment to take; `config.wiring` fills the list once, at start."""

from collections.abc import Callable
from datetime import datetime

from accounts.actors import Actor
from incidents.models import AssessmentRecord, Incident

# Each runs in the transaction of the change that was assessed, the incident row locked; a failing step fails the action.
AFTER_ASSESSMENT: list[Callable[[Incident, AssessmentRecord, Actor, datetime], None]] = []
