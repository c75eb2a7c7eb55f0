"""Who may go through the doors to the first page, the board's pages, search, files and the handover, by the matrix of `access.py`."""

from tests.repository.access import HERE, MANAGE, NO_OFFICE, PEOPLE, SEES, SEES_HERE, WATCHES, Door, only

IN_OFFICE = PEOPLE - {NO_OFFICE}
TAKES = frozenset({f"{HERE}-regulator"})

BOARD_DOORS: tuple[Door, ...] = (
    Door("GET", "home", 200, PEOPLE),
    only("POST", "home"),
    Door("GET", "response:desk_part", 200, PEOPLE),
    only("POST", "response:desk_part"),
    Door("GET", "response:board", 200, WATCHES),
    only("POST", "response:board"),
    Door("GET", "response:board_clocks", 200, WATCHES),
    only("POST", "response:board_clocks"),
    Door("GET", "response:board_counties", 200, WATCHES),
    only("POST", "response:board_counties"),
    Door("GET", "response:board_work", 200, WATCHES),
    only("POST", "response:board_work"),
    Door("GET", "response:board_part", 200, WATCHES),
    only("POST", "response:board_part"),
    Door("GET", "response:search", 200, PEOPLE),
    only("POST", "response:search"),
    Door("GET", "response:export", 200, SEES),
    only("POST", "response:export"),
    Door("GET", "response:brief", 200, WATCHES),
    only("POST", "response:brief"),
    Door("GET", "response:brief_file", 200, WATCHES),
    only("POST", "response:brief_file"),
    Door("GET", "response:incident_brief", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "response:incident_brief"),
    Door("GET", "response:incident_brief_file", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "response:incident_brief_file"),
    Door("GET", "response:glossary", 200, PEOPLE),
    only("POST", "response:glossary"),
    Door("GET", "response:components", 200, MANAGE),
    only("POST", "response:components"),
    Door("GET", "response:handover", 200, IN_OFFICE),
    Door("POST", "response:handover", 422, IN_OFFICE),
    only("GET", "response:take_handover"),
    Door("POST", "response:take_handover", 302, TAKES, seen_by=TAKES),
)
