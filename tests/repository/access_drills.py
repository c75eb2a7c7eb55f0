"""The doors of `drills`; what lies behind a drill's prefix is walked by those who play it."""

from tests.repository.access import CITY_OFFICES, DESKS, HERE, HERE_OFFICES, PEOPLE, Door, only

TOLD = frozenset(f"{HERE}-{body}" for body in ("regulator", "health", "fso"))
PLAY = TOLD | {f"{HERE}-gov", "city-fso"}
SEE = CITY_OFFICES | HERE_OFFICES
NOT_TOLD = frozenset({f"{HERE}-gov", "city-fso", "manager-city"})

DRILL_DOORS: tuple[Door, ...] = (
    Door("GET", "drills:drills", 200, PEOPLE),
    only("POST", "drills:drills"),
    Door("GET", "drills:new_drill", 200, DESKS),
    Door("POST", "drills:new_drill", 422, DESKS),
    Door("GET", "drills:drill", 200, SEE, seen_by=SEE),
    only("POST", "drills:drill"),
    Door("GET", "drills:bar", 200, SEE, seen_by=SEE),
    only("POST", "drills:bar"),
    only("GET", "drills:act"),
    Door("POST", "drills:act", 302, PLAY, seen_by=SEE),
    only("GET", "drills:note"),
    Door("POST", "drills:note", 302, TOLD, seen_by=SEE, hidden_from=NOT_TOLD),
)
