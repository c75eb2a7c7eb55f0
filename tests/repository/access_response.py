"""Who may go through the doors of the response: its page, the form of each act, an order's own page."""

from tests.repository.access import FIXES_LEVELS_HERE, HERE, SEES_HERE, Door, only

# Of the acts one stands for all: which office may take which is the subject of the tests of each action.
ASKED = frozenset({f"{HERE}-health"})

RESPONSE_DOORS: tuple[Door, ...] = (
    Door("GET", "response:responding", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "response:responding"),
    Door("GET", "response:act", 200, FIXES_LEVELS_HERE, seen_by=SEES_HERE),
    Door("POST", "response:act", 422, FIXES_LEVELS_HERE, seen_by=SEES_HERE),
    Door("GET", "response:act_on", 200, ASKED, seen_by=SEES_HERE),
    Door("POST", "response:act_on", 422, ASKED, seen_by=SEES_HERE),
    Door("GET", "response:order", 200, ASKED, seen_by=ASKED),
    Door("POST", "response:order", 302, ASKED, seen_by=ASKED),
)
