"""The machine's part in a drill, taken in the drill's world: its steps of the script, and the world's own clocks (9.2, ADR 30)."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from accounts.actors import CLOCK
from drills.models import Outcome, PlayedStep
from drills.scripts import Script
from incidents.models import Incident
from outbox.actions.sending import send_due
from outbox.heartbeat import beat
from plan.refusal import PlanRefusal
from reporting.actions.clusters import Answer
from reporting.steps import CHASES
from response.replay.catalogue import Action
from response.replay.clock import go_on, next_due
from response.replay.people import actor_named
from response.replay.player import arguments
from response.replay.scope import BadValue, Scope
from response.replay.story import Step

SOURCE = "drill"


def play(script: Script, *, until: datetime) -> None:
    """Take the machine's steps that are due, each at its own moment, and let the clocks run up to it first."""
    taken = set(PlayedStep.objects.values_list("number", flat=True))
    for step, action in script.machine:
        moment = step.at + script.calendar.shift
        if step.number not in taken and moment <= until:
            _run_clock(moment)
            _take(script, step, action, moment)
    _run_clock(until)
    send_due(source=SOURCE)
    beat(SOURCE)
    for chase in CHASES:
        chase(by=CLOCK, at=until)


def _run_clock(until: datetime) -> None:
    now = None
    while (due := next_due(incidents := list(Incident.objects.all()), until)) is not None:
        now = due if now is None else max(now, due)
        if not go_on(incidents, now):
            return  # held by whoever acts in it now: the next round comes in a second


def _take(script: Script, step: Step, action: Action, at: datetime) -> None:
    scope = Scope(script.calendar, named=_named(script), marks={"is_drill": True})
    outcome, said, found = Outcome.DONE, "", {}
    try:
        with transaction.atomic():
            found = _found(_act(step, action, scope, at))
    except PlanRefusal as refusal:
        outcome, said = Outcome.REFUSED, refusal.message_zh
    except (BadValue, LookupError) as problem:
        # It speaks of what people should have done and did not.
        outcome, said = Outcome.UNFIT, str(problem)
    PlayedStep.objects.create(number=step.number, at=at, outcome=outcome, said=said[:300], found=found)


def _act(step: Step, action: Action, scope: Scope, at: datetime) -> Any:
    by = actor_named(step.by, at=at) if step.by else None
    return action.call(**arguments(action, step, scope, by=by, at=at))


def _found(result: Any) -> dict[str, Any]:
    """What a step led to, as later steps may speak of it."""
    if isinstance(result, Answer):
        return {"report": [result.report._meta.label, result.report.pk]}
    return {"": [result._meta.label, result.pk]} if isinstance(result, Model) else {}


def _named(script: Script) -> dict[str, Any]:
    names = {step.number: step.named for step, _action in script.machine if step.named}
    return {
        names[played.number]: _remembered(played.found)
        for played in PlayedStep.objects.filter(number__in=names, outcome=Outcome.DONE)
    }


def _remembered(found: dict[str, Any]) -> Any:
    rows = {name: apps.get_model(label)._default_manager.get(pk=pk) for name, (label, pk) in found.items()}
    return rows.get("") or SimpleNamespace(**rows)
