"""The sheet as GB/T 9704-2012 asks for it, in PDF and DOCX alike, with every character the state's table has."""

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document as open_docx
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from reporting.documents import fonts
from reporting.documents.docx import as_docx
from reporting.documents.pdf import as_pdf
from tests.support.papers import (
    HASH,
    PAGE_NUMBER,
    lines_of,
    page,
    part_of_docx,
    placed,
    squeezed,
    words_of_docx,
    words_of_pdf,
)

TABLE = Path(__file__).parents[2] / "vendor" / "pypinyin-dict-0.9.0" / "standard_characters.txt"
OURS = next(fonts.VENDOR.rglob("*.ttf"))
MADE_AT = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
LONG = page(("一、经过", "食品安全事故信息报告实行逐级报告按照属地管理原则" * 70))


def test_every_character_of_the_states_table_can_be_printed() -> None:
    standard = TABLE.read_text(encoding="utf-8").strip()
    assert len(standard) == len(set(standard)) == 8105
    assert set("喆堃昇䶮鄞甬") <= set(standard)
    assert fonts.without_glyph(standard, "") == []


def test_every_character_of_the_keyboard_can_be_printed() -> None:
    signs = "".join(map(chr, range(0x20, 0x7F))) + "，。、；：？！…—·“”‘’（）【】《》〈〉〔〕％℃±×÷≤≥①⑩ⅠⅡⅢⅣ　"
    assert fonts.without_glyph(signs, "") == []
    assert fonts.without_glyph("患者𠮷", "") == ["𠮷"]


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    _first, second, *_rest = lines_of(as_pdf(LONG, font_dir=""))
    body = [
        line
        for line in second
        if not PAGE_NUMBER.match(line) and "SHA-256" not in line and "依据" not in line
    ]
    assert [len(line) for line in body] == [28] * 22


def test_the_sheet_is_a4_with_the_margins_of_the_standard() -> None:
    pdf = as_pdf(LONG, font_dir="")
    assert [round(float(side) / 72 * 25.4) for side in PdfReader(io.BytesIO(pdf)).pages[1].mediabox[2:]] == [
        210,
        297,
    ]
    body = {round(left) for text, left in placed(pdf)[1] if len(text) == 28}
    assert body == {28}


def test_page_numbers_stand_outside_right_on_odd_and_left_on_even_pages() -> None:
    number = re.compile(r"^— ?\d")
    left = [
        next(left for text, left in pieces if number.match(text))
        for pieces in placed(as_pdf(LONG, font_dir=""))
    ]
    assert [each > 105 for each in left[:3]] == [True, False, True]
    assert "evenAndOddHeaders" in part_of_docx(as_docx(LONG, made_at=MADE_AT), "word/settings.xml")


@pytest.mark.clause(2)
def test_the_edition_and_the_hash_stand_on_every_page() -> None:
    for lines in lines_of(as_pdf(LONG, font_dir="")):
        said = squeezed("".join(lines))
        assert "甬政办发〔2021〕60号" in said
        assert HASH in said


def test_both_files_say_the_same_in_the_same_order() -> None:
    made = page(
        ("一、事发时间", "2026年5月1日12时00分。"),
        ("二、经过", "第一段。\n第二段“甲”。"),
        marks=("【演练】", "特急"),
    )
    pdf, docx = words_of_pdf(as_pdf(made, font_dir=""), made), words_of_docx(as_docx(made, made_at=MADE_AT))
    assert pdf == docx == squeezed("".join(made.texts()))


def test_each_mark_has_a_line_of_its_own_how_secret_it_is_above_how_urgent() -> None:
    made = page(marks=("【演练】", "机密★1年", "特急"))
    assert lines_of(as_pdf(made, font_dir=""))[0][:3] == ["【演练】", "机密★1年", "特急"]
    docx = open_docx(io.BytesIO(as_docx(made, made_at=MADE_AT)))
    assert [each.text for each in docx.paragraphs[:3]] == ["【演练】", "机密★1年", "特急"]


@pytest.mark.parametrize("lines", range(7, 14))
def test_the_seal_never_stands_on_a_page_without_text(lines: int) -> None:
    made = page(("一、经过", "续" * 28 * lines), ("二、级别", "末段较大食品安全事故。"))
    sheets = lines_of(as_pdf(made, font_dir=""))
    (sealed,) = [each for each in sheets if any("用印处" in line for line in each)]
    assert any("末段" in line for line in sealed)
    docx = open_docx(io.BytesIO(as_docx(made, made_at=MADE_AT)))
    (last,) = [each for each in docx.paragraphs if each.text.startswith("末段")]
    assert last.paragraph_format.keep_with_next


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert as_pdf(LONG, font_dir="") == as_pdf(LONG, font_dir="")
    assert as_docx(LONG, made_at=MADE_AT) == as_docx(LONG, made_at=MADE_AT)


@pytest.mark.parametrize("organ", ["市卫生健康委", "宁波市鄞州区人民政府" * 4])
def test_the_masthead_stands_on_one_line(organ: str) -> None:
    masthead = f"{organ}食品安全事故信息"
    made = page(masthead=masthead)
    assert masthead in lines_of(as_pdf(made, font_dir=""))[0]


def test_the_docx_names_the_offices_own_fonts_and_measures() -> None:
    docx = part_of_docx(as_docx(LONG, made_at=MADE_AT), "word/document.xml")
    for font in ("仿宋_GB2312", "方正小标宋简体", "黑体"):
        assert f'w:eastAsia="{font}"' in docx + part_of_docx(
            as_docx(LONG, made_at=MADE_AT), "word/styles.xml"
        )
    margins = {name: int(value) for name, value in re.findall(r'w:(top|bottom|left|right)="(\d{4})"', docx)}
    assert {name: round(value / 1440 * 25.4) for name, value in margins.items()} == {
        "top": 37,
        "bottom": 35,
        "left": 28,
        "right": 26,
    }
    (pitch,) = re.findall(r'w:linePitch="(\d+)"', docx)
    assert 22 * int(pitch) <= 225 / 25.4 * 1440 < 23 * int(pitch)


def test_an_office_sets_its_documents_in_its_own_fonts(tmp_path: Path) -> None:
    own = TTFont(OURS)
    keep = Subsetter()
    keep.populate(text="食品安全事故信息")
    keep.subset(own)
    for record in own["name"].names:
        record.string = "FangSong_GB2312"
    own.save(tmp_path / "own.ttf")
    second: Any = PdfReader(io.BytesIO(as_pdf(LONG, font_dir=str(tmp_path)))).pages[1]
    names = {str(font.get_object()["/BaseFont"]) for font in second["/Resources"]["/Font"].values()}
    assert any("FangSong" in name for name in names)
    assert any("Noto" in name for name in names)
