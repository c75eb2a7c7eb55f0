"""Which numbers of people a report leaves out, so that neither a cell nor a total tells of one person (house rule, not the plan's)."""

from collections.abc import Sequence
from typing import Final

# 1 to 4 people could be named by who knows the place; 0 and 5 or more are told.
SMALL: Final = 5
LEFT_OUT: Final = "*"


def is_small(value: int) -> bool:
    """Say whether a number of people could name one of them."""
    return 0 < value < SMALL


def left_out(values: Sequence[int]) -> frozenset[int]:
    """Return the places of a column that are left out, when its sum is told unless it is small itself.

    Beside the small ones as many of the next larger are left out as it takes that nothing follows from the sum: at least two,
    with no fewer than SMALL people among them. A small sum is left out with all it is made of.
    """
    small = {place for place, value in enumerate(values) if is_small(value)}
    if not small:
        return frozenset()
    hidden = set(small)
    larger = sorted((value, place) for place, value in enumerate(values) if value and place not in small)
    for _value, place in larger:
        if len(hidden) > 1 and sum(values[each] for each in hidden) >= SMALL:
            break
        hidden.add(place)
    return frozenset(hidden)
