"""People who leave, and logins that are suspended."""

from datetime import datetime

from axes.models import AccessAttempt
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.evidence import account_entry
from accounts.locks import check_managers_remain, lock_account
from accounts.models import OfficeHolding, User
from audit.record import record
from plan.refusal import PlanRefusal


@transaction.atomic
def record_departure(*, user: User, by: Actor, at: datetime) -> User:
    """Let a person out the same day: every office ends, sessions and live feeds too, and no password works any more."""
    locked = lock_account(user, by, at)
    if not locked.is_active:
        raise PlanRefusal(_("此人已经离岗。"), clause="", code="person_has_left", status=409)
    lasting = locked.holdings.filter(Q(until_at__isnull=True) | Q(until_at__gt=at))
    held = list(lasting.select_related("organisation__jurisdiction__host").order_by("pk"))
    for holding in held:
        if holding.is_manager:
            check_managers_remain(holding, at)
    ended = OfficeHolding.objects.filter(pk__in=[holding.pk for holding in held])
    ended.update(until_at=Greatest(F("from_at"), at))
    locked.is_active = False
    locked.set_unusable_password()
    locked.save(update_fields=["is_active", "password"])
    offices = [holding.organisation.code for holding in held]
    record(account_entry(locked, "accounts.record_departure", by, at, offices=offices))
    return locked


@transaction.atomic
def unlock_login(*, user: User, by: Actor, at: datetime) -> User:
    """Let a person whose login is suspended after failures try again at once, wherever they try from."""
    locked = lock_account(user, by, at)
    AccessAttempt.objects.filter(username=locked.username).delete()
    record(account_entry(locked, "accounts.unlock_login", by, at))
    return locked
