"""Facts in, assessments out, one JSON object a line: what other systems call as `manage.py classify`.

Lines are UTF-8 and end in LF or CRLF; a byte-order mark at the start is ignored. A line holds the facts bare, an `id`
beside them if the sender likes, or under `facts` with an `id`. A bad line, an empty one too, is answered in its place:
answer n is always that of line n.
"""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plan.classification import classify
from plan.facts import FactError, parse_facts

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MAX_INTEGER_DIGITS = 4000  # Python itself refuses to print integers of more than 4,300 digits


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one line, without its line end, and whether the line was bad."""

    text: bytes
    bad: bool


def answers(lines: Iterable[bytes]) -> Iterator[Answer]:
    """Answer the lines in order, each as it comes."""
    for number, line in enumerate(lines):
        yield _answer(line.removeprefix(BYTE_ORDER_MARK) if number == 0 else line)


class _Object(dict[str, object]):
    """A JSON object that remembers a key given twice."""

    repeated: str | None = None


def _object(pairs: list[tuple[str, object]]) -> _Object:
    read = _Object()
    for key, value in pairs:
        if key in read:
            read.repeated = key
        read[key] = value
    return read


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= MAX_INTEGER_DIGITS else math.inf


def _answer(line: bytes) -> Answer:
    try:
        given = json.loads(line.decode("utf-8"), object_pairs_hook=_object, parse_int=_integer)
    except (ValueError, RecursionError):
        return _refused(None, None, "不是合法的 UTF-8 编码的 JSON")
    if not isinstance(given, _Object):
        return _refused(None, None, "每行必须是一个 JSON 对象")
    identifier = given.get("id")
    try:
        _check_identifier(identifier)
    except FactError as error:
        return _refused(None, error.key, error.reason_zh)
    try:
        return _graded(identifier, _facts_of(given))
    except FactError as error:
        return _refused(identifier, error.key, error.reason_zh)


def _facts_of(given: _Object) -> _Object:
    _check_not_repeated(given)
    if "facts" not in given:
        return _Object((key, value) for key, value in given.items() if key != "id")
    for key in given:
        if key not in {"id", "facts"}:
            raise FactError(key, "未知的字段")
    facts = given["facts"]
    if not isinstance(facts, _Object):
        raise FactError("facts", "必须是一个 JSON 对象")
    _check_not_repeated(facts)
    return facts


def _check_not_repeated(given: _Object) -> None:
    if given.repeated is not None:
        raise FactError(given.repeated, "同一字段出现了两次")


def _check_identifier(identifier: object) -> None:
    if isinstance(identifier, dict | list):
        raise FactError("id", "必须是字符串、数字或 null")
    if isinstance(identifier, float) and not math.isfinite(identifier):
        raise FactError("id", "必须是有限的数字")
    if isinstance(identifier, str) and not identifier.isascii():
        try:
            identifier.encode("utf-8")
        except UnicodeEncodeError:
            raise FactError("id", "含有不成对的代理字符") from None


def _graded(identifier: object, facts: _Object) -> Answer:
    assessment = classify(parse_facts(facts))
    result = {
        "id": identifier,
        "level": assessment.level.value,
        "clauses": assessment.clauses,
        "other_clauses": assessment.other_clauses,
        "needs_person": [str(question) for question in assessment.needs_person],
        "warnings": assessment.warnings,
        "explanation": assessment.explanation,
        "edition": assessment.edition.number,
    }
    return Answer(_encode(result), bad=False)


def _refused(identifier: object, key: str | None, reason_zh: str) -> Answer:
    return Answer(_encode({"id": identifier, "error": {"key": key, "reason": reason_zh}}), bad=True)


def _encode(value: dict[str, object]) -> bytes:
    # a lone surrogate in an unknown key comes out as the JSON escape it came in as
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")
