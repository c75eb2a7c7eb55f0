"""The public door in English: every word of it, and of it alone."""

import re
import uuid

import pytest
from django.test import Client

from audit.clock import database_now
from outbox.models import Message
from reporting.receipts import receipt_of
from tests.integration.public.test_door import fields
from tests.support.public import public

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
# The way to the Chinese page is named in Chinese, and the plan is quoted as printed.
MEANT = re.compile(
    r'<a[^>]*lang="zh-CN"[^>]*>中文</a>|(?<= title=)"[^"]*"|<blockquote.*?</blockquote>',
    re.DOTALL,
)


def english(text: str) -> list[str]:
    """What is left of Chinese on a page, but what the sender wrote."""
    return CHINESE.findall(MEANT.sub("", text).replace("甬江饭店", ""))


def test_every_page_of_the_door_is_english(client: Client) -> None:
    token = uuid.uuid4()
    public(token=token, at=database_now())
    wrong = {"illness_count": "many", "kind": "", "occurred_earliest": "", "place_text": "", "area": "9"}
    pages = [
        client.get("/en/report/"),
        client.post("/en/report/", fields(**wrong)),
        client.post("/en/report/", fields()),
        client.get("/en/report/status/"),
        client.post("/en/report/status/", {"receipt": "1"}),
        client.post("/en/report/status/", {"receipt": receipt_of(token)}),
        client.post("/en/report/status/add/", {"receipt": receipt_of(token)}),
        client.post("/en/report/status/add/", {"receipt": receipt_of(token), "words": "more"}),
    ]
    assert [english(page.text) for page in pages] == [[]] * len(pages)
    assert all('<html lang="en"' in page.text for page in pages)


def test_what_is_reported_in_english_is_told_to_the_office_in_chinese(client: Client) -> None:
    client.post("/en/report/", fields())
    assert [message.title[:6] for message in Message.objects.all()] == ["【公众报告】"]


def test_the_rest_speaks_chinese_whatever_the_browser_asks_for(client: Client) -> None:
    client.get("/en/report/")
    page = client.get("/login/", headers={"Accept-Language": "en"})
    assert '<html lang="zh-CN"' in page.text
    assert "登录" in page.text
