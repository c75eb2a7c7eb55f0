"""The channels a message can travel by; each is a module with one function."""

from collections.abc import Callable, Mapping

from outbox.channels import inapp
from outbox.models import Channel, Message, MessageState

# Sends one message and returns how far it is known to have come; raises when it could not be handed over.
Send = Callable[[Message], MessageState]

CHANNELS: Mapping[str, Send] = {Channel.INAPP.value: inapp.send}
