"""The public door in the browser's eyes: three facts, each of which may be unknown; nothing typed is lost (5.1, 5.2)."""

import re
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from audit.clock import database_now
from reporting.actions.triage import close_public_report
from reporting.models import PublicReport
from reporting.photos import LARGEST_BYTES, take_out
from reporting.public_choices import PublicOutcome, ReporterKind
from reporting.receipts import receipt_of
from reporting.sources import USUAL_PER_SOURCE
from tests.support.checksums import table_checksums
from tests.support.pages import typed
from tests.support.people import actor
from tests.support.public import picture, public, upload
from tests.support.reports import YINZHOU, county

pytestmark = pytest.mark.django_db
URL, STATUS, ADD = "/report/", "/report/status/", "/report/status/add/"
RECEIPT = re.compile(r"\d{4} \d{4} \d{4} \d{4}")


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.PHOTO_FOLDER = str(tmp_path / "photos")
    return tmp_path / "photos"


def fields(**changes: Any) -> dict[str, Any]:
    said = {
        "form_token": str(uuid.uuid4()),
        "kind": "individual",
        "occurred_earliest": typed(database_now() - timedelta(hours=1)),
        "area": str(county(YINZHOU).pk),
        "place_text": "甬江饭店",
        "illness_count": "3",
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}


@pytest.mark.clause(94, 104)
def test_anybody_reports_and_gets_a_receipt(client: Client) -> None:
    assert client.get(URL).status_code == 200
    answer = client.post(URL, fields())
    assert answer.status_code == 200
    report = PublicReport.objects.get()
    (receipt,) = set(RECEIPT.findall(answer.text))
    assert client.post(STATUS, {"receipt": receipt}).context["report"] == report
    assert str(report.pk) not in RECEIPT.sub("", answer.text).split()


@pytest.mark.clause(104)
def test_only_the_three_facts_are_asked_for_and_each_may_be_unknown(client: Client) -> None:
    refused = client.post(URL, fields(occurred_earliest="", place_text="", illness_count=""))
    assert refused.status_code == 422
    assert [refused.text.count(what) for what in ("请填写发生时间", "请填写地点", "请填写发病人数")] == [
        2,
        2,
        2,
    ]
    unknown = {"occurred_unknown": "on", "place_unknown": "on", "illness_unknown": "on"}
    empty = fields(occurred_earliest="", place_text="", illness_count="", **unknown)
    assert client.post(URL, empty).status_code == 200
    statement = PublicReport.objects.get().statements.get()
    assert (statement.occurred_latest, statement.place_text, statement.illness_count) == (None, "", None)


