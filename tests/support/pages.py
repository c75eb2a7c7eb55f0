"""What browsers send and where to, for tests of pages."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from audit.clock import database_now
from incidents.actions.incidents import BEIJING
from incidents.models import Incident
from tests.support.reports import YINZHOU, county, incident


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


def report_fields(**changes: Any) -> dict[str, Any]:
    """What is sent when the three facts are filled in; a change to None is not sent."""
    said = {
        "form_token": str(uuid.uuid4()),
        "occurred_earliest": typed(database_now() - timedelta(minutes=29)),
        "place_text": "甬江饭店",
        "illness_count": "45",
        "area": str(county(YINZHOU).pk),
        "count_kind": "total",
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}
