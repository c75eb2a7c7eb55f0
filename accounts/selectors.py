"""Who holds which office now, who manages what, and what a manager may see."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.actors import Actor, ActorKind
from accounts.managers import reach
from accounts.models import OfficeHolding, Organisation, User
from accounts.rights import CITY_MANAGING

PERSON: Final = f"{ActorKind.USER.value}:"


def current_holdings(user_id: int, *, at: datetime) -> QuerySet[OfficeHolding]:
    """Return the offices the person holds at that instant; one that has ended gives nothing from that instant on."""
    return (
        OfficeHolding.objects.filter(
            Q(until_at__isnull=True) | Q(until_at__gt=at), user=user_id, from_at__lte=at
        )
        .select_related("user", "organisation__jurisdiction__host", "stands_in_for")
        .order_by("pk")
    )


def lasting_managers_of(organisation: Organisation) -> QuerySet[OfficeHolding]:
    """Return the offices without end that manage an organisation: the city's, and those of its own county."""
    county = organisation.jurisdiction.county
    nearby = Q(organisation__jurisdiction=county) | Q(organisation__jurisdiction__host=county)
    return OfficeHolding.objects.filter(
        nearby | Q(organisation__kind__in=CITY_MANAGING),
        is_manager=True,
        until_at__isnull=True,
        user__is_active=True,
    )


def managed_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations whose people and keys the actor manages."""
    return Organisation.objects.filter(reach(actor)).select_related("jurisdiction__host").order_by("pk")


def managed_people(actor: Actor) -> QuerySet[User]:
    """Return the people who hold or held an office in an organisation the actor manages."""
    here = OfficeHolding.objects.filter(user=OuterRef("pk"), organisation__in=managed_organisations(actor))
    return User.objects.filter(Exists(here)).order_by("-is_active", "username")


def display_names(refs: Iterable[str]) -> dict[str, str]:
    """Return the names of people by how the evidence log calls them, e.g. `user:12`; of others nothing."""
    by_ref = {ref: int(ref.removeprefix(PERSON)) for ref in refs if ref.startswith(PERSON)}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=by_ref.values())}
    return {ref: names[pk] for ref, pk in by_ref.items() if pk in names}


def members_of(organisation: Organisation, *, at: datetime) -> QuerySet[User]:
    """Return the people who hold an office in an organisation now."""
    lasting = Q(until_at__isnull=True) | Q(until_at__gt=at)
    held = OfficeHolding.objects.filter(
        lasting, user=OuterRef("pk"), organisation=organisation, from_at__lte=at
    )
    return User.objects.filter(Exists(held), is_active=True).order_by("username")


def has_second_factor(user: User) -> bool:
    """Tell whether a code is asked of the person at each login."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())
