"""Who may go through the doors to measures, disputes and working groups, by the matrix of `access.py`."""

from tests.repository.access import HERE, SEES_HERE, Door, only

SEALS = frozenset({"city-regulator", "city-agriculture", f"{HERE}-regulator"})
KEEPS_TASK = SEALS | {"city-fso", f"{HERE}-fso"}
SAMPLES = frozenset({"city-regulator", "city-cdc", f"{HERE}-regulator", f"{HERE}-cdc"})
KEEPS_DISPUTES = frozenset({"city-politics-law", f"{HERE}-gov"})
OF_DISPUTE = KEEPS_DISPUTES | {"city-petitions"}
COMMANDS_CITY = frozenset({"city-commission", "city-fso"})
IN_GROUP = frozenset({"city-regulator", "city-police", "city-agriculture"})

MEASURE_DOORS: tuple[Door, ...] = (
    Door("GET", "response:measures", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "response:measures"),
    Door("GET", "response:take", 200, SEALS, seen_by=SEES_HERE),
    Door("POST", "response:take", 422, SEALS, seen_by=SEES_HERE),
    Door("GET", "response:go_on", 200, SAMPLES, seen_by=SEES_HERE),
    Door("POST", "response:go_on", 422, SAMPLES, seen_by=SEES_HERE),
    Door("GET", "response:retract", 200, SAMPLES, seen_by=SEES_HERE),
    Door("POST", "response:retract", 422, SAMPLES, seen_by=SEES_HERE),
    Door("GET", "response:task", 200, KEEPS_TASK, seen_by=SEES_HERE),
    Door("POST", "response:task", 422, KEEPS_TASK, seen_by=SEES_HERE),
    Door("GET", "response:disputes", 200, OF_DISPUTE, seen_by=SEES_HERE),
    only("POST", "response:disputes"),
    Door("GET", "response:new_dispute", 200, KEEPS_DISPUTES, seen_by=SEES_HERE),
    Door("POST", "response:new_dispute", 422, KEEPS_DISPUTES, seen_by=SEES_HERE),
    Door("GET", "response:dispute", 200, OF_DISPUTE, seen_by=OF_DISPUTE),
    Door("POST", "response:dispute", 422, OF_DISPUTE, seen_by=OF_DISPUTE),
    Door("GET", "response:groups", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "response:groups"),
    Door("GET", "response:set_up_group", 200, COMMANDS_CITY, seen_by=SEES_HERE),
    Door("POST", "response:set_up_group", 422, COMMANDS_CITY, seen_by=SEES_HERE),
    Door("GET", "response:group_report", 200, IN_GROUP, seen_by=SEES_HERE),
    Door("POST", "response:group_report", 302, IN_GROUP, seen_by=SEES_HERE),
    Door("GET", "response:change_group", 200, COMMANDS_CITY, seen_by=SEES_HERE),
    Door("POST", "response:change_group", 302, COMMANDS_CITY, seen_by=SEES_HERE),
    only("GET", "response:leave_group"),
    Door("POST", "response:leave_group", 302, COMMANDS_CITY, seen_by=SEES_HERE),
)
