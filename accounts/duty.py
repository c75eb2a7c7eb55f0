"""Who of an office is told, in which turn: by the roster, else everybody; whoever stands in takes the place of the absent.

The order is the house's, not the plan's (非预案规定): the person on duty, the one who stands by, the leader.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Q

from accounts.models import DutyShift, OfficeHolding
from outbox.models import Rank
from outbox.steps import Turn
from plan.duties import DUTY_5_1_3, DUTY_5_1_8
from plan.offices import OfficeKind

# Offices that somebody has to answer for at any hour: alarms of 5.1(3) and 5.1(8) go to them, or they act for one (A50).
MUST_ANSWER: Final = (
    *DUTY_5_1_3.recipients,
    OfficeKind.COUNTY_GOVERNMENT,
    OfficeKind.COUNTY_COMMISSION_OFFICE,
    *DUTY_5_1_8.recipients,
)


def who_is_told(offices: Collection[str], at: datetime) -> Mapping[str, Sequence[Turn]]:
    """Return for each organisation's code its people's turns at a moment; two queries."""
    held: dict[str, list[OfficeHolding]] = defaultdict(list)
    for holding in _holdings(offices, at):
        held[holding.organisation.code].append(holding)
    shifts: dict[str, list[DutyShift]] = defaultdict(list)
    for shift in _shifts(offices, at):
        shifts[shift.organisation.code].append(shift)
    return {office: _turns(held[office], shifts[office]) for office in offices}


def on_duty(offices: Collection[str], at: datetime) -> frozenset[str]:
    """Return whom the rosters of these organisations name at a moment, on duty or standing by, as `user:12`; two queries."""
    turns = [turn for told in who_is_told(offices, at).values() for turn in told]
    rostered = (turn for turn in turns if turn.rank in {Rank.ON_DUTY, Rank.STAND_IN})
    return frozenset(person for turn in rostered for person in turn.people)


def shifts_at(at: datetime) -> Q:
    """Return the condition on shifts that they run at a moment: from the first instant on, no longer at the last."""
    return Q(from_at__lte=at, until_at__gt=at)


def _turns(holdings: Sequence[OfficeHolding], shifts: Sequence[DutyShift]) -> list[Turn]:
    members = {holding.user_id for holding in holdings}
    instead = defaultdict(list)
    for holding in holdings:
        if holding.stands_in_for_id is not None:
            instead[holding.stands_in_for_id].append(holding.user_id)

    def present(people: Iterable[int]) -> list[int]:
        """Those who hold an office here, each replaced by whoever stands in for them."""
        return [one for person in people if person in members for one in instead.get(person, [person])]

    on_duty = present(shift.person_id for shift in shifts)
    standing_by = present(shift.stand_in_id for shift in shifts if shift.stand_in_id is not None)
    leaders = [holding.user_id for holding in holdings if holding.is_manager]
    first = (Rank.ON_DUTY, on_duty) if on_duty else (Rank.EVERYONE, sorted(members))
    turns = [first, (Rank.STAND_IN, standing_by), (Rank.LEADER, leaders)]
    return [Turn(rank, _named(people)) for rank, people in turns if people]


def _named(people: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"user:{person}" for person in dict.fromkeys(people))


def _holdings(offices: Collection[str], at: datetime) -> Iterable[OfficeHolding]:
    lasting = Q(until_at__isnull=True) | Q(until_at__gt=at)
    held = OfficeHolding.objects.filter(
        lasting, from_at__lte=at, organisation__code__in=offices, user__is_active=True
    )
    return held.select_related("organisation").order_by("pk")


def _shifts(offices: Collection[str], at: datetime) -> Iterable[DutyShift]:
    found = DutyShift.objects.filter(shifts_at(at), organisation__code__in=offices)
    return found.select_related("organisation").order_by("from_at", "pk")
