"""Offices: given, ended, and changed between in a session."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import OfficeHolding, Organisation, User
from accounts.permissions import check_actor_administers
from audit.record import Entry, record
from plan.refusal import PlanRefusal


@transaction.atomic
def grant_office(
    *, user: User, organisation: Organisation, title: str, by: Actor, at: datetime
) -> OfficeHolding:
    """Let a person hold an office in an organisation from now on (预案 3.2)."""
    check_actor_administers(by)
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.holdings.filter(organisation=organisation, until_at__isnull=True).exists():
        raise PlanRefusal(_("此人已在该单位任职。"), clause="3.2", code="office_already_held", status=409)
    holding = OfficeHolding.objects.create(user=locked, organisation=organisation, title=title, from_at=at)
    record(_entry(holding, "accounts.grant_office", by, at))
    return holding


@transaction.atomic
def end_office(*, holding: OfficeHolding, by: Actor, at: datetime) -> OfficeHolding:
    """End a person's office (预案 3.2); it gives nothing from this instant on, in sessions already open too."""
    check_actor_administers(by)
    locked = OfficeHolding.objects.select_for_update(of=("self",)).get(pk=holding.pk)
    if locked.until_at is not None:
        raise PlanRefusal(_("该任职已经结束。"), clause="3.2", code="office_already_ended", status=409)
    locked.until_at = at
    locked.save(update_fields=["until_at"])
    record(_entry(locked, "accounts.end_office", by, at))
    return locked


@transaction.atomic
def switch_office(*, holding: OfficeHolding, by: Actor, at: datetime) -> None:
    """Record that a person goes on in another of their offices (预案 3.2)."""
    if by.ref != f"user:{holding.user_id}":
        raise PlanRefusal(_("只能切换到本人担任的职务。"), clause="3.2", code="not_own_office", status=403)
    record(_entry(holding, "accounts.switch_office", by, at))


def _entry(holding: OfficeHolding, action: str, by: Actor, at: datetime) -> Entry:
    return Entry(
        chain=f"user:{holding.user_id}",
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=f"holding:{holding.pk}",
        payload={"organisation": holding.organisation.code},
    )
