"""How a storyline writes messages: in whose inbox, by which channel, in whose turn, and how far each has come."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from incidents.models import Incident
from outbox.models import Channel, Message, MessageState, Rank
from response.replay.trait import Trait


def _username(message: Message) -> str:
    person = message.contact.person if message.contact else ""
    return User.objects.get(pk=int(person.removeprefix("user:"))).username if person else ""


MESSAGE_CHOICE = {
    "kind": Trait(str, lambda message: message.kind),
    "recipient": Trait(str, lambda message: message.recipient),
    "channel": Trait(Channel, lambda message: message.channel),
    "rank": Trait(Rank, lambda message: message.rank),
    "person": Trait(str, _username),
}
MESSAGE = {
    "state": Trait(MessageState, lambda message: message.state),
    "owed_at": Trait(datetime, lambda message: message.created_at),
    "climbs_at": Trait(datetime | None, lambda message: message.climbs_at),
    "acknowledged_at": Trait(datetime | None, lambda message: message.acknowledged_at),
}


def messages_of(incident: Incident) -> list[Message]:
    """Return every message about an incident, copies too, in the order they were owed."""
    return list(Message.objects.filter(chain=incident.chain).select_related("contact").order_by("pk"))


def copy_names(messages: Sequence[Message]) -> list[str]:
    """Return each copy to an address outside as `kind rank`, to be counted."""
    return [f"{each.kind} {each.rank}" for each in messages if each.contact_id is not None]
