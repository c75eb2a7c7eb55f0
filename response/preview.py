"""Who would be told of what, when, by which channel, before anything happens: asked of the same functions that send."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from accounts.models import Jurisdiction
from incidents.models import Incident
from incidents.selectors import family_ids
from outbox.actions.messages import DRILL_MARK
from outbox.models import Message
from plan.duties import DUTY_5_1_8, Leg, in_edition
from plan.editions import edition_for
from plan.levels import IncidentLevel
from reporting.alerts import BEIJING, Addressees, moment
from reporting.clocks import due_times, minutes_after, stage_times
from reporting.first_limb import SERIOUS, LegOwed, legs_owed
from reporting.leg_view import LegView
from reporting.models import Obligation, ObligationState, StageCode
from reporting.selectors import legs
from response.foretold import Occasion, Planned, occasions
from response.rehearsal import Sender, rehearse


@dataclass(frozen=True, slots=True)
class Preview:
    """Every alarm that would go out, in order of time, and every leg that would be owed."""

    occasions: Sequence[Occasion]
    legs: Sequence[LegView]

    @property
    def unattended(self) -> list[str]:
        """The offices told of something at a moment at which nobody has their duty, each once."""
        names = [office.name for each in self.occasions for office in each.offices if not office.on_duty]
        return list(dict.fromkeys(names))


def preview_of_report(sender: Sender, level: IncidentLevel, county: Jurisdiction, *, at: datetime) -> Preview:
    """Return who would be told if this sender reported what occurred in this county now, and it were of this level (预案 5.1).

    Every duty of 5.1 that follows is in it, and what falls due later, told to whoever has the duty then.
    """
    found = rehearse(sender, level, county, at=at)
    clocks = [leg.obligation for leg in found.legs if stage_times(leg.obligation)]
    planned = [*_told_at_once(found.messages, found.number, at), *_stages(clocks, _after(at))]
    return Preview(occasions(planned), found.legs)


def preview_of_incident(incident: Incident, *, at: datetime) -> Preview:
    """Return who is told by what an incident still owes: by the instants of clocks that run, else as if it occurred now."""
    family = family_ids(incident)
    owed = [
        leg
        for leg in legs(family, at)
        if leg.obligation.state == ObligationState.ARMED and leg.verdict.is_owed
    ]
    clocks = [leg.obligation for leg in owed if stage_times(leg.obligation)]
    if clocks:
        ahead = [each for each in _stages(clocks, moment) if each.at > at]
        return Preview(occasions(ahead), owed)
    if incident.duty_level not in SERIOUS or _has_clocks(family):
        return Preview((), owed)
    imagined = [_imagined(each, at) for each in legs_owed(family)]
    return Preview(occasions([_started(imagined, at), *_stages(imagined, _after(at))]), owed)


def _has_clocks(family: Iterable[int]) -> bool:
    return Obligation.objects.filter(incident__in=family, clause=DUTY_5_1_8.clause).exists()


def _told_at_once(messages: Sequence[Message], number: str, at: datetime) -> list[Planned]:
    """Return what the inboxes would be told at once, each text once, without the number of the incident that never was."""

    def text(message: Message) -> str:
        return message.title.removeprefix(DRILL_MARK).replace(number, _("（事故编号）"))

    by_text: dict[str, list[str]] = {}
    for message in messages:
        by_text.setdefault(text(message), []).append(message.recipient)
    alarms = {text(message) for message in messages if message.is_alarm}
    return [
        Planned(what, _("立即"), at, list(dict.fromkeys(codes)), is_alarm=what in alarms, is_at_once=True)
        for what, codes in by_text.items()
    ]


def _started(clocks: Sequence[Obligation], at: datetime) -> Planned:
    addressees = Addressees(leg.bearer for leg in clocks)
    sides = [code for leg in clocks for code in addressees.side_of(leg.bearer)]
    return Planned(_("时限开始"), _("立即"), at, list(dict.fromkeys(sides)), is_at_once=True)


def _stages(clocks: Sequence[Obligation], said: Callable[[datetime], str]) -> list[Planned]:
    """Return what these clocks send as their stages fall due, in order of time."""
    addressees = Addressees(leg.bearer for leg in clocks)
    order = list(StageCode)
    due = [(due_at, order.index(stage), leg) for leg in clocks for stage, due_at in stage_times(leg)]
    due.sort(key=lambda each: each[:2])
    planned = []
    for (due_at, index), same in groupby(due, key=lambda each: each[:2]):
        stage, codes = order[index], []
        for *_key, leg in same:
            codes += addressees.of_stage(leg, stage)
        is_house = stage == StageCode.REMINDER
        planned.append(
            Planned(str(stage.label), said(due_at), due_at, list(dict.fromkeys(codes)), is_house=is_house)
        )
    return planned


def _imagined(owed: LegOwed, at: datetime) -> Obligation:
    """Return the leg that would be owed of what occurred now; it is never saved."""
    leg: Leg = owed.leg
    edition = edition_for(at.astimezone(BEIJING).date())
    due = due_times(in_edition(leg, edition), earliest=at, latest=at)
    return Obligation(
        bearer=owed.bearer,
        recipient=owed.recipient,
        leg=leg.code,
        anchor_earliest=at,
        anchor_latest=at,
        urgent_target_at=due.urgent_target_at,
        urgent_limit_at=due.urgent_limit_at,
        target_at=due.target_at,
        limit_at=due.limit_at,
    )


def _after(start_at: datetime) -> Callable[[datetime], str]:
    return lambda due_at: _("事发后%d分钟") % minutes_after(start_at, due_at)
