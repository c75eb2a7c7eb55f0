"""The fonts documents are set in: the free one that comes along, and an office's licensed ones if it has them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTCollection, TTFont

VENDOR: Final = Path(__file__).with_name("vendor")
FREE: Final = "Noto Serif SC"
# By the names the fonts bear inside, Chinese or not; the free one stands in for whichever is missing.
BODY: Final = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", FREE)
TITLE: Final = ("FZXiaoBiaoSong-B05S", "方正小标宋简体", FREE)
HEAD: Final = ("SimHei", "黑体", FREE)
SUFFIXES: Final = frozenset({".ttf", ".otf", ".ttc"})
FAMILY_NAMES: Final = (1, 16)


@dataclass(frozen=True, slots=True)
class Face:
    """One font: the names of its family, and the characters it has."""

    families: frozenset[str]
    codes: frozenset[int]


def folders(own: str) -> list[Path]:
    """Return where fonts lie: ours, and the office's own folder if it named one."""
    return [VENDOR, *([Path(own)] if own else [])]


def without_glyph(text: str, own: str) -> list[str]:
    """Return the characters of a text that no font here has, each once; white space needs none."""
    known = _covered(own)
    return [each for each in dict.fromkeys(text) if not each.isspace() and ord(each) not in known]


def families(own: str) -> frozenset[str]:
    """Return the family names of the fonts that can be used."""
    return frozenset(name for face in _faces(own) for name in face.families)


@cache
def _covered(own: str) -> frozenset[int]:
    usable = {*BODY, *TITLE, *HEAD}
    return frozenset(code for face in _faces(own) if face.families & usable for code in face.codes)


@cache
def _faces(own: str) -> tuple[Face, ...]:
    files = [path for folder in folders(own) for path in sorted(folder.rglob("*"))]
    return tuple(face for path in files for face in _read(path))


def _read(path: Path) -> Iterator[Face]:
    if path.suffix.lower() not in SUFFIXES:
        return
    content = io.BytesIO(path.read_bytes())
    fonts = TTCollection(content).fonts if path.suffix.lower() == ".ttc" else [TTFont(content)]
    for font in fonts:
        names = {record.toUnicode() for record in font["name"].names if record.nameID in FAMILY_NAMES}
        yield Face(frozenset(names), frozenset(font.getBestCmap()))
