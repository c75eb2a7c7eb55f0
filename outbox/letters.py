"""What goes out: the text of a message as a channel outside carries it, and the address it goes to."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from audit.envelopes import opened, sealed
from outbox.models import Contact, Message

CUT = "…"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a channel delivers, and the secret it signs with; neither may appear in a log or an error."""

    where: str
    secret: str = ""

    def sealed_for(self, contact: Contact) -> bytes:
        """Return the envelope that the contact's row keeps."""
        raw = json.dumps([self.where, self.secret]).encode()
        return sealed(raw, bound_to=f"contact:{contact.ref}")


def address_of(contact: Contact) -> Address:
    """Open a contact's envelope; raises LookupError or InvalidTag where the key is not at hand or the row was changed."""
    raw = opened(bytes(contact.envelope), bound_to=f"contact:{contact.ref}")
    return Address(*json.loads(raw))


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message ready to go: number, level, place and time limit, a link, never a patient."""

    ident: str
    address: Address
    kind: str
    title: str
    body: str
    link: str
    is_alarm: bool
    is_drill: bool
    repeats: int
    at: datetime

    @property
    def heading(self) -> str:
        """The title, with the mark of one that may have arrived before."""
        return _("【重复提醒%d】") % self.repeats + self.title if self.repeats else self.title

    @property
    def text(self) -> str:
        """Heading, body and link in one."""
        return "\n".join(part for part in (self.heading, self.body, self.link) if part)

    def within(self, most: int, *, in_bytes: bool = False) -> str:
        """Return heading, body and link cut to so many characters, or bytes of UTF-8; the link stays whole if it fits."""

        def size(text: str) -> int:
            return len(text.encode()) if in_bytes else len(text)

        if size(self.text) <= most:
            return self.text
        link = f"\n{self.link}" if self.link and size(self.link) + 1 < most // 2 else ""
        said = "\n".join(part for part in (self.heading, self.body) if part)
        while said and size(said + CUT + link) > most:
            said = said[:-1]
        return said + CUT + link


def letter_of(message: Message, contact: Contact, *, at: datetime) -> Letter:
    """Return the letter of a copy to an address outside."""
    return Letter(
        # The same for every repeat, so that a receiving system can tell.
        ident=f"{contact.ref}-{message.pk}",
        address=address_of(contact),
        kind=message.kind,
        title=message.title,
        body=message.body,
        link=_link(message),
        is_alarm=message.is_alarm,
        is_drill=message.drill,
        repeats=message.repeats,
        at=at,
    )


def _link(message: Message) -> str:
    """Return the letter's own address: whoever opens it and logs in has read this letter, and is led on."""
    leads_on = message.link or message.is_alarm
    # Written out: the page is of an app above; a test compares it with the address.
    return f"{settings.SITE_URL}/letters/{message.pk}/" if settings.SITE_URL and leads_on else ""


def contact_and_number(ident: str) -> tuple[uuid.UUID, int]:
    """Return what a letter's number names: the address and the row; raises ValueError."""
    ref, _dash, number = ident.rpartition("-")
    return uuid.UUID(ref), int(number)
