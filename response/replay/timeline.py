"""The printed timeline: when, who, what, what the level became, which stages fired how late, who is told."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from incidents.models import Incident
from incidents.selectors import latest_assessment
from outbox.models import Message
from plan.levels import IncidentLevel
from plan.refusal import PlanRefusal
from reporting.clocks import MINUTE
from reporting.models import Obligation, StageCode, StageEvent
from response.replay.expected import judged_legs
from response.replay.story import Step
from response.replay.times import shown

INDENT = " " * 21


class Timeline:
    """Says each thing once, as it happens."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self.say = say
        self.levels: dict[int, str] = {}
        self.last_message = Message.objects.aggregate(last=Max("pk"))["last"] or 0
        self.last_stage = StageEvent.objects.aggregate(last=Max("pk"))["last"] or 0
        self.names = dict(Organisation.objects.values_list("code", "name"))

    def step(self, step: Step, at: datetime, by: Actor | None) -> None:
        """Say when a step is taken, by whom, and what it is."""
        done = step.action.name if step.action else step.tell.title if step.tell else _("核对预期")
        assumed = _("（时刻系假设）") if step.assumed else ""
        said = filter(None, [by.label if by else "", done, step.note])
        self.say(f"{shown(at)}  {' '.join(said)}{assumed}")

    def refused(self, refusal: PlanRefusal) -> None:
        """Say that an action was refused, as expected."""
        said = {"reason": refusal.message_zh, "clause": refusal.clause}
        self._add(_("按预期被拒绝：%(reason)s（%(clause)s）") % said)

    def changes(self, incidents: Iterable[Incident]) -> None:
        """Say what a step changed: levels, and messages owed."""
        listed = list(incidents)
        for incident in listed:
            level = _level(incident)
            if self.levels.get(incident.pk) != level:
                self._add(f"{incident.number}  {level}")
                self.levels[incident.pk] = level
        self._messages(listed)

    def fired(self, incidents: Iterable[Incident]) -> None:
        """Say which stages fired, with their true lateness."""
        listed = list(incidents)
        events = StageEvent.objects.filter(obligation__incident__in=listed, pk__gt=self.last_stage)
        for event in events.select_related("obligation__bearer", "obligation__recipient").order_by("pk"):
            late = (event.fired_at - event.due_at) // MINUTE
            said = {
                "leg": _leg(event.obligation),
                "stage": StageCode(event.stage).label,
                "late": _("，迟%d分钟触发") % late if late else "",
            }
            self.say(f"{shown(event.fired_at)}  " + _("时钟：%(leg)s：%(stage)s%(late)s") % said)
            self.last_stage = event.pk
        self._messages(listed)

    def picture(self, incident: Incident, now: datetime) -> Iterator[str]:
        """Yield what there is to see of an incident, for an expectation that failed."""
        yield f"found {incident.number}: {incident.get_status_display()}, {_level(incident)}"
        for leg in judged_legs(incident, now):
            due = [shown(moment) for moment in (leg.obligation.target_at, leg.obligation.limit_at) if moment]
            yield f"found {leg.obligation.clause} {_leg(leg.obligation)}: {leg.verdict.state} {' '.join(due)}".rstrip()

    def _messages(self, incidents: Iterable[Incident]) -> None:
        chains = [incident.chain for incident in incidents]
        owed = Message.objects.filter(chain__in=chains, pk__gt=self.last_message).order_by("pk")
        told: dict[str, list[str]] = {}
        for message in owed:
            told.setdefault(message.title, []).append(self.names.get(message.recipient, message.recipient))
            self.last_message = message.pk
        for title, recipients in told.items():
            said = {"recipients": "、".join(recipients), "title": title}
            self._add(_("通知%(recipients)s：%(title)s") % said)

    def _add(self, line: str) -> None:
        self.say(INDENT + line)


def _level(incident: Incident) -> str:
    made = latest_assessment(incident)
    clauses = _("（%s）") % "、".join(made.clauses) if made and made.clauses else ""
    confirmed = incident.confirmed_level
    said = {
        "proposed": IncidentLevel(incident.proposed_level).numeral,
        "clauses": clauses,
        "confirmed": IncidentLevel(confirmed).numeral if confirmed else _("待核定"),
    }
    return _("建议%(proposed)s%(clauses)s，核定%(confirmed)s") % said


def _leg(obligation: Obligation) -> str:
    said = {
        "bearer": obligation.bearer.name,
        "recipient": obligation.recipient.name,
        "leg": obligation.get_leg_display(),
    }
    return _("%(bearer)s→%(recipient)s（%(leg)s）") % said
