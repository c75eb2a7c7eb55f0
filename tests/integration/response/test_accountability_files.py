"""A file's life: evidence that can be held against its hashes, the unit's answer, referrals, outcome, end (3.4.1, 7.3)."""

import uuid
from datetime import date
from typing import Any

import pytest

from audit.models import AuditEvent
from incidents.models import Incident
from outbox.models import Message
from plan.accountability import AccountabilityGround
from response.actions.accountability import open_accountability_file
from response.actions.accountability_answers import answer_accusation, ask_accused, record_accused_answer
from response.actions.accountability_ends import close_accountability_file, record_outcome
from response.actions.accountability_evidence import link_evidence
from response.bundle.archive import bundle
from response.chronicle import chronicle_of
from response.models import AccountabilityEntry, AccountabilityQuestion
from response.selectors.accountability import prompts_for
from response.selectors.accountability_files import exhibits_of, file_now
from tests.support.accountability import noted, opened_file, referred, silent_operator
from tests.support.clocks import COUNTY, OFFICE, after, deliver, major
from tests.support.evidence import tamper
from tests.support.people import actor
from tests.support.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause(169, 170, 171)]


def asked(entry: AccountabilityEntry, *, until: float = 120, **more: Any) -> AccountabilityQuestion:
    """The office asks at minute 60 for an answer by minute `until`."""
    given: dict[str, Any] = {"question": "请说明报告经过", "by": actor(OFFICE), "at": after(60), **more}
    return ask_accused(entry=entry, due_at=after(until), **given)


def late_file() -> tuple[Incident, AccountabilityEntry]:
    """A file opened on the suspicion of a phone report that came a minute late."""
    found = major()
    deliver(found, after(61), to=OFFICE)
    late = prompts_for(actor(OFFICE), found, after(70))
    (prompt,) = [each for each in late if each.lateness and each.lateness.leg.received]
    entry = open_accountability_file(
        incident=found,
        about=prompt.subject,
        ground=AccountabilityGround.DELAYED,
        reason="得知后超过一小时才报告",
        by=actor(OFFICE),
        at=after(70),
    )
    return found, entry


def test_evidence_of_a_prompt_is_linked_at_opening_and_a_changed_record_is_found() -> None:
    _found, entry = late_file()
    exhibits = exhibits_of(entry)
    rows = {name: kept for each in exhibits for name, kept in each.link.rows.items()}
    assert all(each.is_unchanged for each in exhibits)
    sealed = [name for name in entry.frozen["rows"] if not name.startswith("reporting.obligation:")]
    assert sealed
    assert set(sealed) <= set(rows)
    (delivery,) = [name for name in sealed if name.startswith("reporting.delivery:")]
    pk = int(delivery.rpartition(":")[2])
    tamper("SET CONSTRAINTS ALL IMMEDIATE")
    tamper("ALTER TABLE reporting_delivery DISABLE TRIGGER ALL")
    tamper("UPDATE reporting_delivery SET receiver = %s WHERE id = %s", "改写", pk)
    tamper("ALTER TABLE reporting_delivery ENABLE TRIGGER ALL")
    assert {each.is_unchanged for each in exhibits_of(entry) if delivery in each.link.rows} == {False}
    assert {each.is_unchanged for each in exhibits_of(entry) if delivery not in each.link.rows} == {True}


def test_a_rewritten_log_is_found_too() -> None:
    found, entry = late_file()
    event = AuditEvent.objects.filter(chain=found.chain, action="incidents.open_incident").get()
    link_evidence(entry=entry, events=[event], by=actor(OFFICE), at=after(71))
    tamper("UPDATE audit_auditevent SET payload = %s WHERE id = %s", "{}", event.pk)
    assert not all(each.is_unchanged for each in exhibits_of(entry))


def test_evidence_of_another_incident_is_none() -> None:
    _found, entry = late_file()
    other = AuditEvent.objects.filter(chain=major(place_text="别处").chain).earliest("pk")
    with refused("evidence_not_of_incident", 422, "7.3"):
        link_evidence(entry=entry, events=[other], by=actor(OFFICE), at=after(71))
    with refused("evidence_not_of_incident", 422, "7.3"):
        link_evidence(entry=entry, events=[], by=actor(OFFICE), at=after(71))


@pytest.mark.parametrize(("minute", "is_late"), [(120.99, False), (121, True)])
def test_an_answer_is_late_from_the_first_second_of_the_next_minute(minute: float, is_late: bool) -> None:
    entry = opened_file(major(), at=after(10))
    question = asked(entry)
    assert file_now(entry, after(minute)).asked[0].is_overdue is is_late
    given = answer_accusation(asked=question, answer="电话占线", by=actor(COUNTY), at=after(minute))
    assert given.is_late() is is_late
    assert not file_now(entry, after(999)).asked[0].is_overdue


