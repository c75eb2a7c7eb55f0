"""What the frame of every page shows of the person: the office in use and the others they hold."""

from typing import Any

from django.http import HttpRequest

from accounts.actors import ANONYMOUS


def office(request: HttpRequest) -> dict[str, Any]:
    """Give templates `actor` and `offices`; a request refused before its actor was named shows nobody."""
    known = vars(request)
    return {"actor": known.get("actor", ANONYMOUS), "offices": known.get("offices", ())}
