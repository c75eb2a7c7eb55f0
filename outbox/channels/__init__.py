"""The channels a message can leave the house by; each is a module with one function."""

from collections.abc import Callable, Mapping

from outbox.channels import dingtalk, email, sms, webhook, wecom
from outbox.letters import Letter
from outbox.models import Channel

# Sends one letter; raises Undelivered when it could not be handed over. What became of it then, a receipt says.
# It reads no database and ends within network.WHOLE_LIMIT_S and the look-up of a name.
Send = Callable[[Letter], None]

CHANNELS: Mapping[str, Send] = {
    Channel.EMAIL.value: email.send,
    Channel.SMS.value: sms.send,
    Channel.DINGTALK.value: dingtalk.send,
    Channel.WECOM.value: wecom.send,
    Channel.WEBHOOK.value: webhook.send,
}