def test_the_unit_answers_itself_or_the_office_enters_it_with_its_source() -> None:
    entry = opened_file(major(), at=after(10))
    question = asked(entry)
    told = Message.objects.get(kind="accountability", recipient=COUNTY)
    assert (told.title, told.chain) == ("请就有关情况作出说明", "")
    assert OFFICE not in told.body
    other = actor("330212-regulator")
    with refused("question_not_found", 404, "7.3"):
        answer_accusation(asked=question, answer="代答", by=other, at=after(61))
    given: dict[str, Any] = {"asked": question, "answer": "电话占线", "by": actor(OFFICE), "at": after(80)}
    with refused("answer_without_source", 422, "7.3"):
        record_accused_answer(**given, source=" ", answered_at=after(70))
    with refused("answer_before_question", 422, "7.3"):
        record_accused_answer(**given, source="来函", answered_at=after(59))
    with refused("answer_in_future", 422, "7.3"):
        record_accused_answer(**given, source="来函", answered_at=after(81))
    record_accused_answer(**given, source="鄞政函1号", answered_at=after(70))
    assert Message.objects.filter(kind="accountability", recipient=COUNTY).count() == 2
    unit = actor(COUNTY)
    with refused("question_answered", 409, "7.3"):
        answer_accusation(asked=question, answer="再答", by=unit, at=after(90))


def test_an_operator_without_account_is_sent_nothing() -> None:
    found = major()
    clock = silent_operator(found, discovered_at=after(-180), at=after(0))
    (prompt,) = [each for each in prompts_for(actor(OFFICE), found, after(10)) if each.subject == clock]
    entry = open_accountability_file(
        incident=found,
        about=clock,
        ground=prompt.grounds[0],
        reason="三小时未报",
        by=actor(OFFICE),
        at=after(10),
    )
    assert entry.ground == AccountabilityGround.NOT_REPORTED
    asked(entry)
    assert not Message.objects.filter(kind="accountability").exists()
    with refused("ground_not_of_accused", 422, "3.4.1"):
        referred(entry, "dereliction", at=after(90))
    with refused("ground_not_of_accused", 422, "3.4.1"):
        referred(entry, "organ", at=after(90))
    assert referred(entry, "public_interest", at=after(90)).content["addressee"] == "检察机关"


def decided(entry: AccountabilityEntry) -> dict[str, Any]:
    """What an outside body decided on the day of the incident."""
    return {
        "entry": entry,
        "body": "市公安局",
        "document_number": "甬公〔2026〕1号",
        "decided_on": date(2026, 5, 1),
        "outcome": "见来文",
        "by": actor(OFFICE),
        "at": after(60),
    }


def test_an_outcome_is_an_outside_bodys_with_its_document() -> None:
    entry = opened_file(major(), at=after(10))
    given, drawn = decided(entry), referred(entry, at=after(21))
    for name in ("body", "document_number", "outcome"):
        with refused("outcome_without_source", 422, "7.3"):
            record_outcome(**given | {name: " "})
    with refused("outcome_in_future", 422, "7.3"):
        record_outcome(**given | {"decided_on": date(2026, 5, 2)})
    with refused("referral_was_not_sent", 409, "7.3"):
        record_outcome(**given, referral=drawn)
    other = referred(opened_file(major(place_text="别处"), at=after(10)), at=after(20))
    with refused("referral_of_another_file", 422, "7.3"):
        record_outcome(**given, referral=other)


def test_a_file_ends_with_an_outcome_or_a_reason_and_then_takes_nothing() -> None:
    entry, by = opened_file(major(), at=after(10)), actor(OFFICE)
    referral = referred(entry, at=after(20))
    noted(referral, "sent", at=after(30))
    with refused("closed_without_ground", 422, "7.3"):
        close_accountability_file(entry=entry, by=by, at=after(61))
    outcome, token = record_outcome(**decided(entry), referral=referral), uuid.uuid4()
    closing = close_accountability_file(entry=entry, form_token=token, by=by, at=after(62))
    assert closing.outcome == outcome
    assert close_accountability_file(entry=entry, form_token=token, by=by, at=after(62)) == closing
    with refused("file_closed", 409, "7.3"):
        asked(entry, at=after(63))
    with refused("file_closed", 409, "7.3"):
        referred(entry, at=after(63))
    with refused("file_closed", 409, "7.3"):
        noted(referral, "accepted", at=after(63))


def test_another_office_finds_no_file_and_nothing_of_it_leaves_the_file() -> None:
    found = major()
    before = bundle(found)
    entry = opened_file(found, at=after(10))
    question = asked(entry)
    referral = referred(entry, at=after(70))
    for office in ("330212-fso", "city-gov"):
        by = actor(office)
        with refused("file_not_found", 404, "7.3"):
            asked(entry, by=by)
        with refused("file_not_found", 404, "7.3"):
            close_accountability_file(entry=entry, reason="结案", by=by, at=after(80))
    by = actor("330212-regulator")
    with refused("office_lacks_right", 403, "3.2"):
        asked(entry, by=by)
    assert bundle(found) == before
    assert all(word not in line.what for line in chronicle_of(found, limit=50) for word in ("追责", "移送"))
    chain = AuditEvent.objects.filter(chain="accountability")
    written = "".join(event.payload + event.subject for event in chain)
    for word in (found.number, COUNTY, referral.addressee, question.question, "crime"):
        assert word not in written


def test_what_was_dismissed_is_no_file_and_a_form_sent_twice_is_one() -> None:
    entry, token = opened_file(major(), at=after(10)), uuid.uuid4()
    assert asked(entry, form_token=token) == asked(entry, form_token=token)
    assert referred(entry, at=after(20), form_token=token) == referred(entry, at=after(20), form_token=token)
    with refused("answer_due_in_past", 422, "7.3"):
        asked(entry, until=60.9)
    with refused("question_missing", 422, "7.3"):
        asked(entry, question=" ")
