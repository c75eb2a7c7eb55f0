"""A report as PDF, set by typst; the same sheet gives the same bytes."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import typst

from reporting.documents import fonts
from reporting.documents import sheet as measures
from reporting.documents.sheet import Sheet

SOURCE: Final = Path(__file__).with_name("report.typ")


def as_pdf(page: Sheet, *, font_dir: str) -> bytes:
    """Return the sheet as PDF; `font_dir` holds the office's own fonts, or is empty."""
    made: bytes = typst.compile(  # type: ignore[misc]  # its stub names no type for the input
        SOURCE,
        font_paths=[str(folder) for folder in fonts.folders(font_dir)],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(_said(page, font_dir), ensure_ascii=False)},
    )
    return made


def _said(page: Sheet, font_dir: str) -> dict[str, Any]:
    here = fonts.families(font_dir)
    used = {
        name: [family for family in wanted if family in here]
        for name, wanted in (("body", fonts.BODY), ("title", fonts.TITLE), ("head", fonts.HEAD))
    }
    return {
        **asdict(page),
        "paragraphs": [[head, text.splitlines()] for head, text in page.paragraphs],
        "fonts": used,
        # The free font comes in one weight: titles are drawn heavier unless the office has the right face.
        "embolden": used["title"][0] == fonts.FREE,
        "measures": {
            "top": measures.TOP_MM,
            "left": measures.LEFT_MM,
            "right": measures.RIGHT_MM,
            "bottom": measures.BOTTOM_MM,
            "height": measures.HEIGHT_MM,
            "lines": measures.LINES,
            "body": measures.BODY_PT,
            "title": measures.TITLE_PT,
            "small": measures.SMALL_PT,
            "mark": measures.MARK_PT,
            "masthead": measures.MASTHEAD_PT,
            "most": measures.GOES_WITH_THE_SEAL,
        },
    }
