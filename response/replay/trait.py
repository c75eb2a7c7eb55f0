"""One thing that can be expected of a row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Trait:
    """How a storyline writes it, and where it is found."""

    kind: Any
    of: Callable[[Any], Any]
