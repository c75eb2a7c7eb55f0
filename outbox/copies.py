"""The rows that carry a message to addresses outside."""

from collections.abc import Iterable
from datetime import datetime

from outbox.models import Message
from outbox.routing import Told


def copies(message: Message, told: Iterable[Told], *, at: datetime, turn: int = 0) -> list[Message]:
    """Return one unsaved row for each address; who is told in two turns is told twice."""
    prefix = f"{turn}:" if turn else ""
    return [
        Message(
            dedupe_key=f"{message.dedupe_key}:{prefix}{one.contact.pk}",
            channel=one.contact.channel,
            recipient=message.recipient,
            contact=one.contact,
            rank=one.rank,
            about=message.dedupe_key,
            kind=message.kind,
            is_alarm=message.is_alarm,
            chain=message.chain,
            title=message.title,
            body=message.body,
            link=message.link,
            drill=message.drill,
            created_at=at,
            next_try_at=at,
        )
        for one in told
    ]
