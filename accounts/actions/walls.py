"""Tokens of screens on walls: issued, shown once, opened with, revoked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.evidence import wall_entry
from accounts.keys import keyed_digest_of, new_wall_token
from accounts.managers import check_actor_manages_city
from accounts.models import Organisation, WallToken
from accounts.walls import token_good_now
from audit.record import record
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal

LONGEST_LIFE: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A token just issued; `clear` is shown this once and kept nowhere."""

    token: WallToken
    clear: str


@transaction.atomic
def issue_wall_token(*, label: str, expires_at: datetime, by: Actor, at: datetime) -> IssuedToken:
    """Let a screen show what 市食药安办 sees (3.2: whoever coordinates needs one picture for all)."""
    check_actor_manages_city(by)
    if not label.strip():
        raise PlanRefusal(_("请写明大屏所在的位置。"), clause="", code="label_missing")
    if not timedelta() < expires_at - at <= LONGEST_LIFE:
        raise PlanRefusal(
            _("大屏令牌的有效期为1至%d天。") % LONGEST_LIFE.days, clause="", code="wall_lives_too_long"
        )
    fresh = new_wall_token()
    token = WallToken.objects.create(
        organisation=Organisation.objects.get(kind=OfficeKind.CITY_COMMISSION_OFFICE),
        label=label.strip(),
        prefix=fresh.prefix,
        digest=keyed_digest_of(fresh.text),
        created_at=at,
        expires_at=expires_at,
    )
    expires = {"expires_at": expires_at.isoformat()}
    record(wall_entry(token, "accounts.issue_wall_token", by.ref, by.office, at, **expires))
    return IssuedToken(token, fresh.text)


@transaction.atomic
def revoke_wall_token(*, token: WallToken, reason: str, by: Actor, at: datetime) -> WallToken:
    """Make a screen's token worthless from this instant on; what it shows ends with its next look."""
    check_actor_manages_city(by)
    locked = WallToken.objects.select_for_update().get(pk=token.pk)
    if locked.revoked_at is not None:
        raise PlanRefusal(_("该大屏令牌已被撤销。"), clause="", code="wall_already_revoked", status=409)
    if not reason.strip():
        raise PlanRefusal(_("撤销令牌须写明理由。"), clause="", code="reason_missing")
    locked.revoked_at, locked.revoked_reason = at, reason.strip()
    locked.save(update_fields=["revoked_at", "revoked_reason"])
    record(wall_entry(locked, "accounts.revoke_wall_token", by.ref, by.office, at))
    return locked


@transaction.atomic
def open_wall(*, text: str, at: datetime) -> WallToken:
    """Let a screen in that brings its token; that it came goes on record, what it shows does not."""
    token = token_good_now(text, at=at)
    screen = Actor.on_screen(token)
    record(wall_entry(token, "accounts.open_wall", screen.ref, screen.office, at))
    return token
