import json
from typing import Any

import pytest

from plan.jsonl import answers

GOOD = b'{"illness_count": 94, "death_count": 0}'
KEYS = ["id", "level", "clauses", "other_clauses", "needs_person", "warnings", "explanation", "edition"]


def answered(*lines: bytes) -> list[dict[str, Any]]:
    return [json.loads(answer.text.decode("utf-8")) for answer in answers(lines)]


def test_bare_facts_are_answered_with_every_key() -> None:
    (answer,) = answered(GOOD)
    assert list(answer) == KEYS
    assert answer["id"] is None
    assert (answer["level"], answer["clauses"], answer["edition"]) == (
        "IV",
        ["2.4(2)"],
        "甬政办发〔2021〕60号",
    )
    assert answer["other_clauses"] == answer["needs_person"] == answer["warnings"] == []


@pytest.mark.parametrize(
    ("line", "identifier"),
    [
        (b'{"id": "a", "facts": {"illness_count": 1, "death_count": 0}}', "a"),
        ('{"id": "甬-1", "facts": {"illness_count": 1, "death_count": 0}}'.encode(), "甬-1"),
        (b'{"facts": {"illness_count": 1, "death_count": 0}}', None),
        (b'{"id": 7, "facts": {"illness_count": 1, "death_count": 0}}', 7),
        (b'{"id": "b", "illness_count": 1, "death_count": 0}', "b"),
    ],
)
def test_the_id_is_given_back(line: bytes, identifier: object) -> None:
    (answer,) = answered(line)
    assert answer["id"] == identifier
    assert answer["level"] == "below"


BAD: list[tuple[bytes, str | None]] = [
    (b"nonsense", None),
    (b"\xff\xfe{}", None),
    (b'{"illness_count": 1,', None),
    (b"[1]", None),
    (b"null", None),
    (b"3", None),
    (b"[" * 100_000, None),
    (b'{"a":' * 100_000, None),
    (b"{}", "illness_count"),
    (b'{"facts": {}}', "illness_count"),
    (b'{"facts": 3}', "facts"),
    (b'{"facts": {"illness_count": 1, "death_count": 0}, "note": 1}', "note"),
    (b'{"illness_count": 1, "death_count": 0, "severe": 1}', "severe"),
    (b'{"illness_count": 1, "death_count": true}', "death_count"),
    (b'{"illness_count": -1, "death_count": 0}', "illness_count"),
    (b'{"illness_count": 1.0, "death_count": 0}', "illness_count"),
    (b'{"illness_count": NaN, "death_count": 0}', "illness_count"),
    (b'{"illness_count": Infinity, "death_count": 0}', "illness_count"),
    (b'{"illness_count": 1, "death_count": -Infinity}', "death_count"),
    (b'{"illness_count": 1e999, "death_count": 0}', "illness_count"),
    (b'{"illness_count": ' + b"9" * 5000 + b', "death_count": 0}', "illness_count"),
    (b'{"illness_count": 1, "death_count": 0, "illness_count": 2}', "illness_count"),
    (b'{"id": 1, "facts": {"death_count": 0, "illness_count": 1, "death_count": 0}}', "death_count"),
    (b'{"illness_count": 1, "death_count": 0, "\\ud800": 1}', "\ud800"),
    (b'{"id": "\\ud800", "illness_count": 1, "death_count": 0}', "id"),
    (b'{"id": NaN, "illness_count": 1, "death_count": 0}', "id"),
    (b'{"id": [1], "illness_count": 1, "death_count": 0}', "id"),
]


@pytest.mark.parametrize(("line", "key"), BAD, ids=range(len(BAD)))
def test_a_bad_line_is_answered_in_its_place_naming_key_and_reason(line: bytes, key: str | None) -> None:
    before, bad, after = answers([GOOD, line, GOOD])
    assert (before.bad, bad.bad, after.bad) == (False, True, False)
    answer = json.loads(bad.text.decode("utf-8"))
    assert list(answer) == ["id", "error"]
    assert answer["error"]["key"] == key
    assert answer["error"]["reason"]


def test_a_bad_line_keeps_its_id() -> None:
    (answer,) = answered(b'{"id": "x9", "facts": {"illness_count": 1, "death_count": 0, "death_count": 1}}')
    assert answer["id"] == "x9"


def test_mark_and_line_ends_do_not_matter_and_an_empty_line_is_answered_in_its_place() -> None:
    lines = [b"\xef\xbb\xbf" + GOOD + b"\r\n", b"\r\n", GOOD + b"\n", b"  \n"]
    first, empty, second, blank = answered(*lines)
    assert (first["level"], second["level"]) == ("IV", "IV")
    assert empty["error"]
    assert blank["error"]


def test_lines_are_answered_as_they_come() -> None:
    def endless() -> Any:
        while True:
            yield GOOD

    stream = answers(endless())
    assert next(stream).text == next(stream).text
    assert b"\n" not in next(stream).text


def test_a_large_but_readable_number_is_graded() -> None:
    (answer,) = answered(b'{"illness_count": ' + b"9" * 400 + b', "death_count": 0}')
    assert answer["level"] == "III"
