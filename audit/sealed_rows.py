"""Holds the rows that the evidence log vouches for against what it recorded of them."""

import json
from collections import defaultdict
from collections.abc import Iterator

from django.apps import apps

from audit.models import Sealed
from audit.seals import name_of, seal

BATCH = 500
ROWS = '"rows":{'

Place = tuple[str, int]


def sealed_models() -> list[type[Sealed]]:
    """Return every model whose rows are sealed."""
    return [model for model in apps.get_models() if issubclass(model, Sealed)]


class SealCheck:
    """Takes the log's rows one after the other, and says in the end which sealed rows differ, are gone or unknown."""

    def __init__(self) -> None:
        """Start with nothing noted."""
        self.rows = 0
        self._hashed_before = {
            model.hashed_before[0]: model.hashed_before[1] for model in sealed_models() if model.hashed_before
        }
        self._hashes: dict[str, str] = {}
        self._noted: dict[str, dict[str, tuple[str, Place]]] = defaultdict(dict)

    def note(self, chain: str, seq: int, subject: str, payload: str) -> None:
        """Remember what one row of the log vouches for."""
        if subject.partition(":")[0] in self._hashed_before and ROWS not in payload:
            self._hashes[subject] = payload
        for name, digest in rows_of(payload).items():
            label, _colon, pk = name.rpartition(":")
            self._noted[label][pk] = (digest, (chain, seq))

    def faults(self) -> Iterator[tuple[str, int, str]]:
        """Yield chain, place and reason for each sealed row that is not as recorded."""
        for model in sealed_models():
            noted = self._noted.pop(model._meta.label_lower, {})
            for row in model._default_manager.order_by("pk").iterator(chunk_size=BATCH):
                self.rows += 1
                digest, (chain, seq) = noted.pop(str(row.pk), ("", ("sealed rows", 0)))
                if not digest and not self._was_hashed(row):
                    yield chain, seq, f"{name_of(row)} is not on record"
                elif digest and digest != seal(row):
                    yield chain, seq, f"{name_of(row)} no longer says what was recorded"
            for pk, (_digest, (chain, seq)) in noted.items():
                yield chain, seq, f"{model._meta.label_lower}:{pk} is gone"
        for label, noted in self._noted.items():
            for _digest, (chain, seq) in noted.values():
                yield chain, seq, f"it vouches for a row of {label}, which is no table"

    def _was_hashed(self, row: Sealed) -> bool:
        subject, field = row.hashed_before or ("", "")
        said = self._hashes.get(f"{subject}:{row.pk}", "")
        return f'"sha256":"{getattr(row, field)}"' in said if said else False


def rows_of(payload: str) -> dict[str, str]:
    """Return the seals of a payload; of one that was tampered with, and is named for it, none."""
    try:
        rows: dict[str, str] = json.loads(payload)["rows"] if ROWS in payload else {}
    except (KeyError, TypeError, ValueError):
        return {}
    return rows
