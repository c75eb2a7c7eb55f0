"""The glossary names everything the plan package names, once, and cites real places."""

import re
from collections import Counter
from pathlib import Path

from plan import duties
from plan.authority import Act
from plan.clauses import has_clause, readings
from plan.facts import DeterminingBody, Facts
from plan.glossary import terms_by_clause
from plan.groups import Group
from plan.levels import IncidentLevel, ResponseLevel
from plan.offices import OfficeKind
from plan.terms import TERMS

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
TEMPLATES = GLOSSARY.parents[1] / "templates"
ROW = re.compile(r"\| (?P<term>[^|]+) \| `(?P<name>[^`]+)` \| (?P<clause>[^|]+) \| (?P<note>[^|]*) ?\|")


def entries() -> list[re.Match[str]]:
    return [row for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if (row := ROW.fullmatch(line))]


def names_in_the_plan() -> set[str]:
    enums = (IncidentLevel, ResponseLevel, OfficeKind, Act, Group, DeterminingBody, duties.ClockStart)
    members = {f"{kind.__name__}.{member.name}" for kind in enums for member in kind}
    return (
        members
        | {name for name in vars(duties) if name.startswith("DUTY_")}
        | set(Facts.__dataclass_fields__)
    )


def test_every_level_office_act_group_duty_and_fact_is_in_the_glossary() -> None:
    assert names_in_the_plan() - {entry["name"] for entry in entries()} == set()


def test_the_glossary_names_no_member_that_is_gone() -> None:
    qualified = {
        entry["name"]
        for entry in entries()
        if re.match(r"(IncidentLevel|OfficeKind|Act|Group)\.", entry["name"])
    }
    assert qualified <= names_in_the_plan()


def test_each_term_and_each_name_stands_once() -> None:
    for column in ("term", "name"):
        twice = [word for word, count in Counter(entry[column] for entry in entries()).items() if count > 1]
        assert twice == []


def test_the_terms_that_pages_explain_are_founded_where_the_glossary_says() -> None:
    founded = {entry["term"]: entry["clause"] for entry in entries()}
    assert {term: founded.get(term) for term in TERMS} == TERMS


def test_every_term_is_explained_on_a_page() -> None:
    pages = " ".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("**/*.html"))
    assert set(re.findall(r'{% term "([^"]+)" %}', pages)) == set(TERMS)


def test_the_page_of_terms_lists_what_the_plan_has_and_nothing_of_ours() -> None:
    shown = {term: ref for ref, terms in terms_by_clause().items() for term in terms}
    assert shown == {entry["term"]: entry["clause"] for entry in entries() if entry["clause"] != "–"}


def test_every_clause_and_reading_exists() -> None:
    assert len(entries()) >= 60
    for entry in entries():
        assert entry["clause"] == "–" or has_clause(entry["clause"]), entry["term"]
        assert set(re.findall(r"\bA\d+\b", entry["note"])) <= set(readings())


def test_every_table_line_is_read() -> None:
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    headers = [line for line in lines if line == "| Term | Name | Clause | Note |"]
    assert len(lines) - len(headers) == len(entries())
