"""The sheet of a report: what stands where on the paper (GB/T 9704-2012), the same for PDF and DOCX."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from plan.editions import EDITIONS
from reporting.documents.content import Content
from reporting.documents.fonts import without_glyph
from reporting.documents.wording import day, moment, numeral

# Millimetres of an A4 sheet: 天头, 订口, and what is left of 156 × 225 mm for the text.
TOP_MM, LEFT_MM, RIGHT_MM, BOTTOM_MM = 37, 28, 26, 35
WIDTH_MM, HEIGHT_MM = 156, 225
LINES, CHARACTERS = 22, 28
# The longest last paragraph that stays on one page with the seal: half a page.
GOES_WITH_THE_SEAL: Final = LINES // 2 * CHARACTERS
# Points: 3号 would be 16 and set 27 characters in 156 mm; titles 2号, small print 4号, the mark of the frozen content 7.
BODY_PT, TITLE_PT, SMALL_PT, MARK_PT = 15.79, 22, 14, 7
# The masthead as large as one line holds, and no larger than this.
MASTHEAD_PT: Final = 40
# Where the seal goes; the system never draws one.
SEAL: Final = "（用印处）"
NOT_SIGNED: Final = "草稿，未签发，不得报送"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The parts of a document from top to bottom; `footer` stands on every page under its number."""

    marks: tuple[str, ...]
    masthead: str
    number: str
    attention: str
    title: str
    to: str
    paragraphs: tuple[tuple[str, str], ...]
    organ: str
    date: str
    seal: str
    note: str
    copies: str
    hands: str
    footer: tuple[str, ...]

    def texts(self) -> tuple[str, ...]:
        """Every text of the body, in reading order."""
        body = [line for head, text in self.paragraphs for line in (head, *text.splitlines())]
        parts = (*self.marks, self.masthead, self.number, self.attention, self.title, self.to, *body)
        ends = (self.seal, self.organ, self.date, self.note, self.copies, self.hands)
        return tuple(text for text in (*parts, *ends) if text)


def sheet(content: Content, sha256: str) -> Sheet:
    """Lay a report's content out; without a hash it is a draft and says so (5.1(8))."""
    signed_at = datetime.fromisoformat(content["signed_at"]) if content["signed_at"] else None
    version = f"（第{content['version']}版）" if content["version"] > 1 else ""
    return Sheet(
        marks=tuple(mark for mark in (content["drill"], content.get("secrecy"), content["urgency"]) if mark),
        masthead=f"{content['bearer']}食品安全事故信息",
        number=f"编号：{content['incident']} {content['name']}{version}",
        attention=f"签发人：{content['signer']}",
        title=f"{content['drill']}{content['title']}",
        to=f"{'、'.join(content['to'])}：",
        paragraphs=tuple(
            (f"{numeral(place)}、{field['label']}", field["text"])
            for place, field in enumerate(content["fields"], 1)
            if field["code"] != "contact"
        ),
        organ=content["bearer"],
        date=day(signed_at) if signed_at else "",
        seal=SEAL,
        note=_note(content),
        copies=f"抄送：{content['copies']}。" if content["copies"] else "",
        hands=_hands(content, signed_at),
        footer=_footer(content, sha256),
    )


def unprintable(content: Content, page: Sheet, font_dir: str) -> list[tuple[str, list[str]]]:
    """Return the characters no font here has, by the field they stand in; of all else, where they are first found."""
    found = [(field["label"], without_glyph(field["text"], font_dir)) for field in content["fields"]]
    named = {each for _label, lacking in found for each in lacking}
    for label, text in (
        (_("抄送"), page.copies),
        (_("标题"), page.title),
        (_("签名"), page.hands + page.attention),
        (_("其他"), "".join(page.texts())),
    ):
        lacking = [each for each in without_glyph(text, font_dir) if each not in named]
        named.update(lacking)
        found.append((label, lacking))
    return [(label, lacking) for label, lacking in found if lacking]


def _note(content: Content) -> str:
    contact = next((field["text"] for field in content["fields"] if field["code"] == "contact"), "")
    return f"（联系人和电话：{contact}）"


def _hands(content: Content, signed_at: datetime | None) -> str:
    said = [f"拟稿：{content['drafter']}"]
    if content["checker"]:
        said.append(f"核稿：{content['checker']}")
    if signed_at:
        said.append(f"签发：{content['signer']}　{moment(signed_at)}")
    if content["alone_reason"]:
        roster = f"（{content['alone_roster']}）" if content.get("alone_roster") else ""
        said.append(f"一人拟稿并签发{roster}，待补签，理由：{content['alone_reason']}")
    return "　".join(said)


def _footer(content: Content, sha256: str) -> tuple[str, ...]:
    title = next(edition.title for edition in EDITIONS if edition.number == content["plan"])
    plan = f"{content['drill']}依据《{title}》（{content['plan']}）"
    if not sha256:
        return plan, NOT_SIGNED
    before = f"替换内容摘要为 {content['replaces'][:16]}… 的前一版" if content["replaces"] else ""
    return tuple(line for line in (plan, f"内容摘要 SHA-256 {sha256}", before) if line)
