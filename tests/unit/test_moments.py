"""Instants and numbers as each language writes them, and no other way on any page (A58)."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation

from accounts import moments

# Half past midnight of the next day in Ningbo.
LATE = datetime(2026, 11, 3, 16, 30, 59, tzinfo=UTC)
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# For machines: what scripts read; and what a field for a date holds.
MACHINE = {"c", "U"}
FIELD = re.compile(r'value="\{\{ [^}]* \}\}"')


@pytest.mark.parametrize(
    ("written", "chinese", "english"),
    [
        (moments.day, "11月4日", "4 Nov"),
        (moments.minute, "11月4日 00:30", "4 Nov 00:30"),
        (moments.whole_day, "2026年11月4日", "4 Nov 2026"),
        (moments.whole_minute, "2026年11月4日 00:30", "4 Nov 2026 00:30"),
        (moments.whole_second, "2026年11月4日 00:30:59", "4 Nov 2026 00:30:59"),
        (moments.time_of_day, "00:30", "00:30"),
        (moments.second_of_day, "00:30:59", "00:30:59"),
    ],
)
def test_an_instant_is_written_as_the_language_does(written: object, chinese: str, english: str) -> None:
    assert callable(written)
    for language, expected in (("zh-hans", chinese), ("en", english)):
        with translation.override(language):
            assert written(LATE) == expected


def test_a_day_is_of_no_zone_and_a_number_is_grouped_where_the_language_does() -> None:
    with translation.override("en"):
        assert moments.whole_day(date(2026, 5, 1)) == "1 May 2026"
        assert [moments.grouped(each) for each in (999, 1000, 1234567)] == ["999", "1,000", "1,234,567"]
    with translation.override("zh-hans"):
        assert moments.grouped(1234567) == "1234567"


def test_no_template_writes_a_date_in_a_way_of_its_own() -> None:
    found = {
        form
        for path in TEMPLATES.rglob("*.html")
        for form in re.findall(r'\|(?:date|time):"([^"]*)"', FIELD.sub("", path.read_text(encoding="utf-8")))
    }
    assert found == MACHINE
