"""Who may go through the doors to the outbreak's picture, by the matrix of `access.py`."""

from tests.repository.access import FIXES_LEVELS_HERE, HERE, SEES_HERE, Door, only
from tests.repository.access_signalling import SIGNAL_DOORS

DEFINES_CASES = FIXES_LEVELS_HERE | {f"{HERE}-health", "city-health"}
KEEPS_HISTORIES = DEFINES_CASES | {f"{HERE}-cdc", "city-cdc"}

OUTBREAK_DOORS: tuple[Door, ...] = (
    *SIGNAL_DOORS,
    Door("GET", "response:outbreak", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "response:outbreak"),
    Door("GET", "response:define_cases", 200, DEFINES_CASES, seen_by=SEES_HERE),
    Door("POST", "response:define_cases", 422, DEFINES_CASES, seen_by=SEES_HERE),
    Door("GET", "response:outbreak_card", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "response:outbreak_card"),
    Door("GET", "response:outbreak_card_file", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "response:outbreak_card_file"),
    Door("GET", "response:enter_card", 200, KEEPS_HISTORIES, seen_by=SEES_HERE),
    Door("POST", "response:enter_card", 422, KEEPS_HISTORIES, seen_by=SEES_HERE),
    Door("GET", "response:food_histories", 200, KEEPS_HISTORIES, seen_by=SEES_HERE),
    Door("POST", "response:food_histories", 422, KEEPS_HISTORIES, seen_by=SEES_HERE),
)
