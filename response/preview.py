"""Who would be told of what, when, by which channel, before anything happens: asked of the same functions that send."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Jurisdiction, Organisation, User
from incidents.models import Incident
from incidents.selectors import family_ids
from outbox.models import Contact, Rank
from outbox.routing import Route, routes
from plan.duties import DUTY_5_1_3, DUTY_5_1_8, Leg
from plan.levels import IncidentLevel
from plan.offices import OfficeKind
from reporting.alerts import Addressees, moment
from reporting.clocks import due_times, minutes_after, stage_times
from reporting.first_limb import SERIOUS, bearers
from reporting.models import Obligation, ObligationState, StageCode

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TurnTold:
    """People told in the same turn: how many minutes after the alarm, who, by which channels."""

    after_min: int
    rank: str
    people: Sequence[str]
    channels: Sequence[str]


@dataclass(frozen=True, slots=True)
class OfficeTold:
    """An office that is told in its inbox, and its turns outside."""

    name: str
    turns: Sequence[TurnTold]
    unreachable: Sequence[str]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that sends an alarm, when, and to whom; `is_house` where the plan names no such moment (A19)."""

    what: str
    when: Sequence[str]
    is_house: bool
    offices: Sequence[OfficeTold]


@dataclass(frozen=True, slots=True)
class _Planned:
    what: str
    when: Sequence[str]
    offices: Sequence[str]
    is_house: bool = False


def preview_of_level(level: IncidentLevel, county: Jurisdiction, *, at: datetime) -> list[Occasion]:
    """Return who would be told of an incident of this level in this county that occurred now (预案 5.1(3), 5.1(8))."""
    first = Organisation.objects.filter(kind__in=DUTY_5_1_3.recipients, jurisdiction=county).order_by("pk")
    planned = [_Planned(_("医院报告聚集性病例"), [_("立即")], [each.code for each in first])]
    if level in SERIOUS:
        government = Organisation.objects.filter(kind=OfficeKind.COUNTY_GOVERNMENT, jurisdiction=county)
        planned += _of_clocks(_imagined(government, at), _after(at))
    return _occasions(planned, at=at)


def preview_of_incident(incident: Incident, *, at: datetime) -> list[Occasion]:
    """Return who is told by an incident's clocks: of those that run by their instants, else as if it occurred now."""
    family = family_ids(incident)
    armed = Obligation.objects.filter(
        incident__in=family, state=ObligationState.ARMED, clause=DUTY_5_1_8.clause
    )
    legs = list(armed.select_related("bearer", "recipient").order_by("pk"))
    if legs:
        return _occasions(_of_clocks(legs, moment), at=at)
    if incident.duty_level not in SERIOUS:
        return []
    return _occasions(_of_clocks(_imagined(bearers(family), at), _after(at)), at=at)


def _imagined(owing: Iterable[Organisation], at: datetime) -> list[Obligation]:
    """Return the legs that would be owed of what occurred now; they are never saved."""
    to = list(Organisation.objects.filter(kind__in=DUTY_5_1_8.recipients).order_by("pk"))
    return [
        _leg(bearer, recipient, leg, at)
        for bearer in owing
        for recipient in to
        for leg in DUTY_5_1_8.legs
        if recipient.pk not in {bearer.pk, bearer.houses_id}
    ]


def _leg(bearer: Organisation, recipient: Organisation, leg: Leg, at: datetime) -> Obligation:
    due = due_times(leg, earliest=at, latest=at)
    times: dict[str, Any] = {
        "urgent_target_at": due.urgent_target_at,
        "urgent_limit_at": due.urgent_limit_at,
        "target_at": due.target_at,
        "limit_at": due.limit_at,
    }
    return Obligation(
        bearer=bearer, recipient=recipient, leg=leg.code, anchor_earliest=at, anchor_latest=at, **times
    )


def _of_clocks(legs: Sequence[Obligation], said: Callable[[datetime], str]) -> list[_Planned]:
    """Return what the clocks of these legs send: at their start to the bearer's side, then at each stage."""
    addressees = Addressees(leg.bearer for leg in legs)
    sides = [code for leg in legs for code in addressees.side_of(leg.bearer)]
    planned = [_Planned(_("时限开始"), [_("立即")], list(dict.fromkeys(sides)))]
    for stage in StageCode:
        times, codes = set(), []
        for leg in legs:
            times |= {due_at for code, due_at in stage_times(leg) if code == stage}
            codes += addressees.of_stage(leg, stage)
        when = list(dict.fromkeys(said(due_at) for due_at in sorted(times)))
        is_house = stage == StageCode.REMINDER
        planned.append(_Planned(str(stage.label), when, list(dict.fromkeys(codes)), is_house))
    return planned


def _after(start_at: datetime) -> Callable[[datetime], str]:
    return lambda due_at: _("事发后%d分钟") % minutes_after(start_at, due_at)


def _occasions(planned: Sequence[_Planned], *, at: datetime) -> list[Occasion]:
    codes = {code for one in planned for code in one.offices}
    names = dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))
    way = routes(codes, at=at)
    people = _people(way.values())
    told = {code: _office(names.get(code, code), way[code], people) for code in codes}
    return [
        Occasion(one.what, one.when, one.is_house, [told[code] for code in one.offices]) for one in planned
    ]


def _office(name: str, route: Route, people: Mapping[str, str]) -> OfficeTold:
    turns = [_turn(0, Rank.OFFICE, (), route.office, people)] if route.office else []
    for rung in route.rungs:
        after = rung.after // MINUTE
        turns.append(_turn(after, rung.turn.rank, rung.turn.people, rung.contacts, people))
    unreachable = [people.get(ref, ref) for turn in route.unreachable for ref in turn.people]
    return OfficeTold(name, turns, list(dict.fromkeys(unreachable)))


def _turn(
    after_min: int, rank: Rank, refs: Sequence[str], contacts: Sequence[Contact], people: Mapping[str, str]
) -> TurnTold:
    """Return a turn by names and channels; an address is nobody's business but its owner's."""
    reached = [ref for ref in refs if any(each.person == ref for each in contacts)]
    channels = dict.fromkeys(str(each.get_channel_display()) for each in contacts)
    return TurnTold(after_min, str(rank.label), [people.get(ref, ref) for ref in reached], list(channels))


def _people(way: Iterable[Route]) -> dict[str, str]:
    turns = [turn for route in way for turn in (*(rung.turn for rung in route.rungs), *route.unreachable)]
    pks = {int(ref.removeprefix("user:")) for turn in turns for ref in turn.people}
    return {f"user:{user.pk}": str(user) for user in User.objects.filter(pk__in=pks)}
