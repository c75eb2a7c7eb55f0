"""Who may go through the doors to the aftermath, by the matrix of `access.py`."""

from tests.repository.access import ELSEWHERE, HERE, PEOPLE, SEES_HERE, Door, only

_SETTLES_CITY = frozenset({"city-fso", "city-regulator", "city-health", "city-agriculture"})
SETTLES = _SETTLES_CITY | {f"{HERE}-{body}" for body in ("gov", "fso", "regulator", "health")}
WATCHES = SETTLES | {"city-gov", "city-commission", f"{HERE}-commission"}
ELSEWHERE_SETTLES = frozenset(f"{ELSEWHERE}-{body}" for body in ("gov", "fso", "regulator", "health"))
SEES_YEARS = WATCHES | ELSEWHERE_SETTLES | {f"{ELSEWHERE}-commission"}
# Its own entry, or as the regulator in charge: the market regulator of the county, at Ⅳ.
CHANGES = frozenset({f"{HERE}-regulator"})
# The county's at Ⅳ.
DECLARES = frozenset({f"{HERE}-regulator"})

# The insurance regulator sees the two lists of what it was told of; the ledger's own pages are none of its business.
INSURANCE = frozenset({"city-insurance"})
TOLD = SEES_HERE | INSURANCE


def form(
    name: str, may: frozenset[str] = SETTLES, sent: int = 422, seen_by: frozenset[str] = SEES_HERE
) -> tuple[Door, Door]:
    """A page with a form, asked for and sent empty."""
    return (Door("GET", name, 200, may, seen_by=seen_by), Door("POST", name, sent, may, seen_by=seen_by))


AFTERMATH_DOORS: tuple[Door, ...] = (
    Door("GET", "aftermath:page", 200, WATCHES, seen_by=SEES_HERE),
    only("POST", "aftermath:page"),
    Door("GET", "aftermath:ledger", 200, WATCHES, seen_by=SEES_HERE),
    only("POST", "aftermath:ledger"),
    Door("GET", "aftermath:insurance", 200, WATCHES | INSURANCE, seen_by=TOLD),
    only("POST", "aftermath:insurance"),
    Door("GET", "aftermath:insured", 200, SETTLES | ELSEWHERE_SETTLES | INSURANCE),
    only("POST", "aftermath:insured"),
    Door("GET", "aftermath:this_year", 302, PEOPLE),
    only("POST", "aftermath:this_year"),
    Door("GET", "aftermath:year", 200, SEES_YEARS),
    only("POST", "aftermath:year"),
    Door("GET", "aftermath:year_file", 200, SEES_YEARS),
    only("POST", "aftermath:year_file"),
    *form("aftermath:enter", seen_by=TOLD),
    *form("aftermath:revise", CHANGES, seen_by=TOLD),
    *form("aftermath:withdraw", CHANGES, seen_by=TOLD),
    *form("aftermath:cost_of_measure"),
    *form("aftermath:cost_of_order"),
    *form("aftermath:pay"),
    *form("aftermath:party_paid"),
    *form("aftermath:end"),
    *form("aftermath:tell", SETTLES, 409),
    *form("aftermath:finish", DECLARES),
)
