"""The doors of `editions`."""

from tests.repository.access import Door

EDITION_DOORS: tuple[Door, ...] = ()
