"""The pages of reports: begun, edited, signed, sent and confirmed by hand, without scripts (5.1(8))."""

import hashlib
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from incidents.actions.facts import record_facts
from incidents.models import Incident
from reporting.models import Document, DocumentFile, DocumentKind, DocumentReceipt, SignedDocument
from tests.support.checksums import table_checksums
from tests.support.clocks import COUNTY, DUTY_ROOM, PHONE, WRITTEN, leg
from tests.support.documents import DRAFTER, SIGNER, draft, sent, signed
from tests.support.pages import opened, typed, url
from tests.support.people import actor, login
from tests.support.reports import people

pytestmark = pytest.mark.django_db


def at_desk(office: str) -> Client:
    client = Client()
    login(client, office)
    return client


def page_of(made: Document, *parts: str) -> str:
    return url(made.incident, "documents", str(made.pk), *parts)


def hidden(client: Client, address: str) -> dict[str, Any]:
    """What the form at an address holds before anything is typed."""
    form = client.get(address).context["form"]
    return {bound.html_name: bound.value() or "" for bound in form}


@pytest.mark.clause(102)
def test_a_report_goes_its_whole_way_by_hand() -> None:
    case, drafter, signer, duty = opened(), at_desk(DRAFTER), at_desk(SIGNER), at_desk(DUTY_ROOM)
    begun = drafter.post(url(case, "documents", "new"), {"bearer": COUNTY, "kind": "first"})
    made = Document.objects.get()
    assert begun["Location"] == page_of(made)
    typed_in = hidden(drafter, page_of(made, "edit")) | {"contact": "李昇 0574-00000000"}
    assert drafter.post(page_of(made, "edit"), typed_in).status_code == 302
    assert signer.post(page_of(made, "check"), hidden(signer, page_of(made, "check"))).status_code == 302
    assert signer.post(page_of(made, "sign"), hidden(signer, page_of(made, "sign"))).status_code == 302
    assert "已签发，尚未报送" in drafter.get(url(case)).text
    form = hidden(drafter, page_of(made, "send")) | {"channel": "system"}
    assert drafter.post(page_of(made, "send"), form).status_code == 302
    assert leg(case, WRITTEN, at=SignedDocument.objects.get().signed_at).verdict.received_at is not None
    dispatch = SignedDocument.objects.get().dispatches.get(recipient__code=DUTY_ROOM)
    assert "李昇" in duty.get(page_of(made)).text
    assert duty.post(url(case, "dispatches", str(dispatch.pk)), {"receiver": "陈值班"}).status_code == 302
    assert DocumentReceipt.objects.get().receiver == "陈值班"


@pytest.mark.clause(101)
def test_a_call_is_recorded_by_hand_and_closes_the_phone_leg() -> None:
    case, desk = opened(), at_desk(DRAFTER)
    said = {
        "bearer": COUNTY,
        "recipient": DUTY_ROOM,
        "called_at": typed(),
        "receiver": "陈值班",
        "channel": "电话",
    }
    answer = desk.post(url(case, "documents", "call"), said, follow=True)
    assert "接报人：陈值班" in answer.text
    assert leg(case, PHONE, at=Document.objects.get().drafted_at).verdict.received_at is not None


def test_what_changed_since_the_page_was_shown_is_not_signed_unseen() -> None:
    case, signer = opened(), at_desk(SIGNER)
    made = draft(case, at=case.opened_at)
    seen = hidden(signer, page_of(made, "sign"))
    more = [people(150, at=case.opened_at)]
    record_facts(incident=case, entries=more, by=actor(DRAFTER), at=case.opened_at)
    answer = signer.post(page_of(made, "sign"), seen)
    assert answer.status_code == 409
    assert "有了变化" in answer.text
    assert not SignedDocument.objects.exists()


def test_the_drafter_is_asked_for_a_reason_and_the_other_desk_for_a_countersignature() -> None:
    case, drafter, signer = opened(), at_desk(DRAFTER), at_desk(SIGNER)
    made = draft(case, at=case.opened_at)
    form = hidden(drafter, page_of(made, "sign"))
    assert "alone_reason" in form
    assert "alone_reason" not in hidden(signer, page_of(made, "sign"))
    assert drafter.post(page_of(made, "sign"), form).status_code == 422
    assert drafter.post(page_of(made, "sign"), form | {"alone_reason": "夜间一人"}).status_code == 302
    assert "尚待另一人补签" in signer.get(url(case, "documents")).text
    assert signer.post(page_of(made, "countersign")).status_code == 302
    assert "尚待另一人补签" not in signer.get(url(case, "documents")).text


def test_what_was_typed_stays_when_it_is_refused_and_nothing_changes() -> None:
    case, desk = opened(), at_desk(DRAFTER)
    made = draft(case, at=case.opened_at)
    form = hidden(desk, page_of(made, "edit")) | {"course": "新写的经过", "seen": "2020-01-01T00:00:00+00:00"}
    before = table_checksums()
    answer = desk.post(page_of(made, "edit"), form)
    assert answer.status_code == 409
    assert "新写的经过" in answer.text
    assert table_checksums() == before


@pytest.mark.parametrize("file_format", ["pdf", "docx"])
def test_the_signed_files_are_given_byte_for_byte(file_format: str) -> None:
    case, desk = opened(), at_desk(DRAFTER)
    report = signed(case, at=case.opened_at)
    answer = desk.get(page_of(report.document, "files", file_format))
    kept = DocumentFile.objects.get(signed=report, file_format=file_format)
    assert hashlib.sha256(answer.content).hexdigest() == kept.sha256
    assert answer["Content-Disposition"].startswith("attachment;")


def test_the_file_of_a_draft_says_that_it_is_one() -> None:
    case = opened()
    made = draft(case, at=case.opened_at)
    answer = at_desk(DRAFTER).get(page_of(made, "files", "pdf"))
    assert all(
        "草稿，未签发" in sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.content)).pages
    )
    assert at_desk(DRAFTER).get(page_of(made, "files", "exe")).status_code == 404


def test_a_recipient_reads_a_report_once_it_was_sent_and_others_never() -> None:
    case, duty, health = opened(), at_desk(DUTY_ROOM), at_desk("330212-health")
    report = signed(case, at=case.opened_at)
    assert duty.get(page_of(report.document)).status_code == 403
    sent(report, DUTY_ROOM, at=case.opened_at)
    assert duty.get(page_of(report.document)).status_code == 200
    assert health.get(page_of(report.document)).status_code == 403
    listed = health.get(url(case, "documents")).text
    assert "初报" in listed
    assert page_of(report.document) not in listed


def test_a_character_that_can_not_be_printed_is_shown_before_signing() -> None:
    case = opened()
    made = draft(case, at=case.opened_at, course="患者𠮷某")
    assert "事件经过和初步原因：𠮷" in at_desk(DRAFTER).get(page_of(made)).text


def test_an_incident_without_reports_says_so() -> None:
    assert "还没有报告文书" in at_desk(DRAFTER).get(url(opened(), "documents")).text


def queries(case: Incident, desk: Client) -> int:
    desk.get(url(case, "documents"))
    with CaptureQueriesContext(connection) as asked:
        desk.get(url(case, "documents"))
    return len(asked)


def test_the_list_asks_as_much_for_many_reports_as_for_one() -> None:
    case, desk = opened(), at_desk(DRAFTER)
    sent(signed(case, at=case.opened_at), at=case.opened_at)
    one = queries(case, desk)
    for _number in range(3):
        sent(signed(case, DocumentKind.FOLLOW_UP, at=case.opened_at), at=case.opened_at)
    assert queries(case, desk) == one
