"""Who of an office is told, in which turn, and how an alarm climbs until somebody acknowledges (A19; house setting)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from accounts.actions.contacts import remove_contact
from accounts.actions.departures import record_departure
from accounts.actions.duty import plan_shift
from accounts.actions.offices import grant_office
from accounts.actions.users import create_user
from accounts.actors import SYSTEM
from accounts.models import User
from audit.clock import database_now
from audit.models import AuditEvent
from outbox.actions.climbing import climb_due
from outbox.actions.messages import acknowledge
from outbox.models import Channel, Climb, Message, Rank
from outbox.routing import routes
from tests.support.contacts import contact
from tests.support.evidence import broken_links
from tests.support.letters import OFFICE, alarm, copies_of
from tests.support.people import organisation

MINUTE = timedelta(minutes=1)


def person(name: str, *, office: str = OFFICE, has_address: bool = True, **more: object) -> User:
    """Somebody of the office, with a mailbox of their own."""
    at = database_now()
    user = create_user(username=name, display_name=name, by=SYSTEM, at=at)
    grant_office(user=user, organisation=organisation(office), title="职员", by=SYSTEM, at=at, **more)  # type: ignore[arg-type]
    if has_address:
        contact(office, Channel.EMAIL, f"{name}@example.org", person=user, for_notices=True)
    return user


def on_duty(user: User, stand_in: User | None = None) -> None:
    """A shift that has just begun."""
    at = database_now()
    plan_shift(
        organisation=organisation(OFFICE),
        person=user,
        stand_in=stand_in,
        from_at=at - MINUTE,
        until_at=at + timedelta(hours=8),
        by=SYSTEM,
        at=at,
    )


def whole_office() -> tuple[User, User, User]:
    """One on duty, one standing by, one leader."""
    duty, stand_in, leader = person("duty"), person("standby"), person("leader", is_manager=True)
    on_duty(duty, stand_in)
    return duty, stand_in, leader


def told(message: Message) -> list[tuple[str, str]]:
    return [(copy.rank, str(copy.contact).split()[-1]) for copy in copies_of(message)]


def climb_at(message: Message, minutes: float) -> int:
    return climb_due(source="test", at=message.created_at + timedelta(minutes=minutes))


@pytest.mark.django_db
def test_the_person_on_duty_is_told_at_once_and_the_others_wait() -> None:
    whole_office()
    contact(OFFICE, Channel.EMAIL, "office@example.org")
    message = alarm()
    assert sorted(told(message)) == [(Rank.OFFICE, "o…@example.org"), (Rank.ON_DUTY, "d…@example.org")]
    assert [rung["rank"] for rung in message.rungs] == [Rank.STAND_IN, Rank.LEADER]


@pytest.mark.django_db
def test_an_alarm_climbs_at_its_times_to_the_second_and_each_turn_once() -> None:
    whole_office()
    message = alarm()
    assert climb_at(message, 4.999) == 0
    assert climb_at(message, 5) == 1
    assert climb_at(message, 5) == 0
    assert climb_at(message, 9.999) == 0
    assert climb_at(message, 10) == 1
    assert climb_at(message, 600) == 0
    assert [rank for rank, _hint in told(message)] == [Rank.ON_DUTY, Rank.STAND_IN, Rank.LEADER]
    climbs = Climb.objects.order_by("number").values_list("number", "rank")
    assert list(climbs) == [(1, Rank.STAND_IN), (2, Rank.LEADER)]
    assert AuditEvent.objects.filter(action="outbox.climb_on").count() == 2
    assert broken_links() == []


@pytest.mark.django_db
def test_after_an_outage_every_turn_missed_is_told_in_order_with_its_true_lateness() -> None:
    whole_office()
    message = alarm()
    assert [climb_at(message, 60), climb_at(message, 60), climb_at(message, 60)] == [1, 1, 0]
    first = Climb.objects.earliest("number")
    assert first.climbed_at - first.due_at == 55 * MINUTE


@pytest.mark.django_db
def test_acknowledging_stops_the_climb() -> None:
    duty, *_rest = whole_office()
    message = alarm()
    climb_at(message, 5)
    acknowledge(message=message, by_ref=f"user:{duty.pk}", office=OFFICE, at=message.created_at + 6 * MINUTE)
    assert climb_at(message, 600) == 0
    assert Rank.LEADER not in [rank for rank, _hint in told(message)]


@pytest.mark.django_db
def test_the_chain_is_the_one_of_the_moment_it_started_and_the_addresses_are_those_of_now() -> None:
    _duty, _stand_in, leader = whole_office()
    message = alarm()
    person("boss", is_manager=True)
    gone = routes([OFFICE], at=database_now())[OFFICE].rungs[2].contacts[0]
    remove_contact(contact=gone, by=SYSTEM, at=database_now())
    contact(OFFICE, Channel.EMAIL, "new@example.org", person=leader)
    climb_at(message, 5)
    climb_at(message, 10)
    assert told(message)[2:] == [(Rank.LEADER, "n…@example.org")]


@pytest.mark.django_db
def test_nobody_waits_for_a_turn_in_which_nobody_can_be_reached() -> None:
    duty, mute = person("duty"), person("mute", has_address=False)
    person("leader", is_manager=True)
    on_duty(duty, mute)
    message = alarm()
    assert [rung["rank"] for rung in message.rungs] == [Rank.LEADER]
    assert climb_at(message, 5) == 1


@pytest.mark.django_db
def test_without_a_roster_everybody_of_the_office_is_told_at_once() -> None:
    person("one")
    person("two")
    person("elsewhere", office="330203-regulator")
    assert {rank for rank, _hint in told(alarm())} == {Rank.EVERYONE}
    assert len(copies_of(alarm())) == 2


@pytest.mark.django_db
def test_whoever_stands_in_for_the_absent_takes_their_place_and_whoever_left_is_not_told() -> None:
    at = database_now()
    duty, stand_in = person("duty"), person("standby")
    on_duty(duty, stand_in)
    person("instead", stands_in_for=duty, until_at=at + timedelta(days=1))
    record_departure(user=stand_in, by=SYSTEM, at=database_now())
    message = alarm()
    assert told(message) == [(Rank.ON_DUTY, "i…@example.org")]
    assert message.rungs == []


@pytest.mark.django_db
def test_a_shift_counts_from_its_first_instant_and_no_longer_at_its_last() -> None:
    one, two = person("one"), person("two")
    at = database_now()
    for user, hours in ((one, 0), (two, 8)):
        begins = at + timedelta(hours=hours)
        plan_shift(
            organisation=organisation(OFFICE),
            person=user,
            from_at=begins,
            until_at=begins + timedelta(hours=8),
            by=SYSTEM,
            at=at,
        )
    change = at + timedelta(hours=8)
    for moment, user in ((at, one), (change - timedelta(seconds=1), one), (change, two)):
        (rung, *_rest) = routes([OFFICE], at=moment)[OFFICE].rungs
        assert rung.turn.people == (f"user:{user.pk}",)


@pytest.mark.django_db
def test_notices_go_only_where_they_are_wanted_and_climb_nowhere() -> None:
    whole_office()
    contact(OFFICE, Channel.EMAIL, "office@example.org", for_notices=False)
    message = alarm(is_alarm=False)
    assert told(message) == [(Rank.ON_DUTY, "d…@example.org")]
    assert (message.rungs, message.climbs_at) == ([], None)


@pytest.mark.django_db
def test_an_address_is_used_only_once_it_is_proved_and_never_after_it_was_taken_away(
    settings: Settings,
) -> None:
    unproved = contact(OFFICE, Channel.EMAIL, "a@example.org")
    type(unproved).objects.update(verified_at=None)
    removed = contact(OFFICE, Channel.EMAIL, "b@example.org")
    remove_contact(contact=removed, by=SYSTEM, at=database_now())
    removed.refresh_from_db()
    assert bytes(removed.envelope) == b""
    assert copies_of(alarm()) == []


@pytest.mark.django_db
def test_the_database_lets_a_turn_be_told_once_and_keeps_it() -> None:
    whole_office()
    climb_at(alarm(), 5)
    climb = Climb.objects.get()
    climb.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        climb.save(force_insert=True)


@pytest.mark.usefixtures("committed_db")
def test_climbers_side_by_side_tell_each_turn_once() -> None:
    whole_office()
    message = alarm()
    due = message.created_at + timedelta(minutes=30)
    start = Barrier(4)

    def climb(number: int) -> int:
        try:
            start.wait()
            return sum(iter(lambda: climb_due(source=f"clock-{number}", at=due), 0))
        finally:
            connection.close()

    assert sum(side_by_side(climb)) == 2
    assert [rank for rank, _hint in told(message)] == [Rank.ON_DUTY, Rank.STAND_IN, Rank.LEADER]
    assert broken_links() == []


def side_by_side(work: Callable[[int], int]) -> list[int]:
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(work, range(4)))
