"""The doors of `aftermath`."""

from tests.repository.access import Door

AFTERMATH_DOORS: tuple[Door, ...] = ()
