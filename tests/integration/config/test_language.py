"""A person reads in English what is kept in Chinese: the page is translated, the record never."""

import pytest
from django.conf import settings
from django.test import Client

from config.language.retelling import CHINESE, retold, retold_page
from outbox.models import Message
from plan.clauses import clause, in_english
from reporting.models import Report
from tests.support.pages import opened, report_fields, url
from tests.support.people import login

pytestmark = pytest.mark.django_db
REGULATOR = "330212-regulator"


@pytest.fixture
def reader(client: Client) -> Client:
    """A county regulator who has chosen English at the switch."""
    login(client, REGULATOR)
    chosen = client.post("/language/", {"language": "en", "next": "/reports/new/"})
    assert chosen.headers["Location"] == "/reports/new/"
    return client


def test_what_was_chosen_at_the_switch_is_read_until_another_is_chosen(reader: Client) -> None:
    page = reader.get("/reports/new/")
    assert page.headers["Content-Language"] == "en"
    assert '<html lang="en"' in page.text
    assert "Quick report" in page.text
    reader.post("/language/", {"language": "zh-hans"})
    assert '<html lang="zh-CN"' in reader.get("/reports/new/").text


def test_what_a_browser_prefers_by_itself_decides_nothing(client: Client) -> None:
    login(client, REGULATOR)
    page = client.get("/reports/new/", headers={"Accept-Language": "en"})
    assert '<html lang="zh-CN"' in page.text
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    assert '<html lang="zh-CN"' in client.get("/reports/new/").text


@pytest.mark.clause(104)
def test_a_report_sent_by_a_reader_of_english_tells_others_in_chinese(reader: Client) -> None:
    reader.post("/reports/new/", report_fields(illness_count="120"))
    assert Report.objects.count() == 1
    told = Message.objects.all()
    assert told
    assert all(CHINESE.search(message.title) for message in told)


def test_a_refused_form_is_read_in_english_with_the_text_as_it_was_typed(reader: Client) -> None:
    page = reader.post("/reports/new/", report_fields(illness_count="四十五", place_text="其他"))
    assert page.status_code == 422
    assert '<html lang="en"' in page.text
    assert 'value="其他"' in page.text
    assert 'value="四十五"' in page.text


def test_a_clause_is_quoted_as_it_is_printed_with_its_english_before(reader: Client) -> None:
    page = reader.get(url(opened()))
    assert f'<p lang="en">{in_english("5.1(8)")}</p>' in page.text
    assert f'<div lang="zh-CN"><p>{clause("5.1(8)").text_zh}</p></div>' in page.text


def test_only_what_the_catalogue_knows_as_a_whole_is_retold() -> None:
    assert retold("较大") == "Major"
    assert retold("第3版") == "Version 3"
    assert retold("病毒、细菌") == "Virus, Bacterium"
    assert retold("病毒、慈湖酒楼的海蜇") == "病毒、慈湖酒楼的海蜇"
    assert retold("鄞州区市场监管局") == "Yinzhou District market regulator"
    assert retold("再增加55例达到较大（2.3(2)）") == "55 more ill reach “Major” (2.3(2))"
    assert retold("向慈湖酒楼报告") == "向慈湖酒楼报告"
    assert retold("Record 电话/紧急渠道报告") == "Record Report by phone or emergency channel"


def test_what_stays_chinese_is_marked_and_what_is_typed_or_quoted_is_untouched() -> None:
    assert retold_page("<p>慈湖酒楼</p>") == '<p><span lang="zh-CN">慈湖酒楼</span></p>'
    assert retold_page("<svg><text>慈湖</text></svg>") == "<svg><text>慈湖</text></svg>"
    assert retold_page("<p>A（B）</p>") == "<p>A (B) </p>"
    assert retold_page("<option>慈湖酒楼</option>") == "<option>慈湖酒楼</option>"
    for kept in (
        "<textarea>病毒</textarea>",
        '<input value="病毒">',
        '<q lang="zh-CN">病毒 <b>细菌</b></q>',
        "<script>病毒</script>",
    ):
        assert retold_page(kept) == kept
    assert (
        retold_page('<a title="病毒" href="/?q=病毒">细菌</a>')
        == '<a title="Virus" href="/?q=病毒">Bacterium</a>'
    )
    assert retold_page("<p>第&lt;b&gt;版</p>") == "<p>Version &lt;b&gt;</p>"
