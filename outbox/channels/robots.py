"""What group robots have in common: JSON in, and an answer whose `errcode` is 0 when the platform took it."""

import json
from typing import Any

from outbox.channels.http import post
from outbox.channels.trouble import Undelivered


def tell_robot(url: str, said: dict[str, Any]) -> None:
    """Post to a robot; the platform took it, who saw it in the group it does not say."""
    body = json.dumps(said, ensure_ascii=False).encode()
    answer = post(url, body, {"Content-Type": "application/json; charset=utf-8"})
    try:
        code = json.loads(answer)["errcode"]
    except (ValueError, KeyError, TypeError):
        raise Undelivered("the robot's answer was none") from None
    if code != 0:
        # Wrong signature, too many a minute, a word that the group's settings ask for: people mend these.
        raise Undelivered(f"the robot answered errcode {code!s:.12}")
