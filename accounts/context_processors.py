"""What the frame of every page shows of the person: the office in use and the others they hold."""

from typing import Any

from django.http import HttpRequest

from accounts.actors import ANONYMOUS
from accounts.requests import is_watching


def office(request: HttpRequest) -> dict[str, Any]:
    """Give templates `actor`, `offices` and how long the login lasts; a request refused before its actor was named shows nobody."""
    known = vars(request)
    return {
        "actor": known.get("actor", ANONYMOUS),
        "offices": known.get("offices", ()),
        "session_ends_in_s": known.get("ends_in_s", 0),
        # What is said once to a person is not said to a page that asks by itself.
        "is_watching": is_watching(request),
    }
