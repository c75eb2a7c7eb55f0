"""Answers to the rows of a batch, each in its place: accepted, known already, or refused and why."""

from typing import Any, Protocol

from rest_framework.exceptions import ValidationError

from reporting.problems import problem_of


class Fate(Protocol):
    """What became of a row that could be read; `code` and `why` if it was refused."""

    @property
    def is_new(self) -> bool: ...
    @property
    def revision(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def why(self) -> str: ...


def row_answer(index: int, fate: Fate, *, is_test: bool, **named: str) -> dict[str, Any]:
    """Return the answer to a row that could be read; `named` is what its sender calls it."""
    word = "refused" if fate.code else "accepted" if fate.is_new else "known"
    row = {"index": index, "fate": word, **named, "revision": fate.revision, "is_test": is_test}
    if fate.code:
        row["problem"] = {"code": fate.code, "detail": fate.why, "errors": []}
    return row


def unreadable_row(
    index: int, wrong: ValidationError, *, under: str, clause: str, detail: str, is_test: bool
) -> dict[str, Any]:
    """Say what is wrong with a row, by pointers into the whole body; nothing of what was sent is repeated."""
    problem = problem_of(wrong)
    errors = [
        {**error.as_dict(), "field": f"/{under}/{index}{error.field}", "clause": clause}
        for error in problem.errors
    ]
    row = {"index": index, "fate": "refused", "is_test": is_test}
    return {**row, "problem": {"code": problem.code, "detail": detail, "errors": errors}}
