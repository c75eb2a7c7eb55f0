"""Who may go through the doors to what is watched, to hazards and to warnings, by the matrix of `access.py`.

There is a hazard of the county that nobody was told of, and a warning of its regulator, in force, sent to its health office and government.
"""

from tests.repository.access import (
    DESKS_HERE,
    ELSEWHERE,
    EVERYONE,
    HERE,
    PEOPLE,
    Door,
    api,
    only,
)

CITY_MONITORS = frozenset({"city-fso", "city-regulator", "city-health", "city-cdc", "city-agriculture"})
MONITORS_HERE = CITY_MONITORS | {f"{HERE}-{body}" for body in ("fso", "regulator", "health", "cdc")}
MONITORS_ELSEWHERE = frozenset(f"{ELSEWHERE}-{body}" for body in ("fso", "regulator", "health", "cdc"))
MONITORS = MONITORS_HERE | MONITORS_ELSEWHERE
REGULATORS = frozenset({f"{HERE}-regulator", f"{ELSEWHERE}-regulator", "city-regulator", "city-agriculture"})
ISSUES = frozenset({f"{HERE}-regulator"})
WAS_SENT = frozenset({f"{HERE}-health", f"{HERE}-gov"})
SEES_WARNING = CITY_MONITORS | ISSUES | WAS_SENT
REPORTS = frozenset({"city-fso", "city-regulator", f"{HERE}-regulator"})


def _form(name: str, may: frozenset[str], seen_by: frozenset[str] = PEOPLE) -> tuple[Door, Door]:
    """A form: shown, and sent empty."""
    return (
        Door("GET", f"monitoring:{name}", 200, may, seen_by=seen_by),
        Door("POST", f"monitoring:{name}", 422, may, seen_by=seen_by),
    )


def _shown(name: str, may: frozenset[str], seen_by: frozenset[str] = PEOPLE) -> tuple[Door, Door]:
    """A page that only shows."""
    return Door("GET", f"monitoring:{name}", 200, may, seen_by=seen_by), only("POST", f"monitoring:{name}")


def _act(name: str, status: int, may: frozenset[str], seen_by: frozenset[str] = PEOPLE) -> tuple[Door, Door]:
    """An act without a form."""
    return only("GET", f"monitoring:{name}"), Door("POST", f"monitoring:{name}", status, may, seen_by=seen_by)


def _food(method: str, status: int) -> Door:
    """Of a food on the county's register; to those who watch elsewhere it does not exist."""
    hidden = MONITORS_ELSEWHERE | {"manager-elsewhere"}
    return Door(method, "monitoring:strike_food", status, MONITORS_HERE, hidden_from=hidden)


MONITORING_DOORS: tuple[Door, ...] = (
    *_shown("overview", MONITORS),
    *_act("export", 200, MONITORS),
    *_shown("sharing", MONITORS),
    *_form("new_observation", MONITORS),
    *_form("import_table", MONITORS),
    *_act("confirm_table", 422, MONITORS),
    *_shown("table_template", MONITORS),
    *_shown("foods", MONITORS),
    *_form("new_food", MONITORS),
    _food("GET", 200),
    _food("POST", 422),
    *_shown("hazards", MONITORS),
    *_form("new_hazard", MONITORS),
    *_shown("hazard", MONITORS_HERE, MONITORS_HERE),
    *_form("control_hazard", MONITORS_HERE, MONITORS_HERE),
    *_form("tell_of_hazard", MONITORS_HERE, MONITORS_HERE),
    *_form("withdraw_hazard", MONITORS_HERE, MONITORS_HERE),
    *_act("report_hazard", 302, DESKS_HERE, MONITORS_HERE),
    *_shown("warnings", PEOPLE),
    *_form("new_warning", REGULATORS),
    *_shown("warning", SEES_WARNING, SEES_WARNING),
    *_form("draft_bulletin", ISSUES, SEES_WARNING),
    *_form("drop_draft", ISSUES, SEES_WARNING),
    # Nothing waits to be signed.
    *_act("sign_warning", 409, ISSUES, SEES_WARNING),
    *_act("confirm_warning", 302, WAS_SENT, SEES_WARNING),
    *_form("answer_warning", ISSUES | WAS_SENT, SEES_WARNING),
    *_act("report_warning", 302, REPORTS, SEES_WARNING),
    *_shown("notice_file", SEES_WARNING, SEES_WARNING),
    *_shown("cap_file", SEES_WARNING, SEES_WARNING),
    Door("GET", "monitoring:cap_feed", 200, EVERYONE),
    only("POST", "monitoring:cap_feed"),
    # Of no bulletin that there is.
    Door("GET", "monitoring:cap_message", 404, EVERYONE),
    only("POST", "monitoring:cap_message"),
    Door("GET", "monitoring:helpers_word", 200, EVERYONE),
    Door("POST", "monitoring:helpers_word", 422, EVERYONE),
    *(
        door
        for space in ("warnings_public", "warnings_public_en")
        for door in (
            Door("GET", f"{space}:list", 200, EVERYONE),
            only("POST", f"{space}:list"),
            Door("GET", f"{space}:one", 404, EVERYONE),
            only("POST", f"{space}:one"),
        )
    ),
    # A hospital's key reports cases and nothing else.
    api("GET", "monitoring_api:observations", 405),
    api("POST", "monitoring_api:observations", 403),
)
