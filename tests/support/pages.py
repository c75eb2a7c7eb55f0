"""What browsers send and where to, for tests of pages."""

from datetime import datetime, timedelta
from typing import Any

from audit.clock import database_now
from incidents.actions.incidents import BEIJING
from incidents.models import Incident
from tests.support.reports import incident


def typed(moment: datetime | None = None) -> str:
    """A moment, now if left out, as the picker of a browser in Ningbo sends it."""
    return f"{(moment or database_now()).astimezone(BEIJING):%Y-%m-%dT%H:%M}"


def opened(ill: int = 120, **more: Any) -> Incident:
    """An incident that has just been reported."""
    now = database_now()
    occurred = now - timedelta(minutes=29)
    return incident(ill, at=now, occurred_earliest=occurred, occurred_latest=occurred, **more)


def url(case: Incident, *parts: str) -> str:
    """The address of an incident's page or of an act on it."""
    return "/".join([f"/incidents/{case.number}", *parts, ""])
