"""docs/plan-coverage.md says of every clause row what carries it, and is true."""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from ops.coverage import DOCUMENT
from plan.clauses import rows
from tests.repository.coverage_rows import ROWS
from tests.repository.plan_coverage import carriers, document, exists, line, marked_rows, marks, problems


def test_every_row_is_declared_and_every_declaration_is_true() -> None:
    assert problems() == []


def test_the_document_is_what_would_be_written_now() -> None:
    written = DOCUMENT.read_text(encoding="utf-8").splitlines()
    now = document().splitlines()
    assert [new for new in now if new not in written] == [], "run `make docs`"
    assert written == now


def test_the_document_lists_every_row_once() -> None:
    listed = re.findall(r"^\| (\d+) \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(number) for number in listed] == [row.number for row in rows()]


def routes(patterns: Iterable[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    """Every address, its arguments without their types."""
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, route)
        else:
            yield re.sub(r"<\w+:(\w+)>", r"<\1>", route)


def test_every_address_that_carries_a_row_resolves() -> None:
    named = {carrier for row in ROWS for carrier in carriers(row) if carrier.startswith("/")}
    assert named
    assert named - set(routes(get_resolver().url_patterns)) == set()


@pytest.mark.parametrize(
    ("carrier", "found"),
    [
        ("plan/grading.py:ITEMS", True),
        ("plan/grading.py:Item", True),
        ("plan/grading.py:NOWHERE", False),
        ("plan/nowhere.py", False),
        ("docs/glossary.md", True),
        ("manage.py classify", True),
        ("manage.py nothing", False),
    ],
)
def test_a_carrier_is_looked_up_where_it_is_said_to_be(carrier: str, found: bool) -> None:
    assert exists(carrier) is found


MARKED = """
pytestmark = [pytest.mark.django_db, pytest.mark.clause(1)]
@pytest.mark.clause(2, 3)
@pytest.mark.parametrize("x", [1])
def test_one(x): ...
@pytest.mark.xfail
@pytest.mark.clause(4)
def test_not_expected_to_pass(): ...
@pytest.mark.skip("later")
@pytest.mark.clause(5)
def test_not_run(): ...
@pytest.mark.clause(6)
def no_test(): ...
class TestMore:
    pytestmark = pytest.mark.clause(7)
    def test_two(self): ...
"""


def test_marks_of_modules_classes_and_functions_count_where_a_test_can_pass() -> None:
    assert sorted(set(marked_rows(ast.parse(MARKED)))) == [1, 2, 3, 7]


def test_tests_name_their_rows() -> None:
    assert "unit/plan/test_grading.py" in marks()[25]
    assert "`unit/plan/test_grading.py`" in line(rows()[24])
