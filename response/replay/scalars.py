"""Readers of values that hold no others: times, numbers, words, and values that no type describes."""

import enum
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from response.replay.scope import BadValue, Moment, Reader, Scope


def raw(_kind: Any) -> Reader:
    """Return what reads a value that no type describes: moments in it become ISO texts."""

    def read(value: Any, scope: Scope, key: str) -> Any:
        match value:
            case Moment(text):
                return _moment(text, scope, key).isoformat()
            case dict():
                return {name: read(inside, scope, f"{key}.{name}") for name, inside in value.items()}
            case list():
                return [read(inside, scope, f"{key}[{index}]") for index, inside in enumerate(value)]
        return value

    return read


def nothing(_kind: Any) -> Reader:
    """Return what reads emptiness and nothing else."""

    def read(value: Any, _scope: Scope, key: str) -> None:
        if value is not None:
            raise BadValue(key, "must be empty")

    return read


def plain(kind: type[Any]) -> Reader:
    """Return what reads a value of exactly this type: true is no number."""

    def read(value: Any, _scope: Scope, key: str) -> Any:
        if type(value) is not kind:
            raise BadValue(key, f"must be of type {kind.__name__}, is {value!r}")
        return value

    return read


def exact(_kind: Any) -> Reader:
    """Return what reads an amount, written as text so that no digit of it is a guess."""

    def read(value: Any, _scope: Scope, key: str) -> Decimal:
        try:
            return Decimal(value if isinstance(value, str) else "")
        except InvalidOperation as error:
            raise BadValue(key, f"{value!r} is no amount in quotation marks") from error

    return read


def member(kind: type[enum.Enum]) -> Reader:
    """Return what reads a member of an enumeration by its value."""

    def read(value: Any, _scope: Scope, key: str) -> enum.Enum:
        if value not in [member.value for member in kind]:
            raise BadValue(key, f"must be one of {', '.join(str(member.value) for member in kind)}")
        return kind(value)

    return read


def instant(_kind: Any) -> Reader:
    """Return what reads a moment, as an ISO time or an offset."""

    def read(value: Any, scope: Scope, key: str) -> datetime:
        return _moment(value.text if isinstance(value, Moment) else value, scope, key)

    return read


def day(_kind: Any) -> Reader:
    """Return what reads a date: the day of a moment."""

    def read(value: Any, scope: Scope, key: str) -> date:
        return _moment(value, scope, key).date()

    return read


def _moment(value: Any, scope: Scope, key: str) -> datetime:
    try:
        return scope.calendar.moment(str(value))
    except ValueError as error:
        raise BadValue(key, f"{value!r} is no ISO time and no offset such as +90m") from error


def uuid(_kind: Any) -> Reader:
    """Return what reads a UUID."""

    def read(value: Any, _scope: Scope, key: str) -> UUID:
        try:
            return UUID(str(value))
        except ValueError as error:
            raise BadValue(key, f"{value!r} is no UUID") from error

    return read
