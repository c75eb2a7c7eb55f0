"""Offices: given, ended, made to manage, and changed between in a session."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.evidence import office_entry
from accounts.locks import check_managers_remain, lock_office
from accounts.managers import check_actor_manages, check_not_oneself, check_office_may_manage, manages
from accounts.models import OfficeHolding, Organisation, User
from accounts.selectors import current_holdings
from audit.record import record
from plan.refusal import PlanRefusal


@transaction.atomic
def grant_office(
    *,
    user: User,
    organisation: Organisation,
    title: str,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    is_manager: bool = False,
    stands_in_for: User | None = None,
    by: Actor,
    at: datetime,
) -> OfficeHolding:
    """Let a person hold an office in an organisation (预案 3.2), from now on unless said otherwise.

    A stand-in holds it for somebody who holds one there, and until a stated time.
    """
    check_not_oneself(by, user)
    check_actor_manages(by, organisation)
    locked = User.objects.select_for_update().get(pk=user.pk)
    begins = from_at or at
    _check_known_here(locked, by)
    _check_span(locked, organisation, begins, until_at, at)
    if is_manager:
        check_office_may_manage(organisation)
    if stands_in_for is not None:
        _check_stand_in(locked, organisation, stands_in_for, until_at, at)
    holding = OfficeHolding.objects.create(
        user=locked,
        organisation=organisation,
        title=title,
        from_at=begins,
        until_at=until_at,
        is_manager=is_manager,
        stands_in_for=stands_in_for,
    )
    record(office_entry(holding, "accounts.grant_office", by, at))
    return holding


@transaction.atomic
def end_office(
    *, holding: OfficeHolding, until_at: datetime | None = None, by: Actor, at: datetime
) -> OfficeHolding:
    """End a person's office (预案 3.2), now unless said otherwise; it gives nothing from then on, in open sessions too."""
    locked = lock_office(holding, by)
    ends = max(until_at or at, locked.from_at)
    if locked.has_ended(at):
        raise PlanRefusal(_("该任职已经结束。"), clause="3.2", code="office_already_ended", status=409)
    if ends < at:
        raise PlanRefusal(_("任职的结束时间不能早于现在。"), clause="", code="office_ends_in_past")
    if locked.is_manager:
        check_managers_remain(locked, at)
    locked.until_at = ends
    locked.save(update_fields=["until_at"])
    record(office_entry(locked, "accounts.end_office", by, at))
    return locked


@transaction.atomic
def appoint_manager(*, holding: OfficeHolding, by: Actor, at: datetime) -> OfficeHolding:
    """Let the person manage, in this office, the people and keys of the organisations it reaches."""
    locked = lock_office(holding, by)
    check_office_may_manage(locked.organisation)
    if locked.is_manager or locked.has_ended(at):
        raise PlanRefusal(
            _("该任职已是管理员，或已经结束。"), clause="", code="cannot_appoint_manager", status=409
        )
    return _set_manager(locked, "accounts.appoint_manager", by, at)


@transaction.atomic
def dismiss_manager(*, holding: OfficeHolding, by: Actor, at: datetime) -> OfficeHolding:
    """Take management away from an office, which the person goes on holding; somebody must remain to manage."""
    locked = lock_office(holding, by)
    if not locked.is_manager:
        raise PlanRefusal(_("该任职不是管理员。"), clause="", code="not_a_manager_office", status=409)
    check_managers_remain(locked, at)
    return _set_manager(locked, "accounts.dismiss_manager", by, at)


@transaction.atomic
def switch_office(*, holding: OfficeHolding, by: Actor, at: datetime) -> None:
    """Record that a person goes on in another of their offices (预案 3.2)."""
    if by.ref != f"user:{holding.user_id}":
        raise PlanRefusal(_("只能切换到本人担任的职务。"), clause="3.2", code="not_own_office", status=403)
    record(office_entry(holding, "accounts.switch_office", by, at))


def _set_manager(holding: OfficeHolding, action: str, by: Actor, at: datetime) -> OfficeHolding:
    holding.is_manager = not holding.is_manager
    holding.save(update_fields=["is_manager"])
    record(office_entry(holding, action, by, at))
    return holding


def _check_known_here(user: User, by: Actor) -> None:
    """Refuse to take in a person of another manager's: their own could no longer manage the account."""
    offices = list(user.holdings.select_related("organisation__jurisdiction__host"))
    if offices and not any(manages(by, each.organisation) for each in offices):
        raise PlanRefusal(_("此人不在您的管理范围内。"), clause="", code="person_not_managed", status=403)
    if not user.is_active:
        raise PlanRefusal(_("此人已离岗，请先恢复账号。"), clause="", code="person_has_left", status=409)


def _check_span(
    user: User, organisation: Organisation, begins: datetime, until_at: datetime | None, at: datetime
) -> None:
    if begins < at or (until_at is not None and until_at <= begins):
        raise PlanRefusal(_("任职不能倒填开始时间，结束时间须晚于开始时间。"), clause="", code="office_span")
    overlapping = user.holdings.filter(
        Q(until_at__isnull=True) | Q(until_at__gt=begins), organisation=organisation
    )
    if until_at is not None:
        overlapping = overlapping.filter(from_at__lt=until_at)
    if overlapping.exists():
        raise PlanRefusal(_("此人已在该单位任职。"), clause="3.2", code="office_already_held", status=409)


def _check_stand_in(
    user: User, organisation: Organisation, absent: User, until_at: datetime | None, at: datetime
) -> None:
    if until_at is None:
        raise PlanRefusal(_("代班须写明结束日期。"), clause="", code="stand_in_without_end")
    if (
        absent.pk == user.pk
        or not current_holdings(absent.pk, at=at).filter(organisation=organisation).exists()
    ):
        raise PlanRefusal(
            _("被代班的人须是该单位现任的其他人员。"), clause="", code="stand_in_for_nobody_there"
        )
