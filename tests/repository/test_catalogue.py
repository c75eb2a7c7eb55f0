"""The English of the public pages is whole: nothing missing, nothing stale, compiled as it is written."""

import re

import pytest

from tests.repository.catalogue import PO, catalogue, compiled, strings

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]+>")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
ENTRIES = [message for message in catalogue() if message.id]


def test_every_string_of_the_public_pages_is_in_the_catalogue_and_no_other() -> None:
    assert {message.id for message in ENTRIES} == strings(), "run `make messages`"
    assert len(ENTRIES) > 100


@pytest.mark.parametrize("message", ENTRIES, ids=lambda message: str(message.id)[:20])
def test_each_has_its_english_with_the_same_placeholders(message: object) -> None:
    source, english = message.id, message.string  # type: ignore[attr-defined]
    assert english
    assert not CHINESE.search(english)
    assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(source))


def test_the_compiled_file_says_what_the_written_one_says() -> None:
    assert PO.with_suffix(".mo").read_bytes() == compiled(), "run `make messages`"
