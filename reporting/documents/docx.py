"""A report as DOCX with the same text and measures, for offices that sign and send from their own word processor."""

import io
import zipfile
from datetime import datetime
from typing import Any, Final

from docx import Document as new_document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from reporting.documents import sheet as measures
from reporting.documents.sheet import Sheet

BODY, TITLE, HEAD = "仿宋_GB2312", "方正小标宋简体", "黑体"
LATIN: Final = "Times New Roman"
# 3号, as GB/T 9704 asks for it by name.
BODY_PT: Final = 16
TWIPS_A_PT: Final = 20
PITCH_PT: Final = int(measures.HEIGHT_MM / 25.4 * 72 / measures.LINES * TWIPS_A_PT) / TWIPS_A_PT
# 28 characters of 3号 are 2 mm wider than the text: each stands a little closer, which every word processor honours.
CLOSER_TWIPS: Final = -5
SEAL_MM: Final = (100, 34)
CENTRE, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
# A ZIP has no year before 1980; when it was packed is no part of the document.
PACKED: Final = (1980, 1, 1, 0, 0, 0)


def as_docx(page: Sheet, *, made_at: datetime) -> bytes:
    """Return the sheet as DOCX; the same sheet and moment give the same bytes."""
    paper = new_document()
    _set_up(paper, page, made_at)
    for mark in page.marks:
        _line(paper, mark, HEAD)
    masthead = min(measures.MASTHEAD_PT, measures.WIDTH_MM / 25.4 * 72 / len(page.masthead))
    _line(paper, page.masthead, TITLE, size=masthead, align=CENTRE).paragraph_format.line_spacing = 1
    _line(paper, f"{page.number}\t{page.attention}", rule="bottom").paragraph_format.tab_stops.add_tab_stop(
        Mm(measures.WIDTH_MM), 2
    )
    _line(paper, "")
    _line(paper, page.title, TITLE, size=measures.TITLE_PT, align=CENTRE)
    _line(paper, "")
    _line(paper, page.to)
    for head, text in page.paragraphs:
        _line(paper, head, HEAD, indent=True).paragraph_format.keep_with_next = True
        for words in text.splitlines():
            _line(paper, words, indent=True)
    _keep_with_seal(paper.paragraphs[-1], _line(paper, ""))
    _seal(paper, page)
    _line(paper, page.note, indent=True)
    _line(paper, page.copies, size=measures.SMALL_PT, rule="top")
    _line(paper, page.hands, size=measures.SMALL_PT, rule="bottom")
    return _packed(paper)


def _set_up(paper: Paper, page: Sheet, made_at: datetime) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(measures.TOP_MM), Mm(measures.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(measures.LEFT_MM), Mm(measures.RIGHT_MM)
    section.footer_distance = Mm(measures.BOTTOM_MM - 25)
    _grid(section)
    style: Any = paper.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(BODY_PT)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.widow_control = False
    style.paragraph_format.line_spacing = Pt(PITCH_PT)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paper.settings.odd_and_even_pages_header_footer = True
    _footer(section.footer, page, RIGHT)
    _footer(section.even_page_footer, page, LEFT)
    about = paper.core_properties
    about.title, about.author, about.comments = page.title, page.organ, ""
    about.created = about.modified = made_at.replace(tzinfo=None, microsecond=0)
    about.last_modified_by = ""


def _grid(section: Any) -> None:
    """Set 22 lines a page as the document's own grid."""
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int(PITCH_PT * TWIPS_A_PT)))


def _line(
    paper: Any,
    text: str,
    font: str = BODY,
    *,
    size: float = BODY_PT,
    align: Any = None,
    indent: bool = False,
    rule: str = "",
) -> Paragraph:
    made: Paragraph = paper.add_paragraph()
    made.alignment = align
    if indent:
        _indent(made)
    if rule:
        _rule(made, rule)
    _run(made, text, font, size)
    return made


def _run(made: Paragraph, text: str, font: str, size: float) -> None:
    run = made.add_run(text)
    run.font.size = Pt(int(size * 2) / 2)
    run.font.name = LATIN
    look: Any = run._element.get_or_add_rPr()
    look.rFonts.set(qn("w:eastAsia"), font)
    closer = OxmlElement("w:spacing")
    closer.set(qn("w:val"), str(CLOSER_TWIPS))
    look.insert_element_before(closer, "w:sz", "w:szCs")


def _indent(made: Paragraph) -> None:
    """Indent the first line by two characters, whatever their size."""
    made.paragraph_format.first_line_indent = Pt(2 * BODY_PT)
    look: Any = made._element.pPr
    look.ind.set(qn("w:firstLineChars"), "200")


def _rule(made: Paragraph, side: str) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    look: Any = made._element.get_or_add_pPr()
    look.insert_element_before(borders, "w:tabs", "w:spacing", "w:ind", "w:jc")


def _keep_with_seal(*before: Paragraph) -> None:
    """Let the last paragraph, and the line after it, stand on the page of the seal, which never has one without text."""
    for each in before:
        each.paragraph_format.keep_with_next = True


def _seal(paper: Paper, page: Sheet) -> None:
    """Leave room for a seal over the signature, in a dashed frame."""
    table = paper.add_table(rows=1, cols=1)
    table.alignment = WD_TABLE_ALIGNMENT.RIGHT
    table.autofit = False
    table.rows[0].height = Mm(SEAL_MM[1])
    cell = table.cell(0, 0)
    table.columns[0].width = cell.width = Mm(SEAL_MM[0])
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "dashed"), ("sz", "4"), ("color", "999999")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    cell._element.get_or_add_tcPr().append(borders)
    cell._element.remove(cell.paragraphs[0]._element)
    _line(cell, page.seal, size=9, align=CENTRE)
    _line(cell, page.organ, align=CENTRE)
    _line(cell, page.date, align=CENTRE)


def _footer(footer: Any, page: Sheet, align: Any) -> None:
    footer.is_linked_to_previous = False
    number = footer.paragraphs[0]
    number.alignment = align
    number.paragraph_format.left_indent = number.paragraph_format.right_indent = Pt(measures.SMALL_PT)
    _off_grid(number, measures.SMALL_PT + 4)
    for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = number.add_run(text)
        run.font.size = Pt(measures.SMALL_PT)
        if field:
            _field(run, field)
    for text in page.footer:
        small = footer.add_paragraph()
        small.alignment = CENTRE
        _off_grid(small, measures.MARK_PT + 3)
        small.add_run(text).font.size = Pt(measures.MARK_PT)


def _off_grid(made: Paragraph, pitch_pt: float) -> None:
    """Set lines closer than the grid of the text, or the footer would grow into it."""
    made.paragraph_format.line_spacing = Pt(pitch_pt)
    made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    look: Any = made._element.get_or_add_pPr()
    look.insert_element_before(snap, "w:spacing", "w:ind", "w:jc")


def _field(run: Any, name: str) -> None:
    for kind in ("begin", "", "end"):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = name
        run._element.append(part)


def _packed(paper: Paper) -> bytes:
    """Return the file with its parts packed at no time, so that they alone decide the bytes."""
    saved, packed = io.BytesIO(), io.BytesIO()
    paper.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w") as archive:
        for name in parts.namelist():
            archive.writestr(zipfile.ZipInfo(name, PACKED), parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
