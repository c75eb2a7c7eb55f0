"""Where a call comes from, and whether it may come from there."""

import ipaddress
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address the request came from; behind a proxy, the one the proxy itself saw, which it writes last."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.BEHIND_PROXY:
        return direct
    seen = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return seen if _parsed(seen) else direct


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Tell whether an address lies in one of the networks; what is no address lies in none."""
    found = _parsed(address)
    return found is not None and any(found in ipaddress.ip_network(network) for network in networks)


def normal_network(text: str) -> str:
    """Return a network or a single address as CIDR; raises ValueError for anything else, and for bits beside the mask."""
    return str(ipaddress.ip_network(text))


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found
