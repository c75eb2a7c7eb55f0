"""How a warning leaves the house: CAP 1.2 by the schema of OASIS, the feed, the public's pages, a text message, paper (4.2)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree  # type: ignore[import-untyped]  # comes with python-docx, which has no stubs of it

from monitoring.drafts import open_draft
from monitoring.models import Bulletin, BulletinKind
from monitoring.warning_page import draft_message, message_of
from monitoring.wording import ONE_TEXT_MESSAGE, text_message
from tests.support.monitoring import REGULATOR, area, drafted, go_on, issued
from tests.support.people import login
from tests.support.reports import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.clause(85)]
XSD = Path(__file__).parents[2] / "vendor" / "cap-1.2" / "CAP-v1.2-schema.xsd"
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
ATOM = "{http://www.w3.org/2005/Atom}"


def valid(message: bytes) -> Any:
    """The message, once the schema has taken it."""
    parsed = etree.fromstring(message)
    etree.XMLSchema(etree.parse(XSD)).assertValid(parsed)
    return parsed


def said(parsed: Any, *names: str) -> list[str | None]:
    return [parsed.findtext(CAP + name) for name in names]


def test_the_schema_refuses_what_is_no_message() -> None:
    issued()
    wrong = message_of(Bulletin.objects.get()).xml().replace(b"<status>Actual", b"<status>Actuel")
    with pytest.raises(etree.DocumentInvalid):
        valid(wrong)


@pytest.mark.clause(87, 88)
def test_alert_update_and_cancel_are_valid_and_refer_back() -> None:
    warning = issued(headline_en="Avoid jellyfish salad", house_level="二级")
    go_on(warning, BulletinKind.UPDATE, at=NOON + timedelta(hours=1))
    go_on(warning, BulletinKind.LIFT, at=NOON + timedelta(days=3))
    first, second, third = [valid(message_of(each).xml()) for each in Bulletin.objects.order_by("serial")]
    assert said(first, "status", "msgType", "scope", "references") == ["Actual", "Alert", "Public", None]
    assert said(second, "msgType") == ["Update"]
    assert said(third, "msgType") == ["Cancel"]
    identifier = first.findtext(f"{CAP}identifier")
    assert len(identifier) == 31
    assert identifier.startswith("33021200000000_")
    named = f"ningbo.{REGULATOR},{identifier},{first.findtext(f'{CAP}sent')}"
    assert second.findtext(f"{CAP}references") == named
    assert third.findtext(f"{CAP}references").split()[0] == named
    chinese, english = first.findall(f"{CAP}info")
    assert said(chinese, "language", "headline", "severity") == ["zh-CN", "谨慎食用凉拌海蜇", "Unknown"]
    assert said(english, "language", "headline") == ["en-US", "Avoid jellyfish salad"]
    assert said(third.find(f"{CAP}info"), "responseType") == ["AllClear"]
    level = chinese.find(f"{CAP}parameter")
    assert said(level, "valueName", "value") == ["本单位自定级别（非预案规定）", "二级"]
    geocode = chinese.find(f"{CAP}area/{CAP}geocode")
    assert said(geocode, "valueName", "value") == ["GB/T 2260", "330212"]


def test_a_draft_and_a_drill_say_what_they_are_and_stay_out_of_the_feed(client: Client) -> None:
    warning = drafted()
    draft = open_draft(warning)
    assert draft is not None
    assert said(valid(draft_message(warning, draft, at=NOON).xml()), "status") == ["Draft"]
    issued(is_drill=True, is_public=True)
    drill = Bulletin.objects.get()
    assert said(valid(message_of(drill).xml()), "status", "note") == ["Exercise", "【演练】"]
    assert etree.fromstring(client.get("/feeds/cap.atom").content).findall(f"{ATOM}entry") == []
    assert client.get(f"/feeds/cap/{drill.identifier}.xml").status_code == 404
    assert "谨慎食用凉拌海蜇" not in client.get("/warnings/").content.decode()


def test_what_is_for_departments_alone_is_restricted_and_not_public(client: Client) -> None:
    issued(is_public=False)
    bulletin = Bulletin.objects.get()
    assert said(valid(message_of(bulletin).xml()), "scope", "restriction") == ["Restricted", "仅供有关部门"]
    assert client.get(f"/warnings/{bulletin.identifier}/").status_code == 404


def test_words_that_no_xml_may_hold_are_left_out() -> None:
    issued(harm="腹泻\x0b呕吐 <&>", areas=(area(),))
    info = valid(message_of(Bulletin.objects.get()).xml()).find(f"{CAP}info")
    assert "腹泻呕吐 <&>" in info.findtext(f"{CAP}description")


def test_the_public_reads_it_in_both_languages_without_an_account(client: Client) -> None:
    warning = issued(headline_en="Avoid jellyfish salad", text_en="Do not eat it.")
    bulletin = Bulletin.objects.get()
    shown = client.get(f"/warnings/{bulletin.identifier}/").content.decode()
    for words in ("谨慎食用凉拌海蜇", "可致急性胃肠炎", "鄞州区"):
        assert words in shown
    assert "测试" not in shown  # the signer's name
    english = client.get(f"/en/warnings/{bulletin.identifier}/").content.decode()
    for words in ("Avoid jellyfish salad", "Do not eat it.", "Yinzhou"):
        assert words in english
    with CaptureQueriesContext(connection) as few:
        client.get("/warnings/")
    go_on(warning, BulletinKind.UPDATE, at=NOON + timedelta(hours=1))
    with CaptureQueriesContext(connection) as more:
        client.get("/warnings/")
    assert len(few) == len(more)
    feed = etree.fromstring(client.get("/feeds/cap.atom").content)
    links = [each.get("href") for each in feed.findall(f"{ATOM}entry/{ATOM}link")]
    assert len(links) == 2
    answer = client.get(links[1].partition("testserver")[2])
    assert answer["Content-Type"] == "application/cap+xml"
    assert valid(answer.content).findtext(f"{CAP}identifier") == bulletin.identifier


def test_a_text_message_never_grows_beyond_one() -> None:
    issued(headline="谨" * 60, advice="食" * 200)
    content = Bulletin.objects.get().content
    long = text_message(content, issuer="鄞州区市场监管局", is_drill=True)
    assert (len(long), long.startswith("【演练】【鄞州区市场监管局】预警：谨")) == (ONE_TEXT_MESSAGE, True)
    short = text_message(content | {"headline": "少吃", "advice": ""}, issuer="市局", is_drill=False)
    assert short == "【市局】预警：少吃。近期可能继续出现"


def test_paper_and_message_of_a_warning_are_handed_out_and_a_drafts_to_its_issuers_alone(
    client: Client,
) -> None:
    warning = drafted()
    login(client, REGULATOR)
    paper = client.get(reverse("monitoring:notice_file", args=[warning.pk]))
    assert paper.content.startswith(b"%PDF")
    message = client.get(reverse("monitoring:cap_file", args=[warning.pk]))
    assert said(valid(message.content), "status") == ["Draft"]
    login(client, "city-fso")
    assert client.get(reverse("monitoring:notice_file", args=[warning.pk])).status_code == 404
    standing = issued()
    for name in ("notice_file", "cap_file", "warning"):
        assert client.get(reverse(f"monitoring:{name}", args=[standing.pk])).status_code == 200
