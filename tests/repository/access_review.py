"""The doors of `review`."""

from tests.repository.access import Door

REVIEW_DOORS: tuple[Door, ...] = ()
