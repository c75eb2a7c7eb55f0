"""Which addresses a channel takes, and how much of one may be shown."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from outbox.channels.http import target_of
from outbox.channels.trouble import Undeliverable
from outbox.letters import Address
from outbox.models import Channel
from plan.refusal import PlanRefusal

PHONE = re.compile(r"\+?\d{5,15}")
SHORTEST_SECRET, LONGEST_SECRET = 16, 200
LONGEST_ADDRESS = 500
LONGEST_HINT = 60


def read_address(channel: Channel, where: str, secret: str) -> tuple[Address, str]:
    """Return the address and what may be shown of it; a refusal where the channel can't use it."""
    where, secret = where.strip(), secret.strip()
    if len(where) > LONGEST_ADDRESS or len(secret) > LONGEST_SECRET:
        raise _refused(_("地址或密钥过长。"))
    match channel:
        case Channel.EMAIL:
            hint = _email(where)
        case Channel.SMS:
            where = where.replace(" ", "").replace("-", "")
            hint = _phone(where)
        case _:
            hint = _url(where)
    if channel == Channel.WEBHOOK and len(secret) < SHORTEST_SECRET:
        raise _refused(_("签名密钥至少16个字符。"))
    return Address(where, secret), hint[:LONGEST_HINT]


def _email(where: str) -> str:
    try:
        validate_email(where)
    except ValidationError:
        raise _refused(_("请填写完整的电子邮件地址。")) from None
    name, _at, domain = where.rpartition("@")
    return f"{name[:1]}…@{domain}"


def _phone(where: str) -> str:
    if not PHONE.fullmatch(where):
        raise _refused(_("请填写手机号码，只含数字，境外号码以+开头。"))
    return f"…{where[-3:]}"


def _url(where: str) -> str:
    try:
        return target_of(where).host
    except Undeliverable:
        raise _refused(_("请填写以https://开头的完整地址，其中不含用户名。")) from None


def _refused(message: str) -> PlanRefusal:
    return PlanRefusal(message, clause="", code="unusable_address")
