"""Hospitals' API keys: issued, shown once, bound to networks, revoked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.evidence import key_entry
from accounts.keys import digest_of, new_key
from accounts.managers import check_actor_manages
from accounts.models import HOSPITAL_SCOPES, HospitalKey, Organisation, Scope
from accounts.networks import normal_network
from accounts.rights import KEY_HOLDERS
from audit.record import record
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal

LONGEST_LIFE: Final = timedelta(days=400)
# The one in use and the one that takes over from it.
MOST_ALIVE: Final = 2
MOST_NETWORKS: Final = 20


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
    scopes: Collection[Scope] = HOSPITAL_SCOPES,
    networks: Collection[str] = (),
    is_test: bool = False,
    by: Actor,
    at: datetime,
) -> IssuedKey:
    """Give a hospital a key for its reports (预案 5.1(3)), a department one for what it watches (8.2(a)), or for trying out.

    At most the second of the kind alive. Refused: to another body, or for another use than its own (422).
    """
    check_actor_manages(by, organisation)
    _check_life(expires_at, at)
    _check_use(organisation, scopes)
    _check_can_have(organisation, is_test, at)
    fresh = new_key()
    key = HospitalKey.objects.create(
        organisation=organisation,
        label=label,
        prefix=fresh.prefix,
        digest=digest_of(fresh.text),
        scopes=[scope.value for scope in scopes],
        networks=_normal(networks),
        is_test=is_test,
        created_at=at,
        expires_at=expires_at,
    )
    said = {"expires_at": key.expires_at.isoformat(), "is_test": key.is_test}
    record(key_entry(key, "accounts.issue_key", by, at, **said))
    return IssuedKey(key, fresh.text)


@transaction.atomic
def revoke_key(*, key: HospitalKey, reason: str, by: Actor, at: datetime) -> HospitalKey:
    """Make a hospital's key worthless from this instant on (预案 5.1(3))."""
    locked = _lock_alive(key, by)
    if not reason.strip():
        raise PlanRefusal(_("撤销密钥须写明理由。"), clause="", code="reason_missing")
    locked.revoked_at, locked.revoked_reason = at, reason.strip()
    locked.save(update_fields=["revoked_at", "revoked_reason"])
    record(key_entry(locked, "accounts.revoke_key", by, at))
    return locked


@transaction.atomic
def bind_key(*, key: HospitalKey, networks: Collection[str], by: Actor, at: datetime) -> HospitalKey:
    """Say from which networks a key may be used; without any, from everywhere."""
    locked = _lock_alive(key, by)
    locked.networks = _normal(networks)
    locked.save(update_fields=["networks"])
    record(key_entry(locked, "accounts.bind_key", by, at, networks=locked.networks))
    return locked


def _lock_alive(key: HospitalKey, by: Actor) -> HospitalKey:
    rows = HospitalKey.objects.select_for_update(of=("self",))
    locked = rows.select_related("organisation__jurisdiction__host").get(pk=key.pk)
    check_actor_manages(by, locked.organisation)
    if locked.revoked_at is not None:
        raise PlanRefusal(_("该密钥已被撤销。"), clause="5.1(3)", code="key_already_revoked", status=409)
    return locked


def _check_use(organisation: Organisation, scopes: Collection[Scope]) -> None:
    if organisation.kind == OfficeKind.HOSPITAL:
        allowed = set(HOSPITAL_SCOPES)
    elif organisation.kind in KEY_HOLDERS:
        allowed = {Scope.OBSERVE}
    else:
        raise PlanRefusal(
            _("接口密钥只发给医疗卫生机构和报送监测信息的部门。"), clause="5.1(3)", code="not_a_hospital"
        )
    if not set(scopes) <= allowed:
        raise PlanRefusal(
            _("医疗卫生机构的密钥用于报送病例，部门的密钥用于报送监测信息，不能互换。"),
            clause="8.2",
            code="scope_of_others",
        )


def _check_can_have(organisation: Organisation, is_test: bool, at: datetime) -> None:
    # The hospital's row makes two issuers count one after the other.
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    alive = locked.keys.filter(revoked_at__isnull=True, expires_at__gt=at, is_test=is_test)
    if alive.count() >= MOST_ALIVE:
        raise PlanRefusal(
            _("该机构已有两个有效密钥，请先撤销不再使用的一个。"),
            clause="",
            code="too_many_keys",
            status=409,
        )


def _check_life(expires_at: datetime, at: datetime) -> None:
    if expires_at <= at:
        raise PlanRefusal(_("密钥的到期时间须晚于现在。"), clause="5.1(3)", code="key_already_expired")
    if expires_at - at > LONGEST_LIFE:
        raise PlanRefusal(
            _("密钥的有效期最长%d天。") % LONGEST_LIFE.days, clause="", code="key_lives_too_long"
        )


def _normal(networks: Collection[str]) -> list[str]:
    if len(networks) > MOST_NETWORKS:
        raise PlanRefusal(_("来源网段最多%d个。") % MOST_NETWORKS, clause="", code="too_many_networks")
    try:
        return sorted({normal_network(network) for network in networks})
    except ValueError as wrong:
        raise PlanRefusal(
            _("来源网段有误：%s") % wrong,
            clause="",
            code="not_a_network",
            next_step=_("请按CIDR书写，例如 10.20.0.0/16 或 203.0.113.7。"),
        ) from wrong
