"""One POST to the outside: https unless the installation allows less, no redirects, a bounded answer."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from outbox.channels.network import connected
from outbox.channels.trouble import Unanswered, Undeliverable, Undelivered

LONGEST_ANSWER: Final = 64 * 1024
COME_AGAIN: Final = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart."""

    is_https: bool
    host: str
    port: int
    path: str
    name: str


def target_of(url: str) -> Target:
    """Take an address apart; raises Undeliverable for one that messages may not go to."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Undeliverable("the address is not an address") from None
    is_https = parts.scheme == "https"
    if not is_https and not (parts.scheme == "http" and settings.OUTSIDE_ALLOW_HTTP):
        raise Undeliverable("the address is not https")
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise Undeliverable("the address has no host, or a user in it")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    name = parts.netloc
    return Target(is_https, parts.hostname, port or (443 if is_https else 80), path, name)


def post(url: str, body: bytes, headers: Mapping[str, str], *, is_trusted: bool = False) -> bytes:
    """Send a body once and return the answer to a 2xx; every other outcome raises Undelivered."""
    target = target_of(url)
    with connected(target.host, target.port, is_trusted=is_trusted) as line:
        status, answer = _exchange(_secured(line.socket, target), target, body, headers)
        if line.is_cut.is_set():
            raise Unanswered("no whole answer in time")
    if 200 <= status < 300:
        return answer
    if 300 <= status < 400:
        raise Undeliverable(f"answered {status}: redirects are not followed")
    if 400 <= status < 500 and status not in COME_AGAIN:
        raise Undeliverable(f"answered {status}")
    raise Undelivered(f"answered {status}")


def _exchange(
    connection: socket.socket, target: Target, body: bytes, headers: Mapping[str, str]
) -> tuple[int, bytes]:
    caller = http.client.HTTPConnection(target.host, target.port)
    # Already connected, to the address that was checked.
    caller.sock = connection
    try:
        caller.request("POST", target.path, body, {"Host": target.name, **headers})
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Undelivered(f"not sent: {type(error).__name__}") from error
    try:
        answer = caller.getresponse()
        return answer.status, answer.read(LONGEST_ANSWER)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unanswered(f"no answer: {type(error).__name__}") from error
    finally:
        caller.close()


def _secured(plain: socket.socket, target: Target) -> socket.socket:
    if not target.is_https:
        return plain
    try:
        return _tls().wrap_socket(plain, server_hostname=target.host)
    except (OSError, ValueError) as error:
        raise Undelivered(f"no secure connection: {type(error).__name__}") from error


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
