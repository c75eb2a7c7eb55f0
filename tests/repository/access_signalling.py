"""Who may go through the doors of signals: who watches over food and health sees them, the desks judge (4.1, 8.2)."""

from tests.repository.access import DESKS_HERE, ELSEWHERE, HERE, PEOPLE, Door, only

CITY = frozenset({"city-fso", "city-regulator", "city-health", "city-cdc"})
SEES_HERE = CITY | {f"{HERE}-{body}" for body in ("fso", "regulator", "health", "cdc")}
SEES = SEES_HERE | {f"{ELSEWHERE}-{body}" for body in ("fso", "regulator", "health", "cdc")}
HOSPITALS = frozenset({"hosp-yinzhou-people", "hosp-first"})
OWN = frozenset({"hosp-yinzhou-people"})
# To another hospital the case does not exist.
KNOWS = PEOPLE - (HOSPITALS - OWN)


def judging(method: str, name: str, status: int) -> Door:
    """A page on which a signal of one county is judged."""
    return Door(method, f"response:{name}", status, DESKS_HERE, seen_by=SEES_HERE)


SIGNAL_DOORS: tuple[Door, ...] = (
    Door("GET", "response:signal_list", 200, SEES),
    only("POST", "response:signal_list"),
    Door("GET", "response:signal", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "response:signal"),
    judging("GET", "take_up_signal", 200),
    judging("POST", "take_up_signal", 422),
    judging("GET", "dismiss_signal", 200),
    judging("POST", "dismiss_signal", 422),
    judging("GET", "take_back_signal", 200),
    judging("POST", "take_back_signal", 422),
    Door("GET", "response:single_cases", 200, HOSPITALS),
    Door("POST", "response:single_cases", 422, HOSPITALS),
    only("GET", "response:confirm_cases"),
    Door("POST", "response:confirm_cases", 422, HOSPITALS),
    Door("GET", "response:single_case_template", 200, HOSPITALS),
    only("POST", "response:single_case_template"),
    Door("GET", "response:withdraw_case", 200, OWN, seen_by=KNOWS),
    Door("POST", "response:withdraw_case", 422, OWN, seen_by=KNOWS),
)
