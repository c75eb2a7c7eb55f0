"""Where a public report comes from, so that a flood can be told from a crowd; the address itself is never kept."""

import ipaddress
from datetime import datetime, timedelta

from audit.envelopes import keyed_hashes
from reporting.models import PublicReport

# So many of one source in so long are taken as they come; those after them are taken too, and looked at last.
USUAL_PER_SOURCE = 10
WINDOW = timedelta(hours=1)
# One household's or office's addresses (RFC 6177).
IPV6_NETWORK_BITS = 64


def source_of(address: str) -> str:
    """Return the keyed hash of the network an address belongs to; an address that can't be read is a source like others."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return keyed_hashes("source:")[0]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return source_of(str(found.ipv4_mapped))
        network = ipaddress.ip_network((found, IPV6_NETWORK_BITS), strict=False)
        return keyed_hashes(f"source:{network}")[0]
    return keyed_hashes(f"source:{found}")[0]


def is_flooding(source: str, *, at: datetime) -> bool:
    """Tell whether a source has sent its usual number within the window already."""
    if not source:
        return False
    lately = PublicReport.objects.filter(source=source, received_at__gt=at - WINDOW)
    return lately.count() >= USUAL_PER_SOURCE
