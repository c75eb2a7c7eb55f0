"""What stands on a report beside its text: how secret, how urgent, and always in Chinese (GB/T 9704)."""

import pytest
from django.utils.translation import get_language, override

from reporting.actions.documents import draft_new_version, edit_document
from reporting.actions.signing import sign_document
from reporting.documents.marks import Marks
from reporting.documents.sheet import sheet
from reporting.models import Secrecy, SignedDocument, Urgency
from tests.support.clocks import after, major
from tests.support.documents import DRAFTER, SIGNER, draft, texts
from tests.support.measures import refused
from tests.support.people import actor

pytestmark = pytest.mark.django_db


def test_what_is_marked_stays_until_it_is_marked_otherwise() -> None:
    marks = Marks(urgency=Urgency.URGENT, secrecy=Secrecy.SECRET, secret_for="1年", copies="市卫生健康委")
    made = edit_document(document=draft(major()), text={}, marks=marks, by=actor(DRAFTER), at=after(11))
    edited = edit_document(document=made, text={"course": "甲"}, by=actor(DRAFTER), at=after(12))
    content = sign_document(document=edited, by=actor(SIGNER), at=after(13)).content
    assert sheet(content, "").marks == ("秘密★1年", "加急")
    assert content["copies"] == "市卫生健康委"
    newer = draft_new_version(signed=SignedDocument.objects.get(), by=actor(DRAFTER), at=after(14))
    assert (newer.secrecy, newer.secret_for) == (Secrecy.SECRET, "1年")
    refusal = refused(
        lambda: edit_document(
            document=newer, text={}, marks=Marks(secret_for="1年"), by=actor(DRAFTER), at=after(15)
        ),
        DRAFTER,
    )
    assert (refusal.code, refusal.status) == ("term_without_secrecy", 422)


def test_a_document_is_in_chinese_whatever_language_its_signer_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = [lambda _incident: {"measures": get_language() or ""}]
    monkeypatch.setattr("reporting.documents.material.SAID_ABOVE", spoken)
    made = draft(major())
    with override("en"):
        content = sign_document(document=made, by=actor(SIGNER), at=after(13)).content
    assert texts(content)["measures"] == "zh-hans"
    assert sheet(content, "").marks == ("特急",)


def test_a_first_report_names_when_it_was_known_from_whom_and_who_took_it() -> None:
    said = texts(sign_document(document=draft(major()), by=actor(SIGNER), at=after(13)).content)
    assert said["received"] == (
        f"2026年5月1日12时00分得知，信息来源：鄞州区市场监管局报告，接报人：测试 {DRAFTER}。"
    )