@pytest.mark.parametrize("kind", ReporterKind.values)
def test_everybody_the_plan_names_has_a_place(client: Client, kind: str) -> None:
    client.post(URL, fields(kind=kind, reporter="某单位"))
    report = PublicReport.objects.get()
    assert report.kind == kind
    assert report.reporter == ("" if kind == ReporterKind.INDIVIDUAL else "某单位")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"illness_count": "很多"}, "请用数字填写人数。"),
        ({"kind": ""}, "请选择一项。"),
        ({"area": ""}, "请选择一项。"),
        ({"area": "999999"}, "请从所列各项中选择。"),
        ({"occurred_earliest": "2099-01-01T00:00"}, "不能晚于现在"),
        ({"discovered_at": "2099-01-01T00:00"}, "不能晚于现在"),
        ({"words": "字" * 2001}, "最多2000个字，现有2001个。"),
        ({"place_text": "甬\x00江"}, "含有不能保存的字符"),
        ({"contact_phone": "1" * 41}, "最多40个字"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_bad_input_is_answered_with_its_reason_and_the_text_stays(
    client: Client, changes: dict[str, str], said: str
) -> None:
    before = table_checksums()
    refused = client.post(URL, fields(**{"words": "凉菜有异味", **changes}))
    assert refused.status_code == 422
    assert said in refused.text
    assert changes.get("words", "凉菜有异味") in refused.text
    assert table_checksums() == before


def test_a_second_click_is_the_same_report_with_the_same_receipt(client: Client) -> None:
    said = fields()
    first, second = client.post(URL, said), client.post(URL, said)
    assert RECEIPT.findall(first.text) == RECEIPT.findall(second.text)
    assert "没有重复登记" in second.text
    assert "没有重复登记" not in first.text
    assert PublicReport.objects.count() == 1


def test_a_lost_token_loses_no_report(client: Client) -> None:
    assert client.post(URL, fields(form_token="\x00no token")).status_code == 200
    assert client.post(URL, fields(form_token=None)).status_code == 200
    assert PublicReport.objects.count() == 2


def test_the_address_it_came_from_is_not_kept(client: Client) -> None:
    client.post(URL, fields(), REMOTE_ADDR="203.0.113.7")
    assert "203.0.113.7" not in str(PublicReport.objects.values())


def test_a_flood_is_told_the_truth_and_another_source_is_not_held(client: Client) -> None:
    for _ in range(USUAL_PER_SOURCE):
        assert "网络一小时内报告很多" not in client.post(URL, fields()).text
    held = client.post(URL, fields(photos=upload(picture())))
    assert held.status_code == 200
    assert "网络一小时内报告很多" in held.text
    assert "照片没有保存" in held.text
    assert "报告很多" not in client.post(URL, fields(), REMOTE_ADDR="203.0.113.7").text
    assert PublicReport.objects.filter(is_held=True).count() == 1


def test_behind_the_proxy_each_sender_is_a_source(client: Client, settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    for number in range(USUAL_PER_SOURCE + 2):
        client.post(URL, fields(), headers={"X-Forwarded-For": f"198.51.100.1, 203.0.113.{number}"})
    assert not PublicReport.objects.filter(is_held=True).exists()


def test_photos_go_with_the_report_and_too_many_do_not(client: Client, folder: Path) -> None:
    answer = client.post(URL, fields(photos=[upload(picture()), upload(picture(kind="PNG"))]))
    assert "照片没有保存" not in answer.text
    first, second = PublicReport.objects.get().photos.order_by("pk")
    assert take_out(first)[:2] == take_out(second)[:2] == b"\xff\xd8"
    assert sorted(path.name for path in folder.iterdir()) == sorted([first.name, second.name])
    refused = client.post(URL, fields(photos=[upload(picture()) for _ in range(5)]))
    assert refused.status_code == 422
    assert "一次最多4张照片" in refused.text
    refused = client.post(URL, fields(photos=upload(b"\xff\xd8" + b"0" * LARGEST_BYTES)))
    assert "照片超过10MB" in refused.text
    assert len(list(folder.iterdir())) == 2


def test_the_sender_sees_the_state_and_nothing_else(client: Client) -> None:
    token = uuid.uuid4()
    report = public(token=token, words="隔壁老李也吐了", contact_phone="13800138000", at=database_now())
    page = client.post(STATUS, {"receipt": receipt_of(token)}).text
    assert "已收到" in page
    assert "老李" not in page
    assert "13800138000" not in page
    close_public_report(
        report=report,
        outcome=PublicOutcome.NOTHING_FOUND,
        reason="内部记录",
        by=actor("330212-regulator"),
        at=database_now(),
    )
    page = client.post(STATUS, {"receipt": receipt_of(token)}).text
    assert "没有发现食品安全事故" in page
    assert "内部记录" not in page


def test_the_sender_adds_what_it_learnt_and_an_empty_addition_is_refused(client: Client) -> None:
    token = uuid.uuid4()
    report = public(token=token, at=database_now())
    said = {"receipt": receipt_of(token), "words": "又有两人", "illness_count": "5"}
    answer = client.post(ADD, {**said, "photos": upload(picture())})
    assert "补充的内容已收到" in answer.text
    assert (report.statements.count(), report.photos.count()) == (2, 1)
    before = table_checksums()
    refused = client.post(ADD, {"receipt": receipt_of(token)})
    assert refused.status_code == 422
    assert "请填写要补充的内容" in refused.text
    assert table_checksums() == before


def test_an_unknown_receipt_opens_nothing(client: Client) -> None:
    public(at=database_now())
    refused = client.post(STATUS, {"receipt": "0000 0000 0000 0000"})
    assert refused.status_code == 422
    assert "没有这个受理号" in refused.text
    assert client.post(ADD, {"receipt": "1", "words": "甲"}).status_code == 302
    assert client.get(ADD).status_code == 302


def test_neither_door_counts_more_queries_for_more_reports(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        public(at=database_now())
    with django_assert_max_num_queries(4):
        client.get(URL)
    with django_assert_max_num_queries(35):
        client.post(URL, fields())


def test_the_page_carries_the_strict_policy_and_no_number_in_any_address(client: Client) -> None:
    answer = client.post(URL, fields())
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"].count("no-store") == 1
    addresses = re.findall(r'(?:href|action)="([^"]*)"', answer.text)
    assert not any(re.search(r"\d{4}", address) for address in addresses)
