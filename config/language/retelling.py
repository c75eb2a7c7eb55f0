"""Retells in English what is stored or named in Chinese, by the catalogue: the plan's terms, refusals, composed titles.

Only a text that the catalogue knows as a whole is retold; what people wrote themselves stays as they wrote it.
"""

import html
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from gettext import GNUTranslations
from itertools import chain
from typing import Final, NamedTuple

from django.conf import settings

CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
# What is quoted as printed, typed in or a program's is never touched.
KEPT: Final = (
    r"<(script|style|textarea|pre|code)\b.*?</\2>|<(\w+)\b[^>]*\blang=\"zh-CN\"[^>]*>.*?</\3>|<!--.*?-->"
)
MARKUP: Final = re.compile(rf"({KEPT}|<[^>]+>)", re.DOTALL)
SPOKEN: Final = re.compile(
    r'(\s(?:aria-label|title|placeholder|alt|data-label|data-left-word|data-over-word|data-copied)=")([^"]+)(")'
)
PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[sd]|%[sd]")
# Where a text is cut into parts, the longest parts first: sentences, members of a list, what is added in brackets.
SEVERAL: Final = 2
CUTS: Final = tuple(
    re.compile(f"({cut})")
    for cut in (r"(?<=。)", r"\s*[；→]\s*", r"[、：\s]+", "[（）]", r"[\s、，；：（）“”·\d]+")
)
MARKS: Final = str.maketrans(
    {"、": ", ", "，": ", ", "；": "; ", "：": ": ", "。": ". ", "（": " (", "）": ") ", "“": "“", "”": "”"}
)
# No element may stand inside these.
TEXT_ONLY: Final = ("<option", "<title", "<text", "<tspan")
# With fewer characters of its own a sentence could be anybody's: then all that fills its gaps must be known too.
ENOUGH_OF_ITS_OWN: Final = 6
# A part of a county's name and what it is; and a run of Chinese inside a sentence that is English already.
COUNTY: Final = re.compile(r"(..[区县市])(.+)")
ENGLISH: Final = re.compile(r"[A-Za-z]{2}|[;,:] ")
RUN: Final = re.compile(
    r"(?<![A-Za-z\u4e00-\u9fff])[\u4e00-\u9fffⅠ-Ⅳ]"
    r"(?:[\u4e00-\u9fff\dⅠ-Ⅳ/、，；：（）().]*[\u4e00-\u9fff）])?(?![A-Za-z\u4e00-\u9fff])"
)
REMEMBERED: Final = 4096


class Sentence(NamedTuple):
    """A sentence of the catalogue with gaps; without its longest words no text need be tried."""

    words: str
    pattern: re.Pattern[str]
    gaps: tuple[str, ...]
    english: str
    is_plain: bool


def retold_page(page: str) -> str:
    """Return the page with what the catalogue knows in English and the rest marked as Chinese."""
    parts = MARKUP.split(page)
    out, before = [], ""
    # Each text is followed by a tag and the two names that the pattern of kept parts remembers.
    for at in range(0, len(parts), 4):
        text, tag = parts[at], parts[at + 1] if at + 1 < len(parts) else ""
        out.append(_text(text, before) if CHINESE.search(text) else text.translate(MARKS))
        is_kept = at + 1 < len(parts) and (parts[at + 2] or parts[at + 3])
        out.append(tag if is_kept else _tag(tag))
        before = tag
    return "".join(out)


def _text(text: str, before: str) -> str:
    core = text.strip()
    told = html.escape(retold(html.unescape(core)), quote=False)
    if CHINESE.search(told) and not before.startswith(TEXT_ONLY):
        told = f'<span lang="zh-CN">{told}</span>'
    return text.replace(core, told)


def _tag(tag: str) -> str:
    if not CHINESE.search(tag):
        return tag
    return SPOKEN.sub(lambda found: found[1] + html.escape(retold(html.unescape(found[2]))) + found[3], tag)


@lru_cache(maxsize=REMEMBERED)
def retold(text: str) -> str:
    """Return a text in English if the catalogue knows all of it, else as it is; Chinese in English run by run."""
    told = _retold(text)
    if CHINESE.search(told) and ENGLISH.search(told):
        told = RUN.sub(lambda run: _retold(run[0]), told)
        return told if CHINESE.search(told) else told.translate(MARKS)
    return told


def _retold(text: str) -> str:
    if not CHINESE.search(text):
        return text
    known, sentences = _catalogue()
    if text in known:
        return known[text]
    if (county := COUNTY.fullmatch(text)) and county[1] in known and county[2] in known:
        return f"{known[county[1]]} {known[county[2]]}"
    near = (each for each in sentences if each.words in text)
    ours = (_filled(each, found) for each in near if (found := each.pattern.fullmatch(text)))
    parts = (_in_parts(cut.split(text)) for cut in CUTS)
    return next(filter(None, chain(parts, ours)), text)


def _filled(sentence: Sentence, found: re.Match[str]) -> str:
    """Put what fills the gaps into the English; nothing where the sentence is no proof that it is ours."""
    values = [retold(value) for value in found.groups()]
    is_open = any(
        CHINESE.search(told) or ENGLISH.search(value)
        for told, value in zip(values, found.groups(), strict=True)
    )
    if is_open and not sentence.is_plain:
        return ""
    if not all(sentence.gaps):
        return PLACEHOLDER.sub("%s", sentence.english) % tuple(values)
    return PLACEHOLDER.sub(r"%(\1)s", sentence.english) % dict(zip(sentence.gaps, values, strict=True))


def _in_parts(parts: Sequence[str]) -> str:
    """Retell sentences, a list or a label with its value, if each part is known."""
    parts = [part for part in parts if part]
    if len(parts) < SEVERAL:
        return ""
    told = "".join(retold(part) if CHINESE.search(part) else part.translate(MARKS) for part in parts)
    if CHINESE.search(told):
        return ""
    return re.sub(r" {2,}", " ", told).replace(" ,", ",").replace(" .", ".").strip()


@cache
def _catalogue() -> tuple[Mapping[str, str], tuple[Sentence, ...]]:
    """Read the compiled catalogue: plain texts, and sentences with gaps, those that say most first."""
    path = settings.LOCALE_PATHS[0] / "en" / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        messages = vars(GNUTranslations(file))["_catalog"]
    said = {key: text for key, text in messages.items() if isinstance(key, str) and key and text}
    plain = {key: text for key, text in said.items() if not PLACEHOLDER.search(key)}
    sentences = [_sentence(key, text) for key, text in said.items() if PLACEHOLDER.search(key)]
    return plain, tuple(sorted(sentences, key=lambda each: -len(each.pattern.pattern)))


def _sentence(msgid: str, english: str) -> Sentence:
    gaps = tuple(found[1] or "" for found in PLACEHOLDER.finditer(msgid))
    own = [part.replace("%%", "%") for part in re.split(r"%\(\w+\)[sd]|%[sd]", msgid)]
    pattern = re.compile("(.+?)".join(map(re.escape, own)), re.DOTALL)
    is_plain = len(CHINESE.findall("".join(own))) >= ENOUGH_OF_ITS_OWN
    return Sentence(max(own, key=len), pattern, gaps, english, is_plain)
