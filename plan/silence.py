"""Where the plan gives no number, the software says so instead of filling one in (A19)."""

import enum
from typing import Final


class Silence(enum.Enum):
    """The single value that stands for 'the plan does not say'."""

    NOT_SPECIFIED = "not_specified"


NOT_SPECIFIED: Final = Silence.NOT_SPECIFIED
