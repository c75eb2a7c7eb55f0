"""The doors of `monitoring`."""

from tests.repository.access import Door

MONITORING_DOORS: tuple[Door, ...] = ()
