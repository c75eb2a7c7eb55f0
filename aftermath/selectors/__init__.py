"""What others read of the aftermath: when it was finished, what went on, what it cost (7.1, 7.2)."""

from aftermath.selectors.costs import costs_by_kind, costs_of_year
from aftermath.selectors.finishing import carried_over, finished_at, last_finish
from aftermath.selectors.open_items import open_items

__all__ = ["carried_over", "costs_by_kind", "costs_of_year", "finished_at", "last_finish", "open_items"]
