"""The English catalogue: every entry has its English with the same placeholders, compiled as it is written."""

import re

import pytest

from tests.repository.catalogue import PO, catalogue, compiled

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]+>")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
DOCUMENT = re.compile(r"甬政办发〔\d{4}〕\d+号")
ENTRIES = [message for message in catalogue() if message.id]


@pytest.mark.parametrize("message", ENTRIES, ids=lambda message: str(message.id)[:20])
def test_each_has_its_english_with_the_same_placeholders(message: object) -> None:
    source, english = message.id, message.string  # type: ignore[attr-defined]
    assert english
    # A document's number is cited as it is printed.
    assert not CHINESE.search(DOCUMENT.sub("", english))
    assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(source))


def test_the_compiled_file_says_what_the_written_one_says() -> None:
    assert PO.with_suffix(".mo").read_bytes() == compiled(), "run `make messages`"
