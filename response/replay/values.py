"""From what a storyline writes to what an action takes, guided by the action's own annotations."""

import dataclasses
import enum
import typing
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID

from django.db.models import Model

from incidents.models import Fact
from response.replay import scalars
from response.replay.kinds import is_required, type_name
from response.replay.references import find, follow
from response.replay.scope import BadValue, Reader, Scope


def reader_for(kind: Any) -> Reader:
    """Return what reads a value of this type; raises TypeError for a type that no storyline can write."""
    made = _reader(kind)

    def read(value: Any, scope: Scope, key: str) -> Any:
        if isinstance(value, str) and value.startswith("$"):
            return _referred(kind, value.removeprefix("$"), scope, key)
        return made(value, scope, key)

    return read


@cache
def _reader(kind: Any) -> Reader:
    for fits, make in _MAKERS:
        if fits(kind):
            return make(kind)
    raise TypeError(f"no storyline can write a {type_name(kind)}")


def _referred(kind: Any, path: str, scope: Scope, key: str) -> Any:
    """Follow `$name.attribute`; where a number is wanted, a fact stands for the number its statement is known by."""
    try:
        found = follow(path, scope.named)
    except LookupError as error:
        raise BadValue(key, str(error)) from error
    if kind is int and isinstance(found, Fact):
        return found.statement_id
    if isinstance(kind, type) and not isinstance(found, kind):
        raise BadValue(key, f"${path} is no {type_name(kind)}")
    return found


def _union(kind: Any) -> Reader:
    readers = [reader_for(part) for part in get_args(kind)]

    def read(value: Any, scope: Scope, key: str) -> Any:
        problems = []
        for reader in readers:
            try:
                return reader(value, scope, key)
            except BadValue as problem:
                problems.append(problem)
        raise max(problems, key=lambda problem: len(problem.key))

    return read


def _many(kind: Any) -> Reader:
    origin, inside = get_origin(kind), get_args(kind)
    reader = reader_for(inside[0])
    collect: Callable[[Iterable[Any]], Any] = {tuple: tuple, frozenset: frozenset, set: set}.get(origin, list)

    def read(value: Any, scope: Scope, key: str) -> Any:
        if not isinstance(value, list):
            raise BadValue(key, "must be a list")
        return collect(reader(one, scope, f"{key}[{index}]") for index, one in enumerate(value))

    return read


def _pair(kind: Any) -> Reader:
    readers = [reader_for(part) for part in get_args(kind)]

    def read(value: Any, scope: Scope, key: str) -> Any:
        if not isinstance(value, list) or len(value) != len(readers):
            raise BadValue(key, f"must be a list of {len(readers)}")
        each = enumerate(zip(readers, value, strict=True))
        return tuple(reader(one, scope, f"{key}[{index}]") for index, (reader, one) in each)

    return read


def _mapping(kind: Any) -> Reader:
    name_reader, reader = (reader_for(part) for part in get_args(kind))

    def read(value: Any, scope: Scope, key: str) -> dict[Any, Any]:
        given = _object(value, key).items()
        return {name_reader(name, scope, key): reader(one, scope, f"{key}.{name}") for name, one in given}

    return read


def _row(kind: type[Model]) -> Reader:
    def read(value: Any, scope: Scope, key: str) -> Model:
        try:
            return find(kind, value, scope.named)
        except LookupError as error:
            raise BadValue(key, str(error)) from error

    return read


def _structure(kind: type[Any]) -> Reader:
    types = typing.get_type_hints(kind)
    readers = {field.name: reader_for(types[field.name]) for field in dataclasses.fields(kind) if field.init}
    required = {field.name for field in dataclasses.fields(kind) if field.init and is_required(field)}

    def read(value: Any, scope: Scope, key: str) -> Any:
        given = _object(value, key)
        for name in given:
            if name not in readers:
                raise BadValue(f"{key}.{name}", f"unknown; known are {', '.join(readers)}")
        for name in sorted(required - given.keys()):
            raise BadValue(f"{key}.{name}", "missing")
        fields = {name: readers[name](one, scope, f"{key}.{name}") for name, one in given.items()}
        return kind(**fields | {name: mark for name, mark in scope.marks.items() if name in readers})

    return read


def _object(value: Any, key: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadValue(key, "must be a mapping of names to values")
    return value


def _is(*kinds: type[Any]) -> Callable[[Any], bool]:
    return lambda kind: isinstance(kind, type) and issubclass(kind, kinds)


def _is_pair(kind: Any) -> bool:
    return get_origin(kind) is tuple and Ellipsis not in get_args(kind) and bool(get_args(kind))


_LISTS = frozenset({list, tuple, set, frozenset, Sequence, Iterable, Collection, AbstractSet})
_MAKERS: tuple[tuple[Callable[[Any], bool], Callable[[Any], Reader]], ...] = (
    (lambda kind: kind in {Any, object}, scalars.raw),
    (lambda kind: get_origin(kind) in {Union, UnionType}, _union),
    (_is_pair, _pair),
    (lambda kind: get_origin(kind) in _LISTS and bool(get_args(kind)), _many),
    (lambda kind: get_origin(kind) in {dict, Mapping} and bool(get_args(kind)), _mapping),
    (lambda kind: kind is NoneType, scalars.nothing),
    (_is(Model), _row),
    (lambda kind: isinstance(kind, type) and dataclasses.is_dataclass(kind), _structure),
    (_is(enum.Enum), scalars.member),
    (_is(datetime), scalars.instant),
    (_is(date), scalars.day),
    (_is(UUID), scalars.uuid),
    (_is(Decimal), scalars.exact),
    (lambda kind: kind in {bool, int, str, bytes}, scalars.plain),
)
