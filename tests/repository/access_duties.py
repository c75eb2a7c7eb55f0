"""Who may go through the doors to the duties without hours, by the matrix of `access.py`: whoever sees the incident speaks
for its own office, and what another's is, the action refuses."""

from tests.repository.access import DESKS_HERE, NAMES_UNITS, SEES, SEES_HERE, Door

DUTY_DOORS: tuple[Door, ...] = (
    Door("GET", "reporting:hospital", 200, DESKS_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:hospital", 422, DESKS_HERE, seen_by=SEES_HERE),
    Door("GET", "reporting:tip", 200, DESKS_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:tip", 422, DESKS_HERE, seen_by=SEES_HERE),
    *(
        Door(method, f"reporting:{name}", 200 if method == "GET" else status, SEES_HERE, seen_by=SEES_HERE)
        for name, status in (
            ("learning", 422),
            ("check", 422),
            ("passing_on", 422),
            ("leap", 422),
            ("notice", 422),
            ("county_body", 422),
        )
        for method in ("GET", "POST")
    ),
    Door("GET", "reporting:leap_review", 200, NAMES_UNITS, seen_by=SEES_HERE),
    Door("POST", "reporting:leap_review", 422, NAMES_UNITS, seen_by=SEES_HERE),
    Door("GET", "reporting:opening", 200, SEES),
    Door("POST", "reporting:opening", 422, SEES),
)
