"""Who would be told at a moment, and how: an office's inbox, whoever has its duty then, and the turns outside."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.duty import who_is_told
from accounts.models import Organisation
from accounts.selectors import display_names
from outbox.models import Contact, Rank
from outbox.routing import Route, routes
from outbox.steps import Turn

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
    """An office that is told in its inbox, who has its duty at that moment, and its turns outside."""

    name: str
    on_duty: Sequence[str]
    standing_by: Sequence[str]
    turns: Sequence[TurnTold]
    unreachable: Sequence[str]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that sends a message, when, and to whom; `is_house` where the plan names no such moment (A19).

    is_at_once: with the report itself, not as a clock runs on.
    """

    what: str
    when: str
    at: datetime
    is_house: bool
    is_alarm: bool
    is_at_once: bool
    offices: Sequence[OfficeTold]

    @property
    def gaps(self) -> int:
        """How many of the offices have nobody on duty at that moment."""
        return sum(not office.on_duty for office in self.offices)


@dataclass(frozen=True, slots=True)
class Planned:
    """An occasion before it is known who has the duty: whether it wakes people, or waits in the inbox to be read."""

    what: str
    when: str
    at: datetime
    offices: Sequence[str]
    is_house: bool = False
    is_alarm: bool = True
    is_at_once: bool = False


def occasions(planned: Sequence[Planned]) -> list[Occasion]:
    """Return each occasion with the people of its own moment; so many queries for each moment, and no more."""
    codes: dict[datetime, set[str]] = defaultdict(set)
    for each in planned:
        codes[each.at].update(each.offices)
    names = dict(
        Organisation.objects.filter(code__in=set().union(*codes.values())).values_list("code", "name")
    )
    turns = {at: who_is_told(sorted(told), at) for at, told in codes.items()}
    ways = {at: routes(sorted(told), at=at) for at, told in codes.items()}
    people = display_names(
        {ref for by_code in turns.values() for own in by_code.values() for turn in own for ref in turn.people}
    )
    return [
        Occasion(
            each.what,
            each.when,
            each.at,
            each.is_house,
            each.is_alarm,
            each.is_at_once,
            [
                _office(
                    names.get(code, code), turns[each.at][code], ways[each.at][code], people, each.is_alarm
                )
                for code in each.offices
            ],
        )
        for each in planned
    ]


def _office(
    name: str, turns: Sequence[Turn], route: Route, people: Mapping[str, str], is_alarm: bool
) -> OfficeTold:
    by_rank = {turn.rank: [people.get(ref, ref) for ref in turn.people] for turn in turns}
    on_duty, standing_by = by_rank.get(Rank.ON_DUTY, []), by_rank.get(Rank.STAND_IN, [])
    if not is_alarm:
        told = _of_notices(route, people)
        return OfficeTold(name, on_duty, standing_by, told, ())
    outside = [_turn(0, Rank.OFFICE, (), route.office, people)] if route.office else []
    for rung in route.rungs:
        after = rung.after // MINUTE
        outside.append(_turn(after, rung.turn.rank, rung.turn.people, rung.contacts, people))
    unreachable = [people.get(ref, ref) for turn in route.unreachable for ref in turn.people] if route else []
    return OfficeTold(name, on_duty, standing_by, outside, list(dict.fromkeys(unreachable)))


def _of_notices(route: Route, people: Mapping[str, str]) -> list[TurnTold]:
    by_rank: dict[Rank, list[Contact]] = defaultdict(list)
    for told in route.notices:
        by_rank[told.rank].append(told.contact)
    return [
        _turn(0, rank, tuple(each.person for each in contacts if each.person), contacts, people)
        for rank, contacts in by_rank.items()
    ]


def _turn(
    after_min: int, rank: Rank, refs: Sequence[str], contacts: Sequence[Contact], people: Mapping[str, str]
) -> TurnTold:
    """Return a turn by names and channels; an address is nobody's business but its owner's."""
    reached = [ref for ref in refs if any(each.person == ref for each in contacts)]
    channels = dict.fromkeys(str(each.get_channel_display()) for each in contacts)
    named = list(dict.fromkeys(people.get(ref, ref) for ref in reached))
    return TurnTold(after_min, str(rank.label), named, list(channels))
