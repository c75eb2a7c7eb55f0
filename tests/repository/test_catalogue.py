"""The English catalogue is whole: nothing missing, stale, empty or fuzzy, the gaps equal, compiled as it is written."""

import re
from typing import Any

from babel.messages.catalog import Message

from tests.repository.catalogue import PO, catalogue, compiled, strings

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]+>")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# A document's number, or a word that has to be typed or found in Chinese, is quoted as it is.
QUOTED = re.compile(r"甬政办发〔\d{4}〕\d+号|“[\u4e00-\u9fff]+”")
ENOUGH = 4000
ENTRIES = [message for message in catalogue() if message.id]


def forms(said: Any) -> tuple[str, ...]:
    """The singular and the plural, or the one form there is."""
    return (said,) if isinstance(said, str) else tuple(said)


def is_whole(message: Message) -> bool:
    """Whether there is English in every form, none of it Chinese, with the same gaps."""
    said = zip(forms(message.id), forms(message.string), strict=True)
    return all(
        english
        and not CHINESE.search(QUOTED.sub("", english))
        and sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(source))
        for source, english in said
    )


def test_every_string_is_in_the_catalogue_and_no_other() -> None:
    written = {forms(message.id) for message in ENTRIES}
    assert written == {forms(message) for message in strings()}, "run `make messages`"
    assert len(written) > ENOUGH


def test_each_has_its_english_with_the_same_placeholders() -> None:
    assert [message.id for message in ENTRIES if not is_whole(message)] == []
    assert not any(message.fuzzy for message in ENTRIES)


def test_the_compiled_file_says_what_the_written_one_says() -> None:
    assert PO.with_suffix(".mo").read_bytes() == compiled(), "run `make messages`"
