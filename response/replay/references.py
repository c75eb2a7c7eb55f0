"""Rows that a storyline speaks of: by the name an earlier step gave them, by their own code, or by what they hold."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.db.models import ForeignKey, Model

from accounts.models import HospitalKey, Jurisdiction, Organisation, User
from incidents.models import Fact, FactKind, Incident, Place
from reporting.models import Report

CODES: Mapping[type[Model], str] = {
    Organisation: "code",
    Jurisdiction: "code",
    User: "username",
    HospitalKey: "organisation__code",
    Place: "name",
    Incident: "number",
}


def follow(path: str, named: Mapping[str, Any]) -> Any:
    """Return what `name.attribute.0` leads to, rows as they are in the database now; raises LookupError."""
    first, *rest = path.split(".")
    if first not in named:
        raise LookupError(f"no earlier step is named {first!r}")
    found = _fresh(named[first])
    for part in rest:
        found = _fresh(_inside(found, part))
    return found


def find(kind: type[Model], value: Any, named: Mapping[str, Any]) -> Model:
    """Return the row of this kind that a storyline means; raises LookupError."""
    if isinstance(value, dict):
        return _one(kind, {name: _held(kind, name, inside, named) for name, inside in value.items()})
    text = str(value)
    if text.split(".", maxsplit=1)[0] in named:
        found = follow(text, named)
        if not isinstance(found, kind):
            raise LookupError(f"{text!r} is no {kind.__name__}")
        return found
    if kind not in CODES:
        raise LookupError(f"no earlier step is named {text!r}")
    return _one(kind, {CODES[kind]: text})


def _inside(found: Any, part: str) -> Any:
    """Take one step: an index of a list, the fact of this kind that a report stated, or an attribute."""
    if isinstance(found, list | tuple) and part.isdigit() and int(part) < len(found):
        return found[int(part)]
    if isinstance(found, Report) and part in FactKind.values:
        return _one(Fact, {"report_ref": str(found.ref), "kind": part, "corrects": None})
    if part.startswith("_") or not hasattr(found, part):
        raise LookupError(f"{found!r} has no {part!r}")
    return getattr(found, part)


def _fresh(found: Any) -> Any:
    if isinstance(found, Model):
        return type(found)._default_manager.get(pk=found.pk)
    return found


def _held(kind: type[Model], name: str, value: Any, named: Mapping[str, Any]) -> Any:
    """Read what a column must hold: a row, where it points to one."""
    try:
        column = kind._meta.get_field(name)
    except FieldDoesNotExist as error:
        raise LookupError(f"{kind.__name__} has no {name!r}") from error
    if isinstance(column, ForeignKey) and value is not None:
        return find(column.related_model, value, named)
    return value


def _one(kind: type[Model], lookups: Mapping[str, Any]) -> Model:
    conditions = {
        f"{name}__isnull" if value is None else name: value is None or value
        for name, value in lookups.items()
    }
    said = ", ".join(f"{name}={value}" for name, value in lookups.items())
    try:
        rows = list(kind._default_manager.filter(**conditions)[:2])
    except (FieldError, ValidationError, ValueError, TypeError) as error:
        raise LookupError(f"{kind.__name__} can't be sought by {said}") from error
    if len(rows) != 1:
        raise LookupError(f"{'no' if not rows else 'more than one'} {kind.__name__} with {said}")
    return rows[0]
