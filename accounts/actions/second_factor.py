"""The second factor: one-time codes of a phone, and recovery codes for the day the phone is lost.

A code that is wrong is on record and slows the next try down, so it is committed and not raised.
"""

import hashlib
import unicodedata
from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.actors import Actor
from accounts.evidence import account_entry
from accounts.locks import lock_account
from accounts.models import User
from accounts.passwords import readable_password
from audit.record import record
from plan.refusal import PlanRefusal

RECOVERY_CODES: Final = 8
DIGITS: Final = 6
KEPT_LENGTH: Final = 16


@transaction.atomic
def begin_enrolment(*, user: User, by: Actor, at: datetime) -> TOTPDevice:
    """Draw a secret for the person's phone; it counts only once a code of it has been typed."""
    locked = _lock_own(user, by)
    if TOTPDevice.objects.filter(user=locked, confirmed=True).exists():
        raise PlanRefusal(_("二次验证已经启用。"), clause="", code="second_factor_is_on", status=409)
    TOTPDevice.objects.filter(user=locked).delete()
    device: TOTPDevice = TOTPDevice.objects.create(user=locked, name="phone", confirmed=False)
    record(account_entry(locked, "accounts.begin_second_factor", by, at))
    return device


@transaction.atomic
def confirm_enrolment(*, user: User, code: str, by: Actor, at: datetime) -> list[str]:
    """Turn the second factor on with the first code; returns the recovery codes this once, none for a wrong code."""
    locked = _lock_own(user, by)
    device = TOTPDevice.objects.select_for_update().filter(user=locked, confirmed=False).first()
    if device is None:
        raise PlanRefusal(_("请先开始设置二次验证。"), clause="", code="no_second_factor_begun", status=409)
    _check_not_throttled(device)
    if not device.verify_token(_typed(code)):
        record(account_entry(locked, "accounts.second_factor_failed", by, at))
        return []
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    record(account_entry(locked, "accounts.turn_on_second_factor", by, at))
    return _fresh_recovery_codes(locked)


@transaction.atomic
def pass_second_factor(*, user: User, code: str, by: Actor, at: datetime) -> bool:
    """Tell whether a code is the phone's now, or a recovery code not used yet; each is good once."""
    return _passes(_lock_own(user, by), code, by, at)


@transaction.atomic
def renew_recovery_codes(*, user: User, code: str, by: Actor, at: datetime) -> list[str]:
    """Replace the recovery codes; returns the new ones this once, none for a wrong code."""
    locked = _lock_own(user, by)
    if not _passes(locked, code, by, at):
        return []
    record(account_entry(locked, "accounts.renew_recovery_codes", by, at))
    return _fresh_recovery_codes(locked)


@transaction.atomic
def turn_off_second_factor(*, user: User, code: str, by: Actor, at: datetime) -> bool:
    """Turn the second factor off; only with a code."""
    locked = _lock_own(user, by)
    if not _passes(locked, code, by, at):
        return False
    _forget(locked)
    record(account_entry(locked, "accounts.turn_off_second_factor", by, at))
    return True


@transaction.atomic
def reset_second_factor(*, user: User, by: Actor, at: datetime) -> User:
    """Let a person who lost phone and recovery codes set it up anew, logged out everywhere; never one's own."""
    locked = lock_account(user, by, at)
    if not TOTPDevice.objects.filter(user=locked).exists():
        raise PlanRefusal(_("此人没有启用二次验证。"), clause="", code="no_second_factor", status=409)
    _forget(locked)
    locked.logins_hold_from_at = at
    locked.save(update_fields=["logins_hold_from_at"])
    record(account_entry(locked, "accounts.reset_second_factor", by, at))
    return locked


def _lock_own(user: User, by: Actor) -> User:
    if by.ref != f"user:{user.pk}":
        raise PlanRefusal(_("只能办理本人的二次验证。"), clause="", code="not_own_factor", status=403)
    return User.objects.select_for_update().get(pk=user.pk)


def _passes(user: User, code: str, by: Actor, at: datetime) -> bool:
    """Try the code where its shape belongs: six digits are the phone's, anything longer a recovery code."""
    typed = _typed(code)
    if len(typed) == DIGITS:
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
    else:
        device, typed = StaticDevice.objects.select_for_update().filter(user=user).first(), _kept(typed)
    if device is None:
        raise PlanRefusal(_("没有启用二次验证。"), clause="", code="no_second_factor", status=409)
    _check_not_throttled(device)
    passed = bool(device.verify_token(typed))
    action = "accounts.pass_second_factor" if passed else "accounts.second_factor_failed"
    record(account_entry(user, action, by, at))
    return passed


def _check_not_throttled(device: TOTPDevice | StaticDevice) -> None:
    allowed, _why = device.verify_is_allowed()
    if not allowed:
        raise PlanRefusal(
            _("连续输错，请稍候几秒再试；每错一次，等待时间加倍。"),
            clause="",
            code="too_many_codes",
            status=429,
        )


def _fresh_recovery_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [readable_password() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_kept(_typed(code))) for code in codes)
    return codes


def _forget(user: User) -> None:
    devices: Collection[type[TOTPDevice | StaticDevice]] = (TOTPDevice, StaticDevice)
    for device in devices:
        device.objects.filter(user=user).delete()


def _typed(code: str) -> str:
    """Return a code as it is compared: plain digits and letters, without the spaces and dashes people read it with."""
    plain = unicodedata.normalize("NFKC", code).lower()
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def _kept(code: str) -> str:
    """Return what is kept of a recovery code; 75 random bits need no slow hash."""
    return hashlib.sha256(code.encode()).hexdigest()[:KEPT_LENGTH]
