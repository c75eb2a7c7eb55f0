"""Addresses outside: added, proved by a code that was sent there, taken away. The address itself is never shown again."""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.actors import Actor, ActorKind
from accounts.duty_rights import check_actor_keeps_contacts, check_belongs_to
from accounts.models import Organisation, User
from audit.record import Entry, record
from outbox.addresses import read_address
from outbox.copies import copies
from outbox.models import Channel, Contact, Message, Rank
from outbox.routing import Told
from plan.refusal import PlanRefusal

PERSONAL = frozenset({Channel.EMAIL, Channel.SMS})
CODE_DIGITS = 6
CODE_LIFE = timedelta(hours=2)
CODE_TRIES = 5
BETWEEN_CODES = timedelta(minutes=1)


@transaction.atomic
def add_contact(
    *,
    organisation: Organisation,
    channel: Channel,
    where: str,
    secret: str = "",
    person: User | None = None,
    for_alarms: bool = True,
    for_notices: bool = False,
    is_verified: bool = False,
    by: Actor,
    at: datetime,
) -> Contact:
    """Keep an address of an office or of one of its people, sealed; used once its code has come back.

    is_verified: whoever runs the installation vouches for it; nobody on a page can.
    """
    owner = f"user:{person.pk}" if person else ""
    check_actor_keeps_contacts(by, organisation, owner)
    if person is not None:
        _check_person(person, organisation, channel, at)
    address, hint = read_address(channel, where, secret)
    contact = Contact(
        organisation=organisation.code,
        person=owner,
        channel=channel,
        hint=hint,
        for_alarms=for_alarms,
        for_notices=for_notices,
        added_at=at,
        verified_at=at if is_verified and by.kind == ActorKind.SYSTEM else None,
    )
    contact.envelope = address.sealed_for(contact)
    contact.save()
    record(_entry(contact, "accounts.add_contact", by, at, verified=contact.verified_at is not None))
    return contact


@transaction.atomic
def send_code(*, contact: Contact, by: Actor, at: datetime) -> None:
    """Send a test message with a code to the address; whoever has received it can type it in."""
    locked = _locked(contact, by)
    if locked.code_sent_at is not None and at < locked.code_sent_at + BETWEEN_CODES:
        raise PlanRefusal(_("刚刚发送过，请一分钟后再发。"), clause="", code="code_just_sent", status=409)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    locked.code_digest, locked.code_sent_at, locked.code_tries = _digest(locked, code), at, 0
    locked.save(update_fields=["code_digest", "code_sent_at", "code_tries"])
    record(_entry(locked, "accounts.send_code", by, at))
    test = Message(
        dedupe_key=f"code:{locked.pk}:{at.isoformat()}",
        recipient=locked.organisation,
        kind="contact_code",
        title=_("【测试消息】宁波食品安全应急：确认联系方式"),
        body=_("验证码%s，两小时内有效。请把它填入联系方式页面；如非本人办理，请忽略。") % code,
    )
    Message.objects.bulk_create(copies(test, [Told(Rank.OFFICE, locked)], at=at))


@transaction.atomic
def confirm_contact(*, contact: Contact, code: str, by: Actor, at: datetime) -> bool:
    """Take an address into use once the code that was sent there has come back; False for a wrong one, which counts."""
    locked = _locked(contact, by)
    sent_at = locked.code_sent_at
    is_open = sent_at is not None and at <= sent_at + CODE_LIFE and locked.code_tries < CODE_TRIES
    if not locked.code_digest or not is_open:
        raise PlanRefusal(
            _("验证码已失效。"),
            clause="",
            code="code_expired",
            status=409,
            next_step=_("请重新发送测试消息。"),
        )
    if not hmac.compare_digest(_digest(locked, code.strip()), locked.code_digest):
        locked.code_tries += 1
        locked.save(update_fields=["code_tries"])
        record(_entry(locked, "accounts.code_failed", by, at))
        return False
    locked.verified_at, locked.code_digest = at, ""
    locked.save(update_fields=["verified_at", "code_digest"])
    record(_entry(locked, "accounts.confirm_contact", by, at))
    return True


@transaction.atomic
def remove_contact(*, contact: Contact, by: Actor, at: datetime) -> Contact:
    """Take an address away: nothing more is sent there, and what was sealed of it is destroyed."""
    locked = _locked(contact, by)
    locked.removed_at, locked.envelope, locked.code_digest = at, b"", ""
    locked.save(update_fields=["removed_at", "envelope", "code_digest"])
    record(_entry(locked, "accounts.remove_contact", by, at))
    return locked


def _locked(contact: Contact, by: Actor) -> Contact:
    """Return the row locked; a refusal unless the actor keeps it and it is still there."""
    locked = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    organisation = Organisation.objects.select_related("jurisdiction__host").get(code=locked.organisation)
    check_actor_keeps_contacts(by, organisation, locked.person)
    if locked.removed_at is not None:
        raise PlanRefusal(_("该联系方式已删除。"), clause="", code="contact_removed", status=409)
    return locked


def _check_person(person: User, organisation: Organisation, channel: Channel, at: datetime) -> None:
    check_belongs_to(person, organisation, at=at)
    if channel not in PERSONAL:
        raise PlanRefusal(
            _("群机器人和系统接口只能作为单位公用的联系方式。"), clause="", code="not_a_persons_channel"
        )


def _digest(contact: Contact, code: str) -> str:
    """Return what is kept of a code: useless without SECRET_KEY, and for another address."""
    return salted_hmac(f"contact:{contact.ref}", code, algorithm="sha256").hexdigest()


def _entry(contact: Contact, action: str, by: Actor, at: datetime, **payload: Any) -> Entry:
    said = {"channel": contact.channel, "person": contact.person, **payload}
    return Entry(
        chain=f"org:{contact.organisation}",
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=f"contact:{contact.pk}",
        payload=said,
    )
