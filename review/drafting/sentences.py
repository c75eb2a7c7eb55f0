"""Sentences drafted from the record, each with the rows it rests on, and what of a text still is one of them (7.2)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Model

from audit.seals import name_of

WRITTEN_BY_PEOPLE: Final[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One paragraph and the names of the rows it was drawn from, e.g. `reporting.obligation:12`; none where people wrote it."""

    text: str
    sources: tuple[str, ...]


def drawn(text: str, rows: Iterable[Model]) -> Sentence:
    """Return a sentence drawn from these rows."""
    return Sentence(text, tuple(dict.fromkeys(name_of(row) for row in rows)))


def text_of(sentences: Iterable[Sentence]) -> str:
    """Return sentences as a text, a paragraph each."""
    return "\n".join(each.text for each in sentences)


def traced(text: str, drafted: Sequence[Sentence]) -> list[Sentence]:
    """Return a text paragraph by paragraph: what reads as it was drafted keeps its sources, all else is people's."""
    known = {each.text: each for each in drafted}
    return list(_traced(text, known))


def _traced(text: str, known: dict[str, Sentence]) -> Iterator[Sentence]:
    for line in text.splitlines():
        said = line.strip()
        if said:
            yield known.get(said, Sentence(said, WRITTEN_BY_PEOPLE))
