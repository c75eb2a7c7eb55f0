"""Play a storyline: the simulated clock fires what falls due between the steps, which call the real actions."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from accounts.actors import Actor
from incidents.models import Incident
from plan.refusal import PlanRefusal
from reporting.actions.clusters import Answer
from reporting.models import Report
from response.replay.catalogue import Action
from response.replay.clock import go_on, next_due
from response.replay.expected import Refused, differences
from response.replay.foretold import FORETOLD, foretold_differences
from response.replay.people import actor_named
from response.replay.scope import BadValue, Scope
from response.replay.story import BadStory, Step, Story
from response.replay.timeline import Timeline
from response.replay.times import Calendar
from response.replay.unchanged import table_hashes
from response.replay.values import reader_for


class Failed(Exception):
    """The story did not go as it was written: which step, and what was found."""

    def __init__(self, step: Step, *findings: str) -> None:
        super().__init__("\n".join(f"step {step.number}: {finding}" for finding in findings))


class Player:
    """Plays one story into the database that Django points at; its incidents are marked as demo.

    `alone` says that nobody else writes there, so that a refusal can be shown to have changed no table.
    """

    def __init__(
        self, story: Story, calendar: Calendar, *, say: Callable[[str], object], alone: bool
    ) -> None:
        self.story = story
        self.alone = alone
        self.scope = Scope(calendar, marks={"is_demo": True, "is_drill": story.drill})
        self.before = list(Incident.objects.filter(is_demo=True).values_list("pk", flat=True))
        self.timeline = Timeline(say)
        self.now = story.steps[0].at + calendar.shift

    def play(self) -> None:
        """Take every step in order; raises Failed, or BadStory for what can only be read when it is due."""
        for step in self.story.steps:
            at = step.at + self.scope.calendar.shift
            self._run_clock(until=at)
            self.now = at
            try:
                self._take(step)
            except BadValue as problem:
                raise BadStory(step.number, problem.key, problem.reason) from problem

    def incidents(self) -> list[Incident]:
        """The incidents this story opened, in order."""
        return list(Incident.objects.filter(is_demo=True).exclude(pk__in=self.before).order_by("pk"))

    def _take(self, step: Step) -> None:
        by = self._actor(step)
        self.timeline.step(step, self.now, by)
        if step.action is not None:
            given = arguments(step.action, step, self.scope, by=by, at=self.now)
            if step.refused is None:
                self._act(step.action, step, given)
            else:
                self._check_refused(step.action, step, given, step.refused)
            self.timeline.changes(self.incidents())
        self._run_clock(until=self.now)
        if step.expected is not None:
            self._check_expected(step, step.expected)

    def _actor(self, step: Step) -> Actor | None:
        try:
            return actor_named(step.by, at=self.now) if step.by else None
        except LookupError as error:
            raise BadStory(step.number, "by", str(error)) from error

    def _act(self, action: Action, step: Step, given: Mapping[str, Any]) -> None:
        try:
            result = action.call(**given)
        except PlanRefusal as refusal:
            raise Failed(step, f"{action.name} was refused: {_said(refusal)}") from refusal
        self._check_is_own(step, result)
        if step.named:
            self.scope.named[step.named] = result

    def _check_is_own(self, step: Step, result: Any) -> None:
        """A report may join an incident by itself: never one that this story did not open."""
        report = result.report if isinstance(result, Answer) else result
        if isinstance(report, Report) and report.incident not in self.incidents():
            number = report.incident.number
            raise Failed(step, f"the report joined {number}, not of this story; was the story kept before?")

    def _check_refused(self, action: Action, step: Step, given: Mapping[str, Any], expected: Refused) -> None:
        before = table_hashes() if self.alone else {}
        try:
            action.call(**given)
        except PlanRefusal as refusal:
            found = Refused(clause=refusal.clause, code=refusal.code, status=refusal.status)
            if not expected.fits(found):
                raise Failed(
                    step, f"expect_refused: expected {expected}, found {_said(refusal)}"
                ) from refusal
            self.timeline.refused(refusal)
        else:
            raise Failed(step, f"expect_refused: {action.name} was not refused")
        after = table_hashes() if self.alone else {}
        changed = [table for table in after if before.get(table) != after[table]]
        if changed:
            raise Failed(step, f"expect_refused: refused, yet it changed {', '.join(changed)}")

    def _check_expected(self, step: Step, expected: Mapping[str, Any]) -> None:
        wanted = expected.get(FORETOLD, [])
        if differing := foretold_differences(wanted, scope=self.scope, now=self.now):
            raise Failed(step, *differing)
        if expected.keys() == {FORETOLD}:
            return  # before anything happened
        incident = self._incident(expected)
        found = differences(expected, incident, scope=self.scope, now=self.now)
        if found:
            raise Failed(step, *found, *self.timeline.picture(incident, self.now))

    def _incident(self, expected: Mapping[str, Any]) -> Incident:
        if "incident" in expected:
            named: Incident = reader_for(Incident)(expected["incident"], self.scope, "expect.incident")
            return named
        opened = self.incidents()
        if len(opened) != 1:
            raise BadValue("expect.incident", f"the story has {len(opened)} incidents: name one")
        return opened[0]

    def _run_clock(self, *, until: datetime) -> None:
        """Fire everything due up to a moment, each stage at its own time and none before the last thing that happened."""
        while (due := next_due(self.incidents(), until)) is not None:
            self.now = max(self.now, due)
            incidents = self.incidents()
            if not go_on(incidents, self.now):
                raise RuntimeError(f"what is due at {due} does not fire")
            self.timeline.fired(incidents)


def arguments(action: Action, step: Step, scope: Scope, *, by: Actor | None, at: datetime) -> dict[str, Any]:
    """Return what an action is called with; raises BadValue for what can't be read."""
    given = {name: action.reader(name)(value, scope, f"with.{name}") for name, value in step.given.items()}
    said = {"by": by, "at": at}
    return given | {name: said[name] for name in action.takes}


def _said(refusal: PlanRefusal) -> str:
    return f"{refusal.message_zh} (clause {refusal.clause}, code {refusal.code}, status {refusal.status})"
