"""Ports on this machine that nothing listens on."""

import random
import socket

# Below the range that Linux gives to outgoing connections, so that a server that starts again finds its port free.
PRIVATE_PORTS = range(20_000, 32_000)


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def private_port() -> int:
    """A free port for a server that only this checkout's processes talk to."""
    return next(port for port in random.sample(PRIVATE_PORTS, k=500) if is_free(port))


def first_free(start: int, *, host: str, tries: int) -> int | None:
    """The first free port from `start` on, or None within `tries`."""
    return next((port for port in range(start, start + tries) if is_free(port, host)), None)


def answers(port: int, host: str = "127.0.0.1") -> bool:
    """Whether something accepts connections there."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
