"""How one place is written by several doctors: with its area, as the registered company, with spaces and wide letters; assumed."""

import random
from typing import Final

from accounts.data.jurisdictions import CITY_NAME, COUNTIES
from incidents.places import normalise
from reporting.signalling.parameters import SignalKind

NAMES: Final = {county.code: county.name for county in COUNTIES}
# Of ten places one has a name that other counties' places have as well.
SHARED_EVERY: Final = 10
AS_OWN, WITH_COUNTY, WITH_CITY, AS_COMPANY = 0.45, 0.65, 0.75, 0.9


def own_name(number: int, county: str) -> str:
    """Return the name of a county's place, some of them the same in every county."""
    return f"同名{number}坊" if number % SHARED_EVERY == 0 else f"{NAMES[county][0]}记{number}坊"


def written(own: str, county: str, rng: random.Random) -> str:
    """Return a name as somebody writes it."""
    drawn, city = rng.random(), CITY_NAME[0]
    if drawn < AS_OWN:
        return own
    if drawn < WITH_COUNTY:
        return f"{NAMES[county]}{own}"
    if drawn < WITH_CITY:
        return f"{city}{NAMES[county]} {own}"
    if drawn < AS_COMPANY:
        return f"{city[:-1]}{own}有限公司"
    return " ".join(own)


def as_written(kind: SignalKind, name: str) -> str:
    """Return the trace of a name compared as it is written, but for width, spaces and punctuation."""
    return f"{kind.value}|{normalise(name)}"
