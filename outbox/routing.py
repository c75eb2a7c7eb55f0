"""Who is told outside the house, when, by which channel: one answer for sending, for climbing and for looking ahead."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from audit.worlds import in_drill
from outbox.models import Contact, Rank
from outbox.steps import WHO_IS_TOLD, Turn


@dataclass(frozen=True, slots=True)
class Told:
    """One address, and in whose turn it is told."""

    rank: Rank
    contact: Contact


@dataclass(frozen=True, slots=True)
class Rung:
    """The people of one turn: how long after the alarm they are told, and where, by the addresses of now."""

    turn: Turn
    after: timedelta
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """The way of an alarm to one office: the office's own addresses at once, then one rung after the other."""

    office: tuple[Contact, ...] = ()
    rungs: tuple[Rung, ...] = ()
    notices: tuple[Told, ...] = ()
    # Turns in which nobody has an address.
    unreachable: tuple[Turn, ...] = ()

    def __bool__(self) -> bool:
        """Whether anybody can be told outside at all."""
        return bool(self.office or self.rungs or self.notices)

    @property
    def at_once(self) -> list[Told]:
        """The addresses told when the alarm is owed."""
        own = [Told(Rank.OFFICE, each) for each in self.office]
        first = [Told(rung.turn.rank, each) for rung in self.rungs[:1] for each in rung.contacts]
        return [*own, *first]


def routes(offices: Collection[str], *, at: datetime) -> dict[str, Route]:
    """Return each office's route at a moment (house setting, 非预案规定); a constant number of queries."""
    reached: dict[str, list[Contact]] = defaultdict(list)
    for contact in usable_contacts(offices):
        reached[contact.organisation].append(contact)
    if not reached:
        return {office: Route() for office in offices}
    turns = _turns(list(reached), at)
    return {office: _route(reached[office], turns.get(office, ())) for office in offices}


def usable_contacts(offices: Collection[str], people: Collection[str] = ()) -> list[Contact]:
    """Return the verified addresses of these offices, or only those of some of their people."""
    found = Contact.objects.filter(
        organisation__in=offices, verified_at__isnull=False, removed_at__isnull=True
    )
    return list((found.filter(person__in=people) if people else found).order_by("pk"))


def climb_after(number: int) -> timedelta:
    """Return how long after the alarm the rung of this number is told; past the last setting, the last step again."""
    steps = [int(minutes) for minutes in settings.CLIMB_AFTER_MIN]
    if number == 0 or not steps:
        return timedelta()
    return timedelta(minutes=steps[min(number, len(steps)) - 1] + max(0, number - len(steps)) * steps[-1])


def stays_inside(*, is_drill: bool) -> bool:
    """Tell whether a message goes to nobody outside: a drill's, unless the installation lets it, and none from a drill's own world."""
    return in_drill() or (is_drill and not settings.DRILLS_GO_OUTSIDE)


def _turns(offices: Collection[str], at: datetime) -> Mapping[str, Sequence[Turn]]:
    return {office: turns for roster in WHO_IS_TOLD for office, turns in roster(offices, at).items()}


def _route(contacts: Sequence[Contact], turns: Sequence[Turn]) -> Route:
    alarms = [each for each in contacts if each.for_alarms]
    rungs: list[Rung] = []
    for turn in turns:
        theirs = _of(alarms, turn)
        # Nobody waits for a turn in which nobody can be reached.
        if theirs:
            rungs.append(Rung(turn, climb_after(len(rungs)), theirs))
    notices = [each for each in contacts if each.for_notices]
    told = [Told(Rank.OFFICE, each) for each in notices if not each.person]
    told += [Told(turn.rank, each) for turn in turns[:1] for each in _of(notices, turn)]
    return Route(
        office=tuple(each for each in alarms if not each.person),
        rungs=tuple(rungs),
        notices=tuple(told),
        unreachable=tuple(turn for turn in turns if not _of(alarms, turn)),
    )


def _of(contacts: Iterable[Contact], turn: Turn) -> tuple[Contact, ...]:
    return tuple(each for each in contacts if each.person in turn.people)
