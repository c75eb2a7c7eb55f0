"""Who goes through the doors: a person's session or a hospital's key, or neither."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.test import Client

from accounts.actions.offices import end_office
from accounts.actors import SYSTEM
from audit.clock import database_now
from tests.repository import access
from tests.repository.access import ANONYMOUS, KEY, KEYS, NO_OFFICE, Door
from tests.support.hospital import Hospital
from tests.support.people import holding, hospital_key, login, login_manager

# One for all: a fresh client reads every static file's name anew.
BROWSER = Client()
DATA = {
    "response:join": {"decision": "decline", "reason": "两家不同的饭店"},
    "reporting:withdraw": {"reason": "误报"},
    "response:message": {"act": "read"},
    "accounts:manage_office": {"act": "appoint"},
}


@dataclass(frozen=True)
class Visitor:
    """A role at the doors, with a browser's session or a hospital's key, or with neither."""

    session: str = ""
    key: str = ""

    def at(self, door: Door, address: str) -> int:
        """The status this visitor gets; what the visit changed is undone."""
        BROWSER.cookies.clear()
        if self.session:
            BROWSER.cookies[settings.SESSION_COOKIE_NAME] = self.session
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        before = transaction.savepoint()
        try:
            ask = BROWSER.get if door.method == "GET" else BROWSER.post
            return int(ask(address, DATA.get(door.name, {}), headers=headers).status_code)
        finally:
            transaction.savepoint_rollback(before)


def visitor(role: str, hospital: Hospital) -> Visitor:
    """Somebody in this role."""
    if role == ANONYMOUS:
        return Visitor()
    if role in KEYS:
        return Visitor(key=hospital.clear if role == KEY else hospital_key("hosp-first")[1])
    return Visitor(session=session_of(role))


def session_of(role: str) -> str:
    """The session of a person in this office; without office, one whose office has ended."""
    client = Client()
    if role in access.MANAGERS:
        login_manager(client, access.MANAGERS[role])
        return client.cookies[settings.SESSION_COOKIE_NAME].value
    office = "330205-regulator" if role == NO_OFFICE else role
    login(client, office)
    if role == NO_OFFICE:
        end_office(holding=holding(office), by=SYSTEM, at=database_now())
    return client.cookies[settings.SESSION_COOKIE_NAME].value
