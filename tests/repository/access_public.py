"""The public door, open to everybody, and the triage behind it, which is the county regulator's (5.1)."""

from tests.repository.access import ELSEWHERE, EVERYONE, HERE, Door, only

SEES = frozenset({f"{HERE}-regulator", f"{ELSEWHERE}-regulator", "city-fso"})
TRIAGES = frozenset({f"{HERE}-regulator"})
# The city office lists and opens none: to it they exist, to others they don't.
KNOWN_TO = TRIAGES | {"city-fso"}


def triage(method: str, name: str, status: int = 200) -> Door:
    """A page about one public report."""
    return Door(method, f"reporting:{name}", status, TRIAGES, seen_by=KNOWN_TO)


PUBLIC_DOORS: tuple[Door, ...] = (
    *(
        Door(method, f"{space}:{name}", status, EVERYONE)
        for space in ("public", "public_en")
        for method, name, status in (
            ("GET", "new", 200),
            ("POST", "new", 422),
            ("GET", "status", 200),
            ("POST", "status", 422),
            ("GET", "add", 302),
            ("POST", "add", 302),
        )
    ),
    Door("GET", "reporting:triage", 200, SEES),
    only("POST", "reporting:triage"),
    triage("GET", "triage_report"),
    only("POST", "reporting:triage_report"),
    only("GET", "reporting:triage_start"),
    triage("POST", "triage_start", 302),
    triage("GET", "triage_take_up"),
    triage("POST", "triage_take_up", 422),
    triage("GET", "triage_close"),
    triage("POST", "triage_close", 422),
    triage("GET", "triage_pass_on"),
    triage("POST", "triage_pass_on", 422),
    triage("GET", "triage_contact"),
    triage("POST", "triage_contact", 422),
    triage("GET", "triage_photo"),
    only("POST", "reporting:triage_photo"),
)
