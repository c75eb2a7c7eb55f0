"""The doors of the duty roster, of addresses outside, and of who is told (5.1; house settings)."""

from tests.repository.access import (
    EVERYONE,
    HERE,
    MANAGE_HERE,
    PEOPLE,
    REPORTED_HERE,
    SEES_HERE,
    WATCHES,
    Door,
    managing,
    only,
)

# Its own people see a roster, and whoever manages the office.
OF_THE_OFFICE = frozenset({f"{HERE}-regulator"}) | MANAGE_HERE


def _own(method: str, name: str, status: int) -> Door:
    return Door(method, name, status, OF_THE_OFFICE, seen_by=OF_THE_OFFICE)


def _kept(method: str, name: str, status: int) -> Door:
    """An address of the office: only whoever manages it keeps it."""
    return Door(method, name, status, MANAGE_HERE, seen_by=MANAGE_HERE)


MESSAGE_DOORS: tuple[Door, ...] = (
    Door("GET", "accounts:rosters", 200, PEOPLE),
    only("POST", "accounts:rosters"),
    _own("GET", "accounts:roster", 200),
    only("POST", "accounts:roster"),
    managing("GET", "accounts:new_shift"),
    managing("POST", "accounts:new_shift", 422),
    managing("GET", "accounts:new_table"),
    managing("POST", "accounts:new_table", 422),
    only("GET", "accounts:end_shift"),
    managing("POST", "accounts:end_shift", 302),
    _own("GET", "accounts:new_contact", 200),
    _own("POST", "accounts:new_contact", 422),
    _kept("GET", "accounts:contact_code", 200),
    _kept("POST", "accounts:contact_code", 422),
    only("GET", "accounts:resend_code"),
    _kept("POST", "accounts:resend_code", 302),
    only("GET", "accounts:remove_contact"),
    _kept("POST", "accounts:remove_contact", 302),
    Door("GET", "response:told", 200, REPORTED_HERE, seen_by=REPORTED_HERE),
    only("POST", "response:told"),
    Door("GET", "response:letter", 302, REPORTED_HERE, seen_by=REPORTED_HERE),
    only("POST", "response:letter"),
    only("GET", "response:read_all"),
    Door("POST", "response:read_all", 302, PEOPLE),
    # Signed by the receiver, or refused, whoever sends it.
    only("GET", "reporting_api:receipts"),
    Door("POST", "reporting_api:receipts", 401, EVERYONE),
    Door("GET", "response:preview", 200, WATCHES),
    only("POST", "response:preview"),
    Door("GET", "response:incident_preview", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "response:incident_preview"),
)
