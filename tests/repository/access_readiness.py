"""The doors of `readiness`."""

from tests.repository.access import Door

READINESS_DOORS: tuple[Door, ...] = ()
