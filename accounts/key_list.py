"""The list of hospitals and their keys, as managers see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.actions.keys import MOST_ALIVE
from accounts.actors import Actor
from accounts.models import HospitalKey, Organisation
from accounts.rights import KEY_HOLDERS
from accounts.selectors import managed_organisations

PER_PAGE: Final = 25
LONGEST_SEARCH: Final = 60
EXPIRING_WITHIN: Final = timedelta(days=30)
FILTERS: Final = ("alive", "expiring", "none")


@dataclass(frozen=True, slots=True)
class ShownKey:
    """A key with its state in words; `tag` is the colour beside the words."""

    key: HospitalKey
    state: str
    tag: str
    is_alive: bool


@dataclass(frozen=True, slots=True)
class HospitalRow:
    """A hospital with its keys that are alive and those that were."""

    hospital: Organisation
    alive: list[ShownKey]
    past: list[ShownKey]

    @property
    def may_get_more(self) -> bool:
        """Whether a key of either kind is still to be had."""
        tests = sum(each.key.is_test for each in self.alive)
        return min(tests, len(self.alive) - tests) < MOST_ALIVE


def key_holders_of(actor: Actor) -> QuerySet[Organisation]:
    """Return the hospitals and departments whose keys the actor manages."""
    return managed_organisations(actor).filter(kind__in=KEY_HOLDERS)


def keys_of(actor: Actor) -> QuerySet[HospitalKey]:
    """Return the keys the actor manages."""
    return HospitalKey.objects.filter(organisation__in=key_holders_of(actor)).select_related("organisation")


def key_page(
    actor: Actor, *, text: str, state: str, number: str, at: datetime
) -> tuple[Page[Organisation], list[HospitalRow]]:
    """Return one page of hospitals; `state` narrows it to those with such a key, or with none alive."""
    keys = HospitalKey.objects.order_by("-created_at", "-pk")
    found = _narrowed(key_holders_of(actor), state, at).prefetch_related(Prefetch("keys", keys))
    wanted = text.replace("\x00", "").strip()[:LONGEST_SEARCH]
    if wanted:
        found = found.filter(Q(name__icontains=wanted) | Q(code__icontains=wanted))
    page = Paginator(found.order_by("jurisdiction__code", "pk"), PER_PAGE).get_page(number)
    return page, [_row(hospital, at) for hospital in page.object_list]


def shown_key(key: HospitalKey, at: datetime) -> ShownKey:
    """Return a key with its state at that instant."""
    if key.revoked_at is not None:
        return ShownKey(key, _("已撤销"), "", is_alive=False)
    if key.expires_at <= at:
        return ShownKey(key, _("已过期"), "", is_alive=False)
    if key.expires_at - at <= EXPIRING_WITHIN:
        return ShownKey(key, _("即将到期"), "tag-warn", is_alive=True)
    return ShownKey(key, _("有效"), "tag-good", is_alive=True)


def _row(hospital: Organisation, at: datetime) -> HospitalRow:
    shown: Iterable[ShownKey] = [shown_key(key, at) for key in hospital.keys.all()]
    return HospitalRow(
        hospital, [each for each in shown if each.is_alive], [each for each in shown if not each.is_alive]
    )


def _narrowed(hospitals: QuerySet[Organisation], state: str, at: datetime) -> QuerySet[Organisation]:
    alive = HospitalKey.objects.filter(
        organisation=OuterRef("pk"), revoked_at__isnull=True, expires_at__gt=at
    )
    match state:
        case "alive":
            return hospitals.filter(Exists(alive))
        case "expiring":
            return hospitals.filter(Exists(alive.filter(expires_at__lte=at + EXPIRING_WITHIN)))
        case "none":
            return hospitals.filter(~Exists(alive))
        case _:
            return hospitals
