"""What browsers send, for tests of pages."""

from datetime import datetime

from audit.clock import database_now
from incidents.actions.incidents import BEIJING


def typed(moment: datetime | None = None) -> str:
    """A moment, now if left out, as the picker of a browser in Ningbo sends it."""
    return f"{(moment or database_now()).astimezone(BEIJING):%Y-%m-%dT%H:%M}"
