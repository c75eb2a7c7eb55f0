"""A revision of the plan from its file, and two editions side by side (9.1)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plan.classification import classify
from plan.clauses import plan_text
from plan.duties import PHONE, REPORT_AT_ONCE, WRITTEN, in_edition
from plan.edition import EDITION_2021
from plan.facts import parse_facts
from plan.levels import IncidentLevel
from plan.revising import BadEdition, Change, compare, compare_numbers, read_edition

pytestmark = pytest.mark.clause(184)

NUMBERS = """
number = "甬政办发〔2027〕1号"
title = "宁波市食品安全事故应急预案"
issuer = "宁波市人民政府办公厅"
issued_on = 2027-01-15
in_force_on = 2027-03-01
repeals = "甬政办发〔2021〕60号"
[thresholds]
ill_for_iii = 50
[hours]
phone_limit = 45
"""
WORDS = plan_text().replace("100人以上", "50人以上")


def test_a_revision_changes_what_it_names_and_nothing_else() -> None:
    edition = read_edition(NUMBERS, WORDS)
    assert edition.in_force_on == date(2027, 3, 1)
    assert edition.thresholds == replace(EDITION_2021.thresholds, ill_for_iii=50)
    assert edition.hours == replace(EDITION_2021.hours, phone_limit=timedelta(minutes=45))
    assert edition.switches == EDITION_2021.switches
    assert {each.name: (each.before, each.after) for each in compare_numbers(EDITION_2021, edition)} == {
        "ill_for_iii": (100, 50),
        "phone_limit": (60, 45),
    }


@pytest.mark.parametrize(("ill", "level"), [(49, "IV"), (50, "III"), (51, "III")])
def test_facts_are_graded_by_the_numbers_and_the_words_of_their_edition(ill: int, level: str) -> None:
    edition = read_edition(NUMBERS, WORDS)
    facts = parse_facts({"illness_count": ill, "death_count": 0, "is_food_borne_outbreak": True})
    found = classify(facts, edition)
    assert found.level is IncidentLevel(level)
    assert edition.number in found.explanation
    assert ("50人以上" in found.explanation) is (level == "III")
    assert classify(facts).level is IncidentLevel.IV


def test_legs_have_the_hours_of_their_edition_and_silence_stays_silence() -> None:
    edition, noon = read_edition(NUMBERS, WORDS), datetime(2027, 3, 1, 4, tzinfo=UTC)
    assert in_edition(PHONE, edition).limit_at(noon) == noon + timedelta(minutes=45)
    assert in_edition(WRITTEN, edition) == WRITTEN
    assert in_edition(REPORT_AT_ONCE, edition) is REPORT_AT_ONCE


@pytest.mark.parametrize(
    ("line", "instead", "fault"),
    [
        ("ill_for_iii = 50", "ill_for_iii = 0", "1以上的整数"),
        ("ill_for_iii = 50", "ill_for_iii = 30", "应少于较大"),
        ("ill_for_iii = 50", "ill_for_iii = true", "1以上的整数"),
        ("ill_for_iii = 50", "il_for_iii = 50", "没有“il_for_iii”"),
        ("in_force_on = 2027-03-01", "in_force_on = 2027-01-14", "早于印发日"),
        ("in_force_on = 2027-03-01", 'in_force_on = "soon"', "应为日期"),
        ("phone_limit = 45", "phone_limit = 29", "力争时限"),
        ("phone_limit = 45", "phone_limit = 100000", "核对单位"),
        ('issuer = "宁波市人民政府办公厅"', "", "缺少“issuer”"),
        ("〔2027〕1号", "〔2021〕60号", "文号与2021年版相同"),
        ("[hours]", "[hours", "不是TOML"),
    ],
)
def test_a_file_that_can_not_be_is_refused_with_what_is_wrong(line: str, instead: str, fault: str) -> None:
    assert line in NUMBERS
    with pytest.raises(BadEdition, match=fault):
        read_edition(NUMBERS.replace(line, instead), WORDS)


def test_words_without_the_items_that_grade_are_refused() -> None:
    with pytest.raises(BadEdition, match=r"2\.1\(1\)"):
        read_edition(NUMBERS, "## 1 总则\n空白。")


def test_editions_are_compared_clause_by_clause_and_word_by_word() -> None:
    words = WORDS.replace("### 9.3", "### 9.4")
    assert words != WORDS
    changes = {each.ref: each for each in compare(EDITION_2021, read_edition(NUMBERS, words))}
    assert {ref for ref, each in changes.items() if each.change is Change.CHANGED} >= {"2.3(2)"}
    pieces = [(each.text, each.change) for each in changes["2.3(2)"].pieces]
    assert ("100", Change.GONE) in pieces or ("10", Change.GONE) in pieces
    assert (changes["9.3"].change, changes["9.4"].change) == (Change.GONE, Change.ADDED)
    assert changes["1.3"].change is Change.SAME
