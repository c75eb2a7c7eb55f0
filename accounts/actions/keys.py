"""Hospitals' API keys: issued, shown once, revoked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.keys import digest_of, new_key
from accounts.models import HospitalKey, Organisation, Scope
from accounts.permissions import check_actor_administers
from audit.record import Entry, record
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A key just issued; `clear` is shown this once and kept nowhere."""

    key: HospitalKey
    clear: str


@transaction.atomic
def issue_key(
    *,
    organisation: Organisation,
    label: str,
    expires_at: datetime,
    scopes: Collection[Scope] = tuple(Scope),
    by: Actor,
    at: datetime,
) -> IssuedKey:
    """Give a hospital a key for its reports (预案 5.1(3))."""
    check_actor_administers(by)
    if organisation.kind != OfficeKind.HOSPITAL:
        raise PlanRefusal(_("接口密钥只发给医疗卫生机构。"), clause="5.1(3)", code="not_a_hospital")
    if expires_at <= at:
        raise PlanRefusal(_("密钥的到期时间须晚于现在。"), clause="5.1(3)", code="key_already_expired")
    fresh = new_key()
    key = HospitalKey.objects.create(
        organisation=organisation,
        label=label,
        prefix=fresh.prefix,
        digest=digest_of(fresh.text),
        scopes=[scope.value for scope in scopes],
        created_at=at,
        expires_at=expires_at,
    )
    record(_entry(key, "accounts.issue_key", by, at))
    return IssuedKey(key, fresh.text)


@transaction.atomic
def revoke_key(*, key: HospitalKey, by: Actor, at: datetime) -> HospitalKey:
    """Make a hospital's key worthless from this instant on (预案 5.1(3))."""
    check_actor_administers(by)
    locked = HospitalKey.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=key.pk)
    if locked.revoked_at is not None:
        raise PlanRefusal(_("该密钥已被撤销。"), clause="5.1(3)", code="key_already_revoked", status=409)
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at"])
    record(_entry(locked, "accounts.revoke_key", by, at))
    return locked


def _entry(key: HospitalKey, action: str, by: Actor, at: datetime) -> Entry:
    return Entry(
        chain=f"org:{key.organisation.code}",
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=f"key:{key.pk}",
        payload={"prefix": key.prefix, "scopes": list(key.scopes), "expires_at": key.expires_at.isoformat()},
    )
