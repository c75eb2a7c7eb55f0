"""People's accounts and passwords."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.offices import grant_office
from accounts.actors import Actor, ActorKind
from accounts.evidence import account_entry
from accounts.locks import lock_account
from accounts.managers import check_actor_is_manager
from accounts.models import Organisation, User
from accounts.passwords import readable_password
from audit.record import record
from plan.refusal import PlanRefusal


@dataclass(frozen=True, slots=True)
class Admitted:
    """A person with a fresh password; `password` is shown this once and kept nowhere."""

    user: User
    password: str


@transaction.atomic
def create_user(
    *,
    username: str,
    display_name: str,
    password: str | None = None,
    must_change_password: bool = False,
    by: Actor,
    at: datetime,
) -> User:
    """Create a person's account (预案 3.2); without a password nobody can log in to it.

    Raises ValidationError for a password against the rules, PlanRefusal for a name taken.
    """
    check_actor_is_manager(by)
    if User.objects.filter(username__iexact=username).exists():
        raise PlanRefusal(_("此用户名已被使用。"), clause="3.2", code="username_taken", status=409)
    user = User(
        username=username,
        display_name=display_name,
        date_joined=at,
        must_change_password=must_change_password,
    )
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    record(account_entry(user, "accounts.create_user", by, at))
    return user


@transaction.atomic
def admit_person(
    *,
    username: str,
    display_name: str,
    organisation: Organisation,
    title: str,
    until_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Admitted:
    """Create an account with its first office and a first password, to be changed at once (预案 3.2)."""
    password = readable_password()
    user = create_user(
        username=username,
        display_name=display_name,
        password=password,
        must_change_password=True,
        by=by,
        at=at,
    )
    grant_office(user=user, organisation=organisation, title=title, until_at=until_at, by=by, at=at)
    return Admitted(user, password)


@transaction.atomic
def change_password(*, user: User, password: str, by: Actor, at: datetime) -> None:
    """Set a new password (预案 3.2), by the person or by the command line; other sessions of theirs end.

    Raises ValidationError for a password against the rules, or one that is no new one.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if by.kind != ActorKind.SYSTEM and by.ref != f"user:{user.pk}":
        raise PlanRefusal(_("只能修改本人的密码。"), clause="", code="not_own_password", status=403)
    validate_password(password, locked)
    if locked.check_password(password):
        raise ValidationError(_("新密码不能与现在的密码相同。"), code="password_unchanged")
    _set_password(locked, password, must_change=False)
    record(account_entry(locked, "accounts.change_password", by, at))
    user.password, user.must_change_password = locked.password, False


@transaction.atomic
def reset_password(*, user: User, by: Actor, at: datetime) -> Admitted:
    """Give a person a fresh password, to be changed at once; their sessions end."""
    locked = lock_account(user, by, at)
    if not locked.is_active:
        raise PlanRefusal(_("此人已离岗，请先恢复账号。"), clause="", code="person_has_left", status=409)
    return _fresh_password(locked, "accounts.reset_password", by, at)


@transaction.atomic
def readmit_person(*, user: User, by: Actor, at: datetime) -> Admitted:
    """Let a person who had left log in again, with a fresh password; offices are granted anew."""
    locked = lock_account(user, by, at)
    if locked.is_active:
        raise PlanRefusal(_("此人没有离岗。"), clause="", code="person_has_not_left", status=409)
    locked.is_active = True
    return _fresh_password(locked, "accounts.readmit_person", by, at)


def _fresh_password(user: User, action: str, by: Actor, at: datetime) -> Admitted:
    password = readable_password()
    _set_password(user, password, must_change=True)
    record(account_entry(user, action, by, at))
    return Admitted(user, password)


def _set_password(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password", "is_active"])
