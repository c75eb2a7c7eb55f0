"""Retells in English what is stored or named in Chinese, by the catalogue: the plan's terms, refusals, composed titles.

Only a text that the catalogue knows as a whole is retold; what people wrote themselves stays as they wrote it.
"""

import html
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from gettext import GNUTranslations
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
BETWEEN: Final = re.compile(r"([\s、，；：。（）“”·\d]+)")
MARKS: Final = str.maketrans(
    {"、": ", ", "，": ", ", "；": "; ", "：": ": ", "。": ". ", "（": " (", "）": ") ", "“": "“", "”": "”"}
)
# No element may stand inside these.
TEXT_ONLY: Final = ("<option", "<title")
# Fewer characters of its own, and a sentence could be anybody's.
LEAST_OF_ITS_OWN: Final = 2
REMEMBERED: Final = 4096


class Sentence(NamedTuple):
    """A sentence of the catalogue with gaps."""

    pattern: re.Pattern[str]
    gaps: tuple[str, ...]
    english: str


def retold_page(page: str) -> str:
    """Return the page with what the catalogue knows in English and the rest marked as Chinese."""
    parts = MARKUP.split(page)
    out, before = [], ""
    # Each text is followed by a tag and the two names that the pattern of kept parts remembers.
    for at in range(0, len(parts), 4):
        text, tag = parts[at], parts[at + 1] if at + 1 < len(parts) else ""
        out.append(_text(text, before) if CHINESE.search(text) else text)
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
    """Return a text in English if the catalogue knows all of it, else as it is."""
    if not CHINESE.search(text):
        return text
    known, sentences = _catalogue()
    if text in known:
        return known[text]
    for sentence in sentences:
        if found := sentence.pattern.fullmatch(text):
            return _filled(sentence, found)
    return _in_pieces(text, known)


def _filled(sentence: Sentence, found: re.Match[str]) -> str:
    values = [retold(value) for value in found.groups()]
    if not all(sentence.gaps):
        return PLACEHOLDER.sub("%s", sentence.english) % tuple(values)
    return PLACEHOLDER.sub(r"%(\1)s", sentence.english) % dict(zip(sentence.gaps, values, strict=True))


def _in_pieces(text: str, known: Mapping[str, str]) -> str:
    """Retell a list or a label with its value, if each piece is known; punctuation alone is no reason to touch it."""
    pieces = [piece for piece in BETWEEN.split(text) if piece]
    named = [piece for piece in pieces if CHINESE.search(piece)]
    if not named or any(piece not in known for piece in named):
        return text
    told = "".join(known[piece] if piece in named else piece.translate(MARKS) for piece in pieces)
    return re.sub(r" {2,}", " ", told).replace(" ,", ",").replace(" .", ".").strip()


@cache
def _catalogue() -> tuple[Mapping[str, str], tuple[Sentence, ...]]:
    """Read the compiled catalogue: plain texts, and sentences with gaps, those that say most first."""
    path = settings.LOCALE_PATHS[0] / "en" / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        messages = vars(GNUTranslations(file))["_catalog"]
    said = {key: text for key, text in messages.items() if isinstance(key, str) and key and text}
    plain = {key: text for key, text in said.items() if not PLACEHOLDER.search(key)}
    sentences = [
        _sentence(key, text) for key, text in said.items() if PLACEHOLDER.search(key) and _says_enough(key)
    ]
    return plain, tuple(sorted(sentences, key=lambda each: -len(each.pattern.pattern)))


def _says_enough(msgid: str) -> bool:
    return len(CHINESE.findall(PLACEHOLDER.sub("", msgid))) >= LEAST_OF_ITS_OWN


def _sentence(msgid: str, english: str) -> Sentence:
    gaps = tuple(found[1] or "" for found in PLACEHOLDER.finditer(msgid))
    literal = [re.escape(part.replace("%%", "%")) for part in re.split(r"%\(\w+\)[sd]|%[sd]", msgid)]
    return Sentence(re.compile("(.+?)".join(literal), re.DOTALL), gaps, english)
