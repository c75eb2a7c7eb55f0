"""The doors of the calendar of important events, of declared channels and of house targets (5.1(8), A19, A22, A54)."""

from tests.repository.access import SEES, SEES_HERE, SPEAKS_HERE, Door, only

KEEPS_CALENDAR = frozenset({"city-fso"})

EVENT_DOORS: tuple[Door, ...] = (
    Door("GET", "reporting:calendar", 200, SEES),
    only("POST", "reporting:calendar"),
    Door("GET", "reporting:new_event", 200, KEEPS_CALENDAR),
    Door("POST", "reporting:new_event", 422, KEEPS_CALENDAR),
    Door("GET", "reporting:event", 200, KEEPS_CALENDAR),
    Door("POST", "reporting:event", 422, KEEPS_CALENDAR),
    Door("GET", "reporting:cancel_event", 200, KEEPS_CALENDAR),
    Door("POST", "reporting:cancel_event", 422, KEEPS_CALENDAR),
    Door("GET", "reporting:retract_explanation", 200, SPEAKS_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:retract_explanation", 422, SPEAKS_HERE, seen_by=SEES_HERE),
)
