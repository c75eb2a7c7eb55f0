"""The steps that apps above oblige an assessment to take, and the checks they put before a finding; `config.wiring` fills the list once, at start."""

from collections.abc import Callable
from datetime import datetime

from accounts.actors import Actor
from incidents.models import AssessmentRecord, Incident

# Each runs in the transaction of the change that was assessed, the incident row locked; a failing step fails the action.
AFTER_ASSESSMENT: list[Callable[[Incident, AssessmentRecord, Actor, datetime], None]] = []

# Each raises a refusal when something above stands against the finding that it is no incident; the row is locked.
BEFORE_FINDING_NO_INCIDENT: list[Callable[[Incident], None]] = []
