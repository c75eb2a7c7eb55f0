"""People's accounts and passwords."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from accounts.permissions import check_actor_administers
from audit.record import Entry, record
from plan.refusal import PlanRefusal


@transaction.atomic
def create_user(
    *, username: str, display_name: str, password: str | None = None, by: Actor, at: datetime
) -> User:
    """Create a person's account (预案 3.2); without a password nobody can log in to it.

    Raises ValidationError for a password against the rules, PlanRefusal for a name taken.
    """
    check_actor_administers(by)
    if User.objects.filter(username__iexact=username).exists():
        raise PlanRefusal(_("此用户名已被使用。"), clause="3.2", code="username_taken", status=409)
    user = User(username=username, display_name=display_name, date_joined=at)
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    record(_entry(user, "accounts.create_user", by, at))
    return user


@transaction.atomic
def change_password(*, user: User, password: str, by: Actor, at: datetime) -> None:
    """Set a new password (预案 3.2), by the person or by an administrator; other sessions of theirs end.

    Raises ValidationError for a password against the rules.
    """
    if by.ref != f"user:{user.pk}":
        check_actor_administers(by)
    locked = User.objects.select_for_update().get(pk=user.pk)
    validate_password(password, locked)
    locked.set_password(password)
    locked.save(update_fields=["password"])
    record(_entry(locked, "accounts.change_password", by, at))
    user.password = locked.password


def _entry(user: User, action: str, by: Actor, at: datetime) -> Entry:
    return Entry(
        chain=f"user:{user.pk}",
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=f"user:{user.pk}",
    )
