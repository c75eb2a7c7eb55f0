"""Who may go through the doors of the response: its page, the form of each act, an order's own page."""

from tests.repository.access import (
    CITY_OFFICES,
    DESKS_HERE,
    ELSEWHERE,
    FIXES_LEVELS_HERE,
    HERE,
    NO_OFFICE,
    PEOPLE,
    SEES,
    SEES_HERE,
    Door,
    only,
)

# The city's health commission keeps its own card, 市食药安办 every member's of the city.
KEEPS_CARD = frozenset({"city-fso", "city-health"})
# Of the acts one stands for all: which office may take which is the subject of the tests of each action.
ASKED = frozenset({f"{HERE}-health"})

# Patients one by one: who enters them, and beside them the offices that judge by them; the hospital that reported too.
KEEPS_PATIENTS = frozenset({"city-health", f"{HERE}-health", "hosp-yinzhou-people"})
SEES_PATIENTS = KEEPS_PATIENTS | FIXES_LEVELS_HERE
ASSESSES = FIXES_LEVELS_HERE | {f"{ELSEWHERE}-fso"}
KNOWS = SEES_HERE | {"hosp-yinzhou-people"}

# Line lists record by record: who investigates patients, and who decides what belongs together.
DECIDES_PAIRS = DESKS_HERE
UNMASKS = frozenset({"city-fso", "city-health", "city-cdc"}) | {
    f"{HERE}-{body}" for body in ("regulator", "health", "cdc")
}
HOSPITALS = frozenset({"hosp-yinzhou-people", "hosp-first"})
SEES_CASES = DECIDES_PAIRS | UNMASKS

RESPONSE_DOORS: tuple[Door, ...] = (
    Door("GET", "response:responding", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "response:responding"),
    Door("GET", "response:act", 200, FIXES_LEVELS_HERE, seen_by=SEES_HERE),
    Door("POST", "response:act", 422, FIXES_LEVELS_HERE, seen_by=SEES_HERE),
    Door("GET", "response:act_on", 200, ASKED, seen_by=SEES_HERE),
    Door("POST", "response:act_on", 422, ASKED, seen_by=SEES_HERE),
    Door("GET", "response:patients", 200, SEES_PATIENTS, seen_by=KNOWS),
    only("POST", "response:patients"),
    Door("GET", "response:new_patients", 200, KEEPS_PATIENTS, seen_by=KNOWS),
    Door("POST", "response:new_patients", 422, KEEPS_PATIENTS, seen_by=KNOWS),
    only("GET", "response:take_lists"),
    Door("POST", "response:take_lists", 302, KEEPS_PATIENTS, seen_by=KNOWS),
    Door("GET", "response:patient", 200, SEES_PATIENTS, seen_by=KNOWS),
    only("POST", "response:patient"),
    Door("GET", "response:transfer_patient", 200, KEEPS_PATIENTS, seen_by=KNOWS),
    Door("POST", "response:transfer_patient", 422, KEEPS_PATIENTS, seen_by=KNOWS),
    Door("GET", "response:take_back_turn", 200, KEEPS_PATIENTS, seen_by=KNOWS),
    Door("POST", "response:take_back_turn", 422, KEEPS_PATIENTS, seen_by=KNOWS),
    Door("GET", "response:cases", 200, SEES_CASES, seen_by=SEES_HERE),
    only("POST", "response:cases"),
    Door("GET", "response:same_person", 200, DECIDES_PAIRS, seen_by=SEES_HERE),
    Door("POST", "response:same_person", 422, DECIDES_PAIRS, seen_by=SEES_HERE),
    Door("GET", "response:case_person", 200, UNMASKS, seen_by=SEES_HERE),
    Door("POST", "response:case_person", 422, UNMASKS, seen_by=SEES_HERE),
    Door("GET", "response:line_lists", 200, HOSPITALS),
    Door("POST", "response:line_lists", 422, HOSPITALS),
    only("GET", "response:confirm_list"),
    Door("POST", "response:confirm_list", 422, HOSPITALS),
    Door("GET", "response:line_list_template", 200, HOSPITALS),
    only("POST", "response:line_list_template"),
    Door("GET", "response:experts", 200, ASSESSES),
    Door("POST", "response:experts", 422, frozenset({"city-fso"})),
    only("GET", "response:drop_expert"),
    Door("POST", "response:drop_expert", 302, frozenset({"city-fso"})),
    Door("GET", "response:data_requests", 200, PEOPLE),
    only("POST", "response:data_requests"),
    Door("GET", "response:data_request", 200, ASKED, seen_by=ASKED),
    Door("POST", "response:data_request", 422, ASKED, seen_by=ASKED),
    Door("GET", "response:orders", 200, PEOPLE),
    only("POST", "response:orders"),
    Door("GET", "response:approvals", 200, SEES),
    only("POST", "response:approvals"),
    Door("GET", "response:members", 200, SEES | {"city-emergency", "city-ecology"}),
    only("POST", "response:members"),
    Door("GET", "response:member", 200, KEEPS_CARD, seen_by=CITY_OFFICES | {NO_OFFICE}),
    Door("POST", "response:member", 302, KEEPS_CARD, seen_by=CITY_OFFICES | {NO_OFFICE}),
    Door("GET", "response:order", 200, ASKED, seen_by=ASKED),
    Door("POST", "response:order", 302, ASKED, seen_by=ASKED),
)
