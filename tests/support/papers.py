"""Reading documents back as their recipients do: the lines of a PDF, the paragraphs of a DOCX."""

import io
import re
import zipfile
from functools import partial
from typing import Any

from docx import Document as open_docx
from docx.oxml.ns import qn
from pypdf import PdfReader

from reporting.documents.sheet import NOT_SIGNED, Sheet

HASH = "a" * 64
PAGE_NUMBER = re.compile(r"^— \d+ —$")


def page(*paragraphs: tuple[str, str], **changes: Any) -> Sheet:
    """A sheet with these paragraphs."""
    said: dict[str, Any] = {
        "marks": ("特急",),
        "masthead": "鄞州区人民政府食品安全事故信息",
        "number": "编号：NB2026-0001 初报",
        "attention": "签发人：张堃",
        "title": "关于鄞州区甬江饭店疑似食品安全事故的初报",
        "to": "市委市政府值班室、市食药安办：",
        "paragraphs": paragraphs or (("一、事发时间", "2026年5月1日12时00分。"),),
        "organ": "鄞州区人民政府",
        "date": "2026年5月1日",
        "seal": "（用印处）",
        "note": "（联系人和电话：李昇 0574-00000000）",
        "copies": "抄送：市卫生健康委。",
        "hands": "拟稿：王䶮　核稿：李昇　签发：张堃",
        "footer": ("依据《宁波市食品安全事故应急预案》（甬政办发〔2021〕60号）", f"内容摘要 SHA-256 {HASH}"),
    }
    return Sheet(**said | changes)


def lines_of(pdf: bytes) -> list[list[str]]:
    """The lines of each page of a PDF."""
    return [each.extract_text().split("\n") for each in PdfReader(io.BytesIO(pdf)).pages]


def placed(pdf: bytes) -> list[list[tuple[str, float]]]:
    """The pieces of text of each page of a PDF with the millimetres from its left edge."""
    pages = []
    for sheet in PdfReader(io.BytesIO(pdf)).pages:
        pieces: list[tuple[str, float]] = []
        sheet.extract_text(visitor_text=partial(_note, pieces))
        pages.append(pieces)
    return pages


def _note(
    pieces: list[tuple[str, float]], text: str, outer: list[float], inner: list[float], *_font: object
) -> None:
    if text.strip():
        across = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        pieces.append((text.strip(), across / 72 * 25.4))


def words_of_pdf(pdf: bytes, made: Sheet) -> str:
    """All characters of a PDF but the footers, without white space."""
    small = {"".join(line.split()) for line in (*made.footer, NOT_SIGNED)}
    kept = [
        line
        for lines in lines_of(pdf)
        for line in lines
        if not PAGE_NUMBER.match(line) and "".join(line.split()) not in small
    ]
    return squeezed("".join(kept))


def words_of_docx(docx: bytes) -> str:
    """All characters of a DOCX but the footers, without white space, table cells in their place."""
    body = open_docx(io.BytesIO(docx)).element.body
    return squeezed("".join(each.text or "" for each in body.iter(qn("w:t"))))


def part_of_docx(docx: bytes, name: str) -> str:
    """One part of a DOCX as XML."""
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        return parts.read(name).decode()


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())
