"""The doors of `readiness`: the register of stores of one county, its drills, and what an incident asks of it."""

from tests.repository.access import (
    CITY_SEES,
    DESKS_HERE,
    ELSEWHERE,
    HERE,
    PEOPLE,
    SEES_HERE,
    WATCHES,
    Door,
    only,
)

# The city's bodies that watch and its CDC, this county's, and elsewhere those who see their own area's registers alone.
SEES_REGISTERS = WATCHES | {"city-cdc", f"{HERE}-cdc", f"{ELSEWHERE}-cdc"}
SEES_THIS = (
    CITY_SEES
    | {"city-cdc"}
    | {f"{HERE}-{body}" for body in ("gov", "commission", "fso", "regulator", "health", "cdc")}
)
# To offices elsewhere this county's registers do not exist; without the right it is refused first.
KNOWS = PEOPLE - (SEES_REGISTERS - SEES_THIS) - {"manager-elsewhere"}
KEEPS = frozenset({f"{HERE}-fso"})
SETS_INTERVALS = frozenset({"city-fso"})
SEEKS = SEES_HERE & SEES_REGISTERS
ASKS = SEEKS - {"city-gov", "city-duty"}
ANSWERS = frozenset({f"{HERE}-fso", f"{HERE}-regulator"})


def here(method: str, name: str, status: int = 200, may: frozenset[str] = SEES_THIS) -> Door:
    """A door of this county's registers."""
    return Door(method, f"readiness:{name}", status, may, seen_by=KNOWS)


READINESS_DOORS: tuple[Door, ...] = (
    Door("GET", "readiness:readiness", 200, SEES_REGISTERS),
    only("POST", "readiness:readiness"),
    Door("GET", "readiness:check_intervals", 200, SEES_REGISTERS),
    Door("POST", "readiness:check_intervals", 422, SETS_INTERVALS),
    here("GET", "area"),
    only("POST", "readiness:area"),
    here("GET", "drills"),
    here("POST", "drills", 422, DESKS_HERE),
    here("GET", "evaluate_drill", may=DESKS_HERE),
    here("POST", "evaluate_drill", 422, DESKS_HERE),
    here("GET", "use_stock"),
    here("POST", "use_stock", 422, KEEPS),
    here("GET", "replenish_stock", may=KEEPS),
    here("POST", "replenish_stock", 422, KEEPS),
    here("GET", "register"),
    only("POST", "readiness:register"),
    here("GET", "new_entry", may=KEEPS),
    here("POST", "new_entry", 422, KEEPS),
    here("GET", "export"),
    only("POST", "readiness:export"),
    here("GET", "import", may=KEEPS),
    here("POST", "import", 422, KEEPS),
    only("GET", "readiness:confirm_import"),
    here("POST", "confirm_import", 422, KEEPS),
    here("GET", "template", may=KEEPS),
    only("POST", "readiness:template"),
    here("GET", "entry", may=KEEPS),
    here("POST", "entry", 422, KEEPS),
    only("GET", "readiness:check_entry"),
    here("POST", "check_entry", 302, KEEPS),
    only("GET", "readiness:remove_entry"),
    here("POST", "remove_entry", 409, KEEPS),
    Door("GET", "readiness:support", 200, SEEKS, seen_by=SEES_HERE),
    only("POST", "readiness:support"),
    Door("GET", "readiness:ask_support", 200, ASKS, seen_by=SEES_HERE),
    Door("POST", "readiness:ask_support", 422, ASKS, seen_by=SEES_HERE),
    Door("GET", "readiness:support_request", 200, ANSWERS, seen_by=ANSWERS),
    Door("POST", "readiness:support_request", 422, frozenset({f"{HERE}-fso"}), seen_by=ANSWERS),
)
