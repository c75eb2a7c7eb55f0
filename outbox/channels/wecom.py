"""A WeCom group robot: the key is in its own address; text of at most 2048 bytes."""

from outbox.channels.robots import tell_robot
from outbox.letters import Letter

LONGEST_BYTES = 2048


def send(letter: Letter) -> None:
    """Post a message to the group."""
    text = letter.within(LONGEST_BYTES, in_bytes=True)
    tell_robot(letter.address.where, {"msgtype": "text", "text": {"content": text}})
