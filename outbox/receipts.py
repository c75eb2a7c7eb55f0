"""A receiver's report on a letter, read only once it is known to come from there.

Signed like the letter itself: by an office's system with the secret it shares with the house, by the gateway of text
messages with the installation's.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.utils.translation import gettext as _

from outbox.letters import address_of, contact_and_number
from outbox.models import Channel, Contact, Message
from outbox.signing import signature_of
from plan.refusal import PlanRefusal

# A report that was caught and is sent again later is refused; within this time it changes nothing.
FRESH: Final = timedelta(minutes=5)
LONGEST_BODY: Final = 16 * 1024
ARRIVED: Final = {"delivered": True, "failed": False}


@dataclass(frozen=True, slots=True)
class Receipt:
    """Whether a letter arrived, as its receiver says."""

    copy: Message
    has_arrived: bool


def read_receipt(body: bytes, *, timestamp: str, signature: str, at: datetime) -> Receipt:
    """Return what a report says; a refusal (401) unless its receiver signed it just now, (422) for what it can't say."""
    said = _read(body)
    copy = _copy(str(said.get("id", "")))
    secret = _secret(copy.contact) if copy is not None and copy.contact is not None else ""
    is_signed = hmac.compare_digest(signature_of(secret, timestamp, body).encode(), signature.encode())
    if copy is None or not secret or not is_signed or not _is_fresh(timestamp, at):
        raise PlanRefusal(
            _("签名不符、已过时，或没有这封消息。"),
            clause="",
            code="receipt_not_signed",
            status=401,
            next_step=_("请用接收时的密钥对“时间戳.正文”签名，时间戳与当前时间相差不超过5分钟。"),
        )
    if said.get("state") not in ARRIVED:
        raise PlanRefusal(_("state须为delivered或failed。"), clause="", code="receipt_state")
    return Receipt(copy, ARRIVED[said["state"]])


def _read(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body) if len(body) <= LONGEST_BODY else None
    except (ValueError, RecursionError):
        said = None
    return said if isinstance(said, dict) else {}


def _copy(ident: str) -> Message | None:
    try:
        ref, number = contact_and_number(ident)
    except ValueError:
        return None
    rows = Message.objects.select_related("contact").exclude(about="")
    return rows.filter(pk=number, contact__ref=ref).first() if 0 < number < 2**63 else None


def _secret(contact: Contact) -> str:
    if contact.channel == Channel.SMS:
        return settings.SMS_RECEIPT_SECRET
    if contact.channel != Channel.WEBHOOK or contact.removed_at is not None:
        return ""
    try:
        return address_of(contact).secret
    except (LookupError, InvalidTag):
        return ""


def _is_fresh(timestamp: str, at: datetime) -> bool:
    return (
        timestamp.isdecimal()
        and len(timestamp) < 15
        and abs(int(timestamp) - at.timestamp()) <= FRESH.total_seconds()
    )
