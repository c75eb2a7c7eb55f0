"""Reports drafted from the facts on record, edited, checked and signed by two people, or by one with a reason."""

from typing import Any

import pytest

from incidents.actions.facts import record_facts
from incidents.fixing import fix_level
from plan.levels import IncidentLevel, ResponseLevel
from plan.refusal import PlanRefusal
from reporting.actions.countersigning import countersign_document
from reporting.actions.documents import check_document, draft_new_version, edit_document
from reporting.actions.signing import sign_document
from reporting.documents.marks import Marks
from reporting.models import Document, DocumentKind, DocumentState, SignedDocument, Urgency
from tests.support.clocks import after, major
from tests.support.documents import DRAFTER, EVERYTHING, SIGNER, draft, signed, texts
from tests.support.measures import refused, taken
from tests.support.people import actor
from tests.support.reports import incident, people
from tests.support.response import active

FIRST, FOLLOW_UP, FINAL = DocumentKind.FIRST, DocumentKind.FOLLOW_UP, DocumentKind.FINAL

pytestmark = pytest.mark.django_db


@pytest.mark.clause(102)
def test_a_first_report_is_drafted_from_the_facts_on_record() -> None:
    report = signed(major())
    said = texts(report.content)
    assert said["occurred"] == "2026年5月1日12时00分。"
    assert said["place"] == "鄞州区甬江饭店。"
    assert said["people"] == "截至2026年5月1日12时00分，发病120人。"
    assert "较大食品安全事故（Ⅲ级）" in said["level"]
    assert report.fact_ids
    assert report.content["to"] == ["市委市政府值班室", "市食药安办"]


@pytest.mark.clause(104)
def test_what_is_not_known_never_holds_up_a_first_report() -> None:
    case = major(occurred_earliest=None, occurred_latest=None)
    said = texts(signed(case, contact="", occurred="").content)
    assert said["occurred"] == said["contact"] == "暂不清楚，续报补充。"


def test_what_nobody_changed_follows_the_facts_until_it_is_signed() -> None:
    case = major()
    made = draft(case, course="甲乙。")
    fix_level(incident=case, level=IncidentLevel.III, by=actor("city-fso"), at=after(12))
    said = texts(sign_document(document=made, by=actor(SIGNER), at=after(13)).content)
    assert said["level"] == "较大食品安全事故（Ⅲ级），市食药安办核定，依据预案2.3(2)。"
    assert said["course"] == "甲乙。"


def test_measures_and_the_running_response_are_drafted_too() -> None:
    running = active(ResponseLevel.III)
    case = running.incident
    taken(case, "seal", at=after(40))
    said = texts(signed(case, at=after(45)).content)
    assert "12时40分鄞州区市场监管局：" in said["measures"]
    assert said["level"].endswith("市级已启动Ⅲ级应急响应。")


def test_a_level_that_the_facts_have_outgrown_is_not_reported_as_the_level() -> None:
    case = incident(60)
    fix_level(incident=case, level=IncidentLevel.IV, by=actor(SIGNER), at=after(1))
    record_facts(incident=case, entries=[people(120, at=after(5))], by=actor(DRAFTER), at=after(5))
    level = texts(signed(case).content)["level"]
    assert level.startswith("按现有事实达到较大食品安全事故（Ⅲ级），依据预案2.3(2)，尚未核定。此前：一般")


def test_a_new_version_of_a_follow_up_compares_with_the_report_before_it() -> None:
    case = major()
    signed(case)
    record_facts(incident=case, entries=[people(132, at=after(20))], by=actor(DRAFTER), at=after(20))
    first = signed(case, FOLLOW_UP, at=after(30))
    signed(case, FOLLOW_UP, at=after(40))
    made = draft_new_version(signed=first, by=actor(DRAFTER), at=after(50))
    again = sign_document(document=made, by=actor(SIGNER), at=after(51))
    assert again.content["name"] == "续报一"
    assert texts(again.content)["people"].endswith("与初报相比，发病增加12人。")


def test_a_draft_begun_twice_is_one() -> None:
    case = major()
    assert draft(case) == draft(case, by=SIGNER)


def test_a_follow_up_says_what_changed_since_the_report_before() -> None:
    case = major()
    signed(case)
    record_facts(incident=case, entries=[people(132, at=after(20))], by=actor(DRAFTER), at=after(20))
    first = signed(case, FOLLOW_UP, at=after(30))
    assert first.content["name"] == "续报一"
    assert "发病132人。与初报相比，发病增加12人。" in texts(first.content)["people"]
    assert "occurred" not in texts(first.content)
    second = signed(case, FOLLOW_UP, at=after(40))
    assert second.content["name"] == "续报二"
    assert texts(second.content)["people"].endswith("与续报一相比，各项人数无变化。")


def test_a_follow_up_waits_for_a_first_report() -> None:
    case = major()
    refusal = refused(lambda: draft(case, FOLLOW_UP), DRAFTER)
    assert (refusal.code, refusal.status) == ("no_first_report", 409)


def test_a_second_first_report_is_a_new_version_or_a_follow_up() -> None:
    case = major()
    signed(case)
    assert refused(lambda: draft(case), DRAFTER).code == "report_already_signed"


