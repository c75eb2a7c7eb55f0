"""The doors of the calendar of important events, of declared channels and of house targets (5.1(8), A19, A22, A54)."""

from tests.repository.access import (
    DESKS,
    ELSEWHERE,
    HERE,
    RECORDS_DELIVERIES_HERE,
    SEES,
    SEES_HERE,
    SPEAKS_HERE,
    Door,
    only,
)

KEEPS_CALENDAR = frozenset({"city-fso"})
RECORDS_DELIVERIES = DESKS | {f"{HERE}-gov", f"{ELSEWHERE}-gov", "city-duty", "city-health"}
# Of what the duty room declared and received.
RECIPIENT = frozenset({"city-duty", "city-fso"})

EVENT_DOORS: tuple[Door, ...] = (
    Door("GET", "reporting:calendar", 200, SEES),
    only("POST", "reporting:calendar"),
    Door("GET", "reporting:new_event", 200, KEEPS_CALENDAR),
    Door("POST", "reporting:new_event", 422, KEEPS_CALENDAR),
    Door("GET", "reporting:event", 200, KEEPS_CALENDAR),
    Door("POST", "reporting:event", 422, KEEPS_CALENDAR),
    Door("GET", "reporting:cancel_event", 200, KEEPS_CALENDAR),
    Door("POST", "reporting:cancel_event", 422, KEEPS_CALENDAR),
    Door("GET", "reporting:house_targets", 200, SEES),
    Door("POST", "reporting:house_targets", 422, KEEPS_CALENDAR),
    Door("GET", "reporting:channels", 200, RECORDS_DELIVERIES),
    only("POST", "reporting:channels"),
    Door("GET", "reporting:new_channel", 200, RECIPIENT),
    Door("POST", "reporting:new_channel", 422, RECIPIENT),
    only("GET", "reporting:drop_channel"),
    Door("POST", "reporting:drop_channel", 302, RECIPIENT),
    Door("GET", "reporting:review_channel", 200, RECIPIENT, seen_by=SEES_HERE),
    Door("POST", "reporting:review_channel", 422, RECIPIENT, seen_by=SEES_HERE),
    Door("GET", "reporting:attempt", 200, RECORDS_DELIVERIES_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:attempt", 422, RECORDS_DELIVERIES_HERE, seen_by=SEES_HERE),
    Door("GET", "reporting:retract_attempt", 200, SPEAKS_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:retract_attempt", 422, SPEAKS_HERE, seen_by=SEES_HERE),
    Door("GET", "reporting:retract_explanation", 200, SPEAKS_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:retract_explanation", 422, SPEAKS_HERE, seen_by=SEES_HERE),
)
