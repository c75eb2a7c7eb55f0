"""The people a manager sees: the list, and what the page of one person shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest

from accounts.actors import Actor
from accounts.managers import manages
from accounts.models import OfficeHolding, User
from accounts.selectors import has_second_factor, managed_organisations, managed_people

PER_PAGE: Final = 25
MOST_FOUND: Final = 50
LONGEST_SEARCH: Final = 60


@dataclass(frozen=True, slots=True)
class PersonFile:
    """What the page of one person shows a manager."""

    user: User
    offices: list[OfficeHolding]
    past: list[OfficeHolding]
    is_oneself: bool
    is_managed: bool
    is_suspended: bool
    has_second_factor: bool


def people_page(actor: Actor, *, organisation: str, state: str, number: str, at: datetime) -> Page[User]:
    """Return one page of the people managed, each with the offices they hold there."""
    found = managed_people(actor)
    lasting = _offices(actor, at).filter(user=OuterRef("pk"))
    if organisation:
        found = found.filter(Exists(lasting.filter(organisation__code=organisation.replace("\x00", ""))))
    match state:
        case "manager":
            found = found.filter(Exists(lasting.filter(is_manager=True)))
        case "stand_in":
            found = found.filter(Exists(lasting.filter(stands_in_for__isnull=False)))
        case "left":
            found = found.filter(is_active=False)
    return Paginator(_with_offices(found, actor, at), PER_PAGE).get_page(number)


def people_found(actor: Actor, *, text: str, at: datetime) -> list[User]:
    """Return the people managed whose name or username holds the text, as many as fit one page."""
    wanted = text.replace("\x00", "").strip()[:LONGEST_SEARCH]
    matching = Q(display_name__icontains=wanted) | Q(username__icontains=wanted)
    return list(_with_offices(managed_people(actor).filter(matching), actor, at)[:MOST_FOUND])


def person_file(actor: Actor, user: User, *, at: datetime) -> PersonFile:
    """Return what a manager is shown of a person: their offices in the organisations managed, and the account's state."""
    every = list(
        user.holdings.select_related("organisation__jurisdiction__host", "stands_in_for").order_by("-pk")
    )
    here = [each for each in every if manages(actor, each.organisation)]
    lasting = [each for each in every if not each.has_ended(at)] or every
    is_oneself = actor.ref == f"user:{user.pk}"
    return PersonFile(
        user=user,
        offices=[each for each in here if not each.has_ended(at)],
        past=[each for each in here if each.has_ended(at)],
        is_oneself=is_oneself,
        is_managed=not is_oneself and all(manages(actor, each.organisation) for each in lasting),
        is_suspended=_is_suspended(user, at),
        has_second_factor=has_second_factor(user),
    )


def _is_suspended(user: User, at: datetime) -> bool:
    failed = AccessAttempt.objects.filter(
        username=user.username,
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gt=at - get_cool_off(HttpRequest()),
    )
    return bool(failed.exists())


def _offices(actor: Actor, at: datetime) -> QuerySet[OfficeHolding]:
    return OfficeHolding.objects.filter(
        Q(until_at__isnull=True) | Q(until_at__gt=at), organisation__in=managed_organisations(actor)
    )


def _with_offices(people: QuerySet[User], actor: Actor, at: datetime) -> QuerySet[User]:
    shown = _offices(actor, at).select_related("organisation", "stands_in_for").order_by("pk")
    return people.prefetch_related(Prefetch("holdings", shown))