@pytest.mark.clause(90)
def test_a_new_version_names_the_old_which_stays() -> None:
    case = major()
    old = signed(case, course="误写。")
    made = draft_new_version(signed=old, by=actor(DRAFTER), at=after(20))
    assert made.text["course"] == "误写。"
    edit_document(document=made, text={**made.text, "course": "更正。"}, by=actor(DRAFTER), at=after(20))
    new = sign_document(document=made, by=actor(SIGNER), at=after(21))
    assert (new.replaces, new.content["version"], new.content["replaces"]) == (old, 2, old.sha256)
    assert texts(SignedDocument.objects.get(pk=old.pk).content)["course"] == "误写。"
    again = refused(
        lambda: draft_new_version(
            signed=old,
            by=actor(DRAFTER),
            at=after(22),
        ),
        DRAFTER,
    )
    assert again.code == "version_replaced"


def test_who_wrote_it_neither_checks_nor_signs_it() -> None:
    made = draft(major())
    checked = refused(lambda: check_document(document=made, by=actor(DRAFTER), at=after(11)), DRAFTER)
    assert (checked.code, checked.status) == ("checker_is_drafter", 403)
    alone = refused(lambda: sign_document(document=made, by=actor(DRAFTER), at=after(11)), DRAFTER)
    assert (alone.code, alone.status) == ("alone_without_reason", 422)


def test_a_change_after_the_check_is_checked_anew() -> None:
    made = check_document(document=draft(major()), by=actor(SIGNER), at=after(11))
    assert made.state == DocumentState.CHECKED
    edited = edit_document(
        document=made, text={**made.text, "course": "改动。"}, by=actor(SIGNER), at=after(12)
    )
    assert (edited.state, edited.checked_by) == (DocumentState.DRAFT, "")
    assert edited.edited_by == actor(SIGNER).ref


def test_alone_at_night_a_reason_signs_and_another_person_signs_later() -> None:
    report = sign_document(
        document=draft(major()), alone_reason="夜间值班一人", by=actor(DRAFTER), at=after(11)
    )
    assert report.content["alone_reason"] == "夜间值班一人"
    same = refused(lambda: countersign_document(signed=report, by=actor(DRAFTER), at=after(12)), DRAFTER)
    assert same.code == "countersigner_is_signer"
    countersign_document(signed=report, by=actor(SIGNER), at=after(500))
    again = refused(lambda: countersign_document(signed=report, by=actor(SIGNER), at=after(501)), SIGNER)
    assert again.code == "no_countersignature_owed"


def test_a_reason_is_not_kept_where_two_people_signed() -> None:
    report = sign_document(document=draft(major()), alone_reason="多余", by=actor(SIGNER), at=after(11))
    assert report.alone_reason == report.content["alone_reason"] == ""


def test_a_final_report_says_everything_or_why_not() -> None:
    case = major()
    said: dict[str, Any] = EVERYTHING | {"findings": "", "level": ""}
    made = draft(case, FINAL, **said)
    refusal = refused(lambda: sign_document(document=made, by=actor(SIGNER), at=after(11)), SIGNER)
    assert refusal.code == "final_report_incomplete"
    assert "检验流调结论、责任认定、善后和整改" in refusal.message_zh
    assert "事故级别和响应级别" in refusal.message_zh
    why = {"findings": "样品已毁", "level": "尚在核定"}
    made = edit_document(
        document=made,
        text=made.text,
        unknown=why,
        marks=Marks(urgency=Urgency.PLAIN),
        by=actor(DRAFTER),
        at=after(12),
    )
    printed = texts(sign_document(document=made, by=actor(SIGNER), at=after(13)).content)
    assert printed["findings"] == "不详（样品已毁）。"


@pytest.mark.parametrize("office", ["330203-regulator", "city-duty", "330212-health"])
def test_another_county_and_a_recipient_write_no_report_of_this_bearer(office: str) -> None:
    made = draft(major())
    refusal = refused(lambda: edit_document(document=made, text={}, by=actor(office), at=after(11)), office)
    assert refusal.status == 403


def test_a_text_that_somebody_changed_meanwhile_is_not_overwritten() -> None:
    made = draft(major())
    seen = made.edited_at.isoformat()
    edit_document(document=made, text={"course": "甲"}, seen=seen, by=actor(SIGNER), at=after(12))
    refusal = refused(
        lambda: edit_document(
            document=made, text={"course": "乙"}, seen=seen, by=actor(DRAFTER), at=after(13)
        ),
        DRAFTER,
    )
    assert (refusal.code, refusal.status) == ("document_changed", 409)


def test_a_signed_report_is_frozen() -> None:
    report = signed(major())
    document = Document.objects.get(pk=report.document_id)
    for act in (
        lambda: edit_document(document=document, text={}, by=actor(DRAFTER), at=after(20)),
        lambda: sign_document(document=document, by=actor(SIGNER), at=after(20)),
        lambda: check_document(document=document, by=actor(SIGNER), at=after(20)),
    ):
        with pytest.raises(PlanRefusal) as raised:
            act()
        assert raised.value.code == "document_signed"


@pytest.mark.parametrize(("field", "label"), [("course", "事件经过和初步原因"), ("copies", "抄送")])
def test_signing_stops_at_a_character_that_no_font_has(field: str, label: str) -> None:
    made = draft(major())
    text = {**made.text, **({field: "患者𠮷某"} if field != "copies" else {})}
    made = edit_document(
        document=made,
        text=text,
        marks=Marks(copies="𠮷氏" if field == "copies" else ""),
        by=actor(DRAFTER),
        at=after(11),
    )
    refusal = refused(lambda: sign_document(document=made, by=actor(SIGNER), at=after(12)), SIGNER)
    assert refusal.code == "glyph_missing"
    assert f"{label}：𠮷" in refusal.message_zh
