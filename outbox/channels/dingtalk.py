"""A DingTalk group robot: its own address, signed with timestamp and secret where the robot asks for it (加签)."""

import base64
import hashlib
import hmac
from urllib.parse import urlencode

from outbox.channels.robots import tell_robot
from outbox.letters import Letter

LONGEST_BYTES = 18_000  # the platform takes 20,000 of the whole body


def send(letter: Letter) -> None:
    """Post a message to the group."""
    address = letter.address
    url = address.where
    if address.secret:
        timestamp = str(int(letter.at.timestamp() * 1000))
        signed = f"{timestamp}\n{address.secret}".encode()
        digest = hmac.new(address.secret.encode(), signed, hashlib.sha256).digest()
        sign = urlencode({"timestamp": timestamp, "sign": base64.b64encode(digest).decode()})
        url += ("&" if "?" in url else "?") + sign
    text = letter.within(LONGEST_BYTES, in_bytes=True)
    tell_robot(url, {"msgtype": "text", "text": {"content": text}})
