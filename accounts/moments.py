"""Instants, days and numbers as the reader's language writes them: one place for all pages, in Beijing time (A58)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import get_language

ENGLISH: Final = "en"
# In Chinese and in English; the month is a word where day and month could be taken for each other.
_FORMS: Final[Mapping[str, tuple[str, str]]] = {
    "day": ("n月j日", "j M"),
    "minute": ("n月j日 H:i", "j M H:i"),
    "whole_day": ("Y年n月j日", "j M Y"),
    "whole_minute": ("Y年n月j日 H:i", "j M Y H:i"),
    "whole_second": ("Y年n月j日 H:i:s", "j M Y H:i:s"),
    "time": ("H:i", "H:i"),
    "second": ("H:i:s", "H:i:s"),
}


def day(value: date) -> str:
    """Return a day of the year that is plain from where it stands."""
    return _written(value, "day")


def minute(value: datetime) -> str:
    """Return an instant as a minute of the year that is plain from where it stands (A58)."""
    return _written(value, "minute")


def whole_day(value: date) -> str:
    """Return a day with its year."""
    return _written(value, "whole_day")


def whole_minute(value: datetime) -> str:
    """Return an instant as a minute, with its year."""
    return _written(value, "whole_minute")


def whole_second(value: datetime) -> str:
    """Return an instant to the second, with its year."""
    return _written(value, "whole_second")


def time_of_day(value: datetime) -> str:
    """Return the hour and minute of a day that is plain from where it stands."""
    return _written(value, "time")


def second_of_day(value: datetime) -> str:
    """Return the time of a day to the second."""
    return _written(value, "second")


def grouped(value: int) -> str:
    """Return a whole number, its thousands set apart where the language does so."""
    return f"{value:,}" if get_language() == ENGLISH else str(value)


def yuan(amount: Decimal) -> str:
    """Return an amount of money to the cent, its thousands set apart in either language."""
    return f"{amount:,.2f}"


def _written(value: date, form: str) -> str:
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    chinese, english = _FORMS[form]
    return formatted(local, english if get_language() == ENGLISH else chinese)
