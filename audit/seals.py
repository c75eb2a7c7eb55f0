"""Seals: the hashes by which the evidence log vouches for what append-only rows say, not only that they exist."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model

from audit.models import Sealed
from audit.record import canonical_json


def seals(rows: Iterable[Sealed]) -> dict[str, str]:
    """Return the hash of each saved row by its name, for the `rows` of an audit payload (预案 5.1: 不得伪造)."""
    return {name_of(row): seal(row) for row in rows}


def seal(row: Sealed) -> str:
    """Return the hash of a row as it may leave the house."""
    return hashlib.sha256(canonical_json(disclosed(row, withheld=row.withheld)).encode()).hexdigest()


def name_of(row: Model) -> str:
    """Return what a payload calls a row, e.g. `incidents.fact:12`."""
    return f"{row._meta.label_lower}:{row.pk}"


def disclosed(row: Model, *, withheld: Iterable[str] = ()) -> dict[str, Any]:
    """Return every stored field of a row as JSON can hold it; of what may name a person, and of files, only a hash."""
    content = {field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}
    for name in row.added_later if isinstance(row, Sealed) else ():
        if not content[name]:
            del content[name]
    for name in withheld:
        said = content.get(name)
        if said:
            # The database keeps an object's names in an order of its own.
            words = canonical_json(said) if isinstance(said, dict) else said
            text = f"{name_of(row)}:{name}:{words}"
            content[name] = {"sha256": hashlib.sha256(text.encode()).hexdigest()}
    return content


def utc(moment: datetime) -> str:
    """Return an instant as the evidence log writes it: UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"sha256": hashlib.sha256(value).hexdigest()}
    if isinstance(value, datetime):
        return utc(value)
    return value if isinstance(value, str | int | float | list | dict | None) else str(value)
