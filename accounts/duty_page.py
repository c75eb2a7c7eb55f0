"""What the pages of the roster show: who is on duty, which hours nobody has, and where people can be reached outside."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from accounts.actors import Actor
from accounts.duty import shifts_at
from accounts.duty_rights import is_own_contact
from accounts.managers import manages, reach
from accounts.models import DutyShift, Organisation, User
from outbox.models import Contact
from plan.offices import BY_NAME_ALONE, OfficeKind

PER_PAGE: Final = 25
# How far ahead a roster should reach; a setting of the house.
AHEAD: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours that nobody has."""

    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One organisation in the list: who is on duty now, and how many addresses it has outside."""

    organisation: Organisation
    on_duty: Sequence[DutyShift]
    contacts: int


@dataclass(frozen=True, slots=True)
class KeptContact:
    """An address as it may be shown, whose it is, and whether the reader may change it."""

    contact: Contact
    owner: User | None
    is_kept: bool


@dataclass(frozen=True, slots=True)
class DutyPage:
    """The roster and the addresses of one organisation."""

    organisation: Organisation
    on_duty: Sequence[DutyShift]
    shifts: Sequence[DutyShift]
    gaps: Sequence[Gap]
    contacts: Sequence[KeptContact]
    is_managed: bool
    is_own: bool


def visible_rosters(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations whose roster the actor may see: their own, and those they manage."""
    own = Q(code=actor.office) if actor.office else Q(pk__in=())
    managed = Q(pk__in=Organisation.objects.filter(reach(actor)).values("pk"))
    found = Organisation.objects.filter(own | managed).exclude(kind__in=BY_NAME_ALONE)
    return found.select_related("jurisdiction__host").order_by("jurisdiction__code", "pk")


def roster_list(actor: Actor, *, number: str) -> Page[Organisation]:
    """Return one page of the organisations managed; its rows are `roster_rows`."""
    return Paginator(visible_rosters(actor), PER_PAGE).get_page(number)


def roster_rows(organisations: Iterable[Organisation], *, at: datetime) -> list[RosterRow]:
    """Return what the list says of each organisation, from two queries."""
    listed = list(organisations)
    now: dict[int, list[DutyShift]] = defaultdict(list)
    for shift in _with_people(DutyShift.objects.filter(shifts_at(at), organisation__in=listed)):
        now[shift.organisation_id].append(shift)
    reached: dict[str, int] = defaultdict(int)
    usable = Contact.objects.filter(removed_at__isnull=True, verified_at__isnull=False)
    for code in usable.filter(organisation__in=[each.code for each in listed]).values_list(
        "organisation", flat=True
    ):
        reached[code] += 1
    return [RosterRow(each, now[each.pk], reached[each.code]) for each in listed]


def duty_page(actor: Actor, organisation: Organisation, *, at: datetime) -> DutyPage:
    """Return what the page of one organisation shows; of other people's addresses a member sees nothing."""
    ahead = list(_with_people(DutyShift.objects.filter(organisation=organisation, until_at__gt=at)))
    is_managed = manages(actor, organisation)
    return DutyPage(
        organisation=organisation,
        on_duty=[shift for shift in ahead if shift.from_at <= at],
        shifts=ahead,
        gaps=gaps(ahead, from_at=at, until_at=at + AHEAD),
        contacts=_contacts(actor, organisation, is_managed=is_managed),
        is_managed=is_managed,
        is_own=actor.office == organisation.code,
    )


def gaps(shifts: Iterable[DutyShift], *, from_at: datetime, until_at: datetime) -> list[Gap]:
    """Return the hours between two moments that no shift covers."""
    found, covered_until = [], from_at
    for shift in sorted(shifts, key=lambda shift: shift.from_at):
        if shift.from_at >= until_at:
            break
        if shift.from_at > covered_until:
            found.append(Gap(covered_until, shift.from_at))
        covered_until = max(covered_until, shift.until_at)
    return [*found, Gap(covered_until, until_at)] if covered_until < until_at else found


def unattended(kinds: Collection[OfficeKind], county_id: int | None, *, at: datetime) -> list[str]:
    """Return the names of the offices of these kinds, in a county or everywhere, where nobody is on duty now."""
    now = DutyShift.objects.filter(shifts_at(at)).values("organisation")
    found = Organisation.objects.filter(kind__in=kinds).exclude(pk__in=now)
    if county_id is not None:
        found = found.filter(jurisdiction=county_id)
    return list(found.order_by("jurisdiction__code", "pk").values_list("name", flat=True))


def _contacts(actor: Actor, organisation: Organisation, *, is_managed: bool) -> list[KeptContact]:
    listed = Contact.objects.filter(organisation=organisation.code, removed_at__isnull=True).order_by(
        "person", "pk"
    )
    if not is_managed:
        listed = listed.filter(person__in=["", actor.ref])
    people = {f"user:{user.pk}": user for user in User.objects.filter(pk__in=_pks(listed))}
    return [
        KeptContact(
            each,
            people.get(each.person),
            is_managed or is_own_contact(actor, each.organisation, each.person),
        )
        for each in listed
    ]


def _pks(contacts: Iterable[Contact]) -> set[int]:
    return {int(each.person.removeprefix("user:")) for each in contacts if each.person}


def _with_people(shifts: QuerySet[DutyShift]) -> QuerySet[DutyShift]:
    return shifts.select_related("person", "stand_in").order_by("from_at", "pk")
