"""The doors of `drills`."""

from tests.repository.access import Door

DRILL_DOORS: tuple[Door, ...] = ()
