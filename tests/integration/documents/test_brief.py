"""The brief: the board's own numbers in words, on the page and on paper, within what an office may see."""

import io
import re

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from audit.clock import database_now
from audit.models import AuditEvent
from response.brief.brief import incident_brief
from response.brief.said import SHOWN_INCIDENTS
from tests.support.pages import opened
from tests.support.people import actor, login
from tests.support.reports import CIXI, HAISHU, YINZHOU

pytestmark = pytest.mark.django_db
CITY = "city-fso"
SIDES_OF_A_SHEET = 2


def page(office: str, address: str) -> str:
    client = Client()
    login(client, office)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def printed_pages(office: str, address: str) -> list[str]:
    """The text of each page of the PDF without the line breaks of its setting."""
    client = Client()
    login(client, office)
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    return [re.sub(r"\s", "", each.extract_text()) for each in PdfReader(io.BytesIO(answer.content)).pages]


def paper(office: str, address: str) -> str:
    """The text of the whole PDF."""
    return "".join(printed_pages(office, address))


def test_board_page_and_paper_say_the_same_numbers() -> None:
    case = opened(120, place_text="甬江大饭店")
    opened(30, place_text="海曙食堂", area=HAISHU)
    opened(999, place_text="演练食堂", is_drill=True)
    shown, printed = page(CITY, "/brief/"), paper(CITY, "/brief/file/")
    for said in ("处置中的事故2起", "较大（Ⅲ级）1起", "发病150人", "超过法定时限0项", case.number):
        assert said in shown, said
        assert said in printed, said
    assert "999" not in shown
    assert 'data-number="illness_count">150<' in page(CITY, "/board/")
    assert "用印处" not in printed
    (noted,) = AuditEvent.objects.filter(action="response.note_export")
    digest = re.search(r"SHA-256([0-9a-f]{64})", printed)
    assert digest is not None
    assert digest[1] in noted.payload


def test_a_brief_is_no_longer_on_a_bad_day_than_a_sheet_of_paper() -> None:
    for number in range(SHOWN_INCIDENTS + 3):
        opened(
            120, place_text=f"{number}号{'很' * 10}长的名字大饭店", area=(YINZHOU, HAISHU, CIXI)[number % 3]
        )
    pages = printed_pages(CITY, "/brief/file/")
    assert len(pages) <= SIDES_OF_A_SHEET
    assert "其余3起见系统" in "".join(pages)


def test_the_brief_of_one_incident_says_why_and_what_would_change_it() -> None:
    case = opened(120, place_text="甬江大饭店")
    for text in (
        page(CITY, f"/incidents/{case.number}/brief/"),
        paper(CITY, f"/incidents/{case.number}/brief/file/"),
    ):
        for said in ("甬江大饭店", "系统建议较大（Ⅲ级）", "尚未核定", "2.3(2)", "发病120人", "终止条件"):
            assert said in text, said


def test_a_county_reads_of_its_own_alone() -> None:
    own = opened(30, place_text="海曙食堂", area=HAISHU)
    other = opened(120, place_text="甬江大饭店")
    text = page(f"{HAISHU}-gov", "/brief/")
    assert own.number in text
    assert other.number not in text
    assert "鄞州" not in text


def test_a_brief_is_in_chinese_whatever_language_its_reader_reads() -> None:
    case, at = opened(120), database_now()
    ours = incident_brief(actor(CITY), case, at=at)
    with translation.override("en"):
        theirs = incident_brief(actor(CITY), case, at=at)
    assert theirs.digest == ours.digest
