"""Connections to the outside: to checked addresses only, and over after a stated time whatever the other side does."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, Queue
from socket import getaddrinfo
from threading import Event, Thread, Timer
from typing import Final

from django.conf import settings

from outbox.channels.trouble import Undeliverable, Undelivered

LOOK_UP_LIMIT_S: Final = 4.0
# From the connection on; a lease lasts longer than this and the look-up together.
WHOLE_LIMIT_S: Final = 10.0
# Addresses that stand for others, which the check would not see.
_DISGUISES: Final = tuple(ipaddress.ip_network(each) for each in ("64:ff9b::/96", "2002::/16", "2001::/32"))

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Line:
    """A connection, and whether it was cut: what came before the cut is no whole answer."""

    socket: socket.socket
    is_cut: Event


@contextmanager
def connected(host: str, port: int, *, is_trusted: bool) -> Iterator[Line]:
    """Connect to a checked address of a host, and cut the connection after WHOLE_LIMIT_S.

    is_trusted: the installation's own settings named the host, nobody who may enter an address.
    """
    address = _addresses(host, port)[0] if is_trusted else _checked(_addresses(host, port))
    try:
        connection = socket.create_connection((address, port), timeout=WHOLE_LIMIT_S)
    except OSError as error:
        raise Undelivered(f"no connection: {type(error).__name__}") from error
    # A second handle on the same connection: it stays valid when TLS takes over the first.
    with connection, connection.dup() as handle:
        line = Line(connection, Event())
        end = Timer(WHOLE_LIMIT_S, _cut, [handle, line.is_cut])
        end.daemon = True
        end.start()
        try:
            yield line
        finally:
            end.cancel()


def is_allowed(address: IPAddress) -> bool:
    """Tell whether an address is on the open internet, or in a network that the installation lets messages go to."""
    plain = address.ipv4_mapped or address if isinstance(address, ipaddress.IPv6Address) else address
    if any(plain in ipaddress.ip_network(network) for network in settings.OUTSIDE_NETWORKS):
        return True
    if any(plain in network for network in _DISGUISES):
        return False
    return plain.is_global and not plain.is_multicast


def _checked(addresses: list[str]) -> str:
    """Return the first address, once every one of them is allowed: a name may lead to both kinds."""
    if not all(is_allowed(ipaddress.ip_address(each.partition("%")[0])) for each in addresses):
        raise Undeliverable("the host is inside the network, which OUTSIDE_NETWORKS does not allow")
    return addresses[0]


def _addresses(host: str, port: int) -> list[str]:
    """Look a host up, no longer than LOOK_UP_LIMIT_S: the system's own look-up can't be told to stop."""
    answers: Queue[list[str]] = Queue()

    def look_up() -> None:
        try:
            found = getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            answers.put([])
        else:
            answers.put([str(sockaddr[0]) for *_rest, sockaddr in found])

    Thread(target=look_up, daemon=True).start()
    try:
        addresses = answers.get(timeout=LOOK_UP_LIMIT_S)
    except Empty:
        addresses = []
    if not addresses:
        raise Undelivered("the host's name was not found")
    return addresses


def _cut(handle: socket.socket, is_cut: Event) -> None:
    is_cut.set()
    try:
        handle.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was over already
