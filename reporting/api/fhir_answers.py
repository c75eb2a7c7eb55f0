"""From a patient's food history as a FHIR questionnaire to the exposures of a case (3.4.2)."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from reporting.api.case_input import ExposureInput
from reporting.api.fhir_elements import Resource, first, parts

FIELDS: Final = frozenset(ExposureInput().fields)
TIMES: Final = frozenset({"eaten_at"})
ANSWERS: Final = ("valueString", "valueDateTime", "valueInteger", "valueBoolean")


def exposures_of(response: Resource, note: Callable[[str], object]) -> list[dict[str, Any]]:
    """Return an exposure for each group of answers whose `linkId`s are the names of an exposure's fields; the rest is named.

    `food` and `history.food` are the same field.
    """
    found = [_exposure(group, note) for group in _groups(response)]
    return [said for said in found if said]


def _groups(node: Any) -> Iterator[Any]:
    """Yield the node and every item within that has items of its own."""
    if any(True for _item in parts(node, "item")):
        yield node
        for item in parts(node, "item"):
            yield from _groups(item)


def _exposure(group: Any, note: Callable[[str], object]) -> dict[str, Any]:
    said = {}
    for item in parts(group, "item"):
        if next(parts(item, "item"), None) is not None:
            continue
        name = first(item, "linkId").rpartition(".")[2]
        answer = _answer(item)
        if name not in FIELDS or answer in (None, "") or (name in TIMES and ":" not in str(answer)):
            note("QuestionnaireResponse.item")
        else:
            said[name] = answer
    return said


def _answer(item: Any) -> Any:
    plain = (found for name in ANSWERS for found in parts(item, "answer", name))
    coded = first(item, "answer", "valueCoding", "display") or first(item, "answer", "valueCoding", "code")
    return next(plain, coded)
