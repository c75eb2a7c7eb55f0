"""The pages of a file: the office in charge takes it from its question to its end, the accused unit sees the question alone (7.3)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from audit.models import AuditEvent
from incidents.models import Incident
from response.models import AccountabilityEntry, AccountabilityQuestion, Referral
from tests.support.accountability import opened_file, referred
from tests.support.clocks import COUNTY, OFFICE
from tests.support.pages import opened, typed, url
from tests.support.people import login
from tests.support.reports import minutes

pytestmark = [pytest.mark.django_db, pytest.mark.clause(61, 62, 63, 169, 170, 171)]


def browser(office: str) -> Client:
    client = Client()
    login(client, office)
    return client


def told() -> tuple[Incident, AccountabilityEntry, str]:
    """An incident, a file against its county's government, and where the file stands."""
    found = opened()
    entry = opened_file(found, at=database_now())
    return found, entry, url(found, "accountability", "files", str(entry.pk))


def test_the_office_links_acts_of_the_log_with_their_hashes() -> None:
    found, _entry, address = told()
    office = browser(OFFICE)
    listed = office.get(f"{address}evidence/")
    assert "登记事故" in listed.content.decode()
    assert "没有可选取的记录" in office.get(f"{address}evidence/?q=无此单位").content.decode()
    oldest = listed.context["form"].fields["acts"].choices[-1][0]
    assert office.post(f"{address}evidence/", {"acts": []}).status_code == 422
    shown = office.post(f"{address}evidence/", {"acts": [oldest]}, follow=True).content.decode()
    assert "与留存摘要一致" in shown
    assert AuditEvent.objects.filter(chain=found.chain).earliest("seq").hash in shown


def test_the_unit_is_asked_and_answers_on_its_own_page() -> None:
    _found, _entry, address = told()
    due = typed(database_now() + minutes(90))
    browser(OFFICE).post(f"{address}ask/", {"question": "请说明报告经过", "due_at": due})
    accused, asked = browser(COUNTY), f"/accountability/questions/{AccountabilityQuestion.objects.get().pk}/"
    assert asked in accused.get("/").content.decode()
    assert accused.post(asked, {"answer": ""}).status_code == 422
    assert "电话占线" in accused.post(asked, {"answer": "电话占线"}, follow=True).content.decode()
    assert asked not in accused.get("/").content.decode()
    assert "电话占线" in browser(OFFICE).get(address).content.decode()


def test_a_referral_is_printed_followed_and_ends_the_file() -> None:
    found, entry, address = told()
    office = browser(OFFICE)
    said = {"conduct": "接报后未报告", "harm": "", "addressee": "市检察院", "contact": "李某"}
    assert office.post(f"{address}refer/organ/", said).status_code == 422
    office.post(f"{address}refer/organ/", {**said, "harm": "问题食品继续流通"})
    here = url(found, "accountability", "referrals", str(Referral.objects.get().pk))
    assert office.get(f"{here}file/pdf/").content.startswith(b"%PDF")
    office.post(f"{here}step/", {"step": "sent", "happened_at": typed(), "proof": "公文交换", "reason": ""})
    outcome = {
        "referral": str(Referral.objects.get().pk),
        "body": "市检察院",
        "document_number": "甬检〔2026〕7号",
        "decided_on": f"{entry.recorded_at:%Y-%m-%d}",
        "outcome": "见来文",
    }
    office.post(f"{address}outcome/", outcome)
    shown = office.post(f"{address}close/", {"reason": ""}, follow=True).content.decode()
    for words in ("已移送", "甬检〔2026〕7号", "已办结", "市检察院"):
        assert words in shown
    assert office.get(f"{address}ask/").status_code == 409


def test_the_accused_unit_sees_its_question_and_nothing_else_and_others_nothing() -> None:
    found, entry, address = told()
    browser(OFFICE).post(
        f"{address}ask/", {"question": "请说明报告经过", "due_at": typed(database_now() + minutes(90))}
    )
    referral = referred(entry, at=database_now())
    asked = f"/accountability/questions/{AccountabilityQuestion.objects.get().pk}/"
    papers = url(found, "accountability", "referrals", str(referral.pk), "file", "pdf")
    shown = browser(COUNTY).get(asked).content.decode()
    assert "请说明报告经过" in shown
    assert "由市食药安办确定，预案没有规定时数" in shown
    for words in ("立案", "未报告就餐人数", "移送"):
        assert words not in shown
    for office, status in ((COUNTY, 403), ("330212-fso", 404), ("city-gov", 404), ("330203-fso", 404)):
        assert {browser(office).get(one).status_code for one in (address, papers)} == {status}, office
    for office in (OFFICE, "330212-fso", "city-gov", "330212-regulator"):
        assert browser(office).get(asked).status_code == 404
        if office != OFFICE:
            for place in ("/", "/inbox/", f"/search/?q={found.number}", "/accountability/"):
                assert "未报告就餐人数" not in browser(office).get(place).content.decode()


def test_a_ground_that_does_not_speak_of_the_unit_is_greyed_with_its_reason() -> None:
    found = opened()
    entry = opened_file(found, "hosp-yinzhou-people", at=database_now())
    address = url(found, "accountability", "files", str(entry.pk))
    shown = browser(OFFICE).get(address).content.decode()
    assert "被追究单位不属于此列" in shown
    assert f"{address}refer/crime/" in shown
    assert f"{address}refer/organ/" not in shown
    assert browser(OFFICE).get(f"{address}refer/organ/").status_code == 422
    assert browser(OFFICE).get(f"{address}refer/other/").status_code == 422


def test_as_many_queries_however_much_is_in_a_file() -> None:
    found, entry, address = told()
    office = browser(OFFICE)
    office.get(address)
    counts = []
    for turn in range(2):
        for number in range(turn + 1):
            office.post(
                f"{address}ask/",
                {"question": f"问题{number}", "due_at": typed(database_now() + minutes(90 + number))},
            )
            referred(entry, at=database_now())
        acts = [
            value for value, _l in office.get(f"{address}evidence/").context["form"].fields["acts"].choices
        ]
        office.post(f"{address}evidence/", {"acts": acts[: turn + 1]})
        with CaptureQueriesContext(connection) as queries:
            assert office.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], found.number
