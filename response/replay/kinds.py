"""The types of an action's arguments, described for whoever writes a storyline."""

import dataclasses
import enum
import inspect
import typing
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin


def type_name(kind: Any) -> str:
    """Return the name of a type as its author wrote it, without modules."""
    if isinstance(kind, type) and not get_args(kind):
        return "None" if kind is NoneType else kind.__name__
    if kind is Ellipsis:
        return "..."
    inside = [type_name(part) for part in get_args(kind)]
    if get_origin(kind) in {Union, UnionType}:
        return " | ".join(inside)
    name = getattr(get_origin(kind), "__name__", str(kind).removeprefix("typing."))
    return f"{name}[{', '.join(inside)}]" if inside else name


def types_within(kind: Any) -> Iterator[type[Any]]:
    """Yield the dataclasses and enumerations a type is made of."""
    for part in get_args(kind):
        yield from types_within(part)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        yield kind
        for inside in typing.get_type_hints(kind).values():
            yield from types_within(inside)
    elif isinstance(kind, type) and issubclass(kind, enum.Enum):
        yield kind


def described(kind: type[Any]) -> dict[str, Any]:
    """Return what a dataclass or an enumeration is made of, as JSON values."""
    if issubclass(kind, enum.Enum):
        return {"one_of": [member.value for member in kind]}
    types = typing.get_type_hints(kind)
    fields = [field for field in dataclasses.fields(kind) if field.init]
    return {
        "meaning": inspect.getdoc(kind) or "",
        "fields": [
            {"name": field.name, "type": type_name(types[field.name]), "required": is_required(field)}
            for field in fields
        ],
    }


def is_required(field: "dataclasses.Field[Any]") -> bool:
    """Whether a dataclass can't be made without this field."""
    return field.default is field.default_factory is dataclasses.MISSING
