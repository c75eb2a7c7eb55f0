"""Who decides a suspicion, once, with what record, and who learns of it (5.1, 7.3; A41, A48)."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEvent
from incidents.models import Incident
from plan.accountability import AccountabilityGround
from reporting.actions.deliveries import correct_delivery
from response.actions.accountability import dismiss_accountability_prompt, open_accountability_file
from response.bundle.contents import evidence_files
from response.chronicle import chronicle_of
from response.models import AccountabilityDecision, AccountabilityEntry
from response.selectors.accountability import Prompt, files_for, prompts_for, recent_prompts
from tests.support.clocks import COUNTY, DUTY_ROOM, OFFICE, WRITTEN, after, deliver, major
from tests.support.people import actor, organisation
from tests.support.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause(90, 170)]
COUNTY_OFFICE, GOVERNMENT = "330212-fso", "city-gov"
WHY = "得知后超过一小时才报告"


def told(found: Incident, at: float) -> None:
    """Both phone and both written reports arrive at this minute."""
    for to in (DUTY_ROOM, OFFICE):
        deliver(found, after(at), to=to)
        deliver(found, after(at), WRITTEN, to=to)


def dismissed(
    found: Incident, prompt: Prompt, *, by: str = OFFICE, at: float = 300, **more: Any
) -> AccountabilityEntry:
    given: dict[str, Any] = {"reason": "通信中断有记录", **more}
    return dismiss_accountability_prompt(
        incident=found, about=prompt.subject, **given, by=actor(by), at=after(at)
    )


def opened(
    found: Incident, prompt: Prompt, *, by: str = OFFICE, at: float = 300, **more: Any
) -> AccountabilityEntry:
    given: dict[str, Any] = {"reason": WHY, "ground": AccountabilityGround.DELAYED, **more}
    return open_accountability_file(incident=found, about=prompt.subject, **given, by=actor(by), at=after(at))


def test_authorities_of_a_county_are_the_citys_matter_and_the_citys_office_the_governments() -> None:
    found = major()
    told(found, 200)
    assert len(prompts_for(actor(OFFICE), found, after(300))) == 4
    for office in (
        COUNTY_OFFICE,
        GOVERNMENT,
        "330212-gov",
        "330212-regulator",
        "city-regulator",
        "330203-fso",
    ):
        assert prompts_for(actor(office), found, after(300)) == []
    prompt = prompts_for(actor(OFFICE), found, after(300))[0]
    with refused("prompt_not_found", 404, "7.3"):
        opened(found, prompt, by=COUNTY_OFFICE)
    with refused("office_lacks_right", 403, "3.2"):
        opened(found, prompt, by="330212-gov")
    with refused("outside_jurisdiction", 403, "5.1(7)"):
        opened(found, prompt, by="330203-fso")


@pytest.mark.parametrize(
    ("accused", "in_charge"),
    [
        ("city-fso", {GOVERNMENT}),
        ("city-regulator", {GOVERNMENT}),
        ("city-health", {OFFICE}),
        ("330212-fso", {OFFICE}),
        ("330212-gov", {OFFICE}),
        ("hosp-yinzhou-people", {OFFICE, COUNTY_OFFICE}),
        ("hosp-first", {OFFICE}),
    ],
)
def test_who_opens_a_file_against_whom(accused: str, in_charge: set[str]) -> None:
    found = major()
    given: dict[str, Any] = {
        "incident": found,
        "accused": organisation(accused),
        "ground": AccountabilityGround.OMITTED,
        "reason": "未报告就餐人数",
        "at": after(10),
    }
    for office in (OFFICE, COUNTY_OFFICE, GOVERNMENT):
        by = actor(office)
        if office in in_charge:
            entry = open_accountability_file(**given, by=by)
            assert (entry.clauses, entry.frozen, entry.obligation, entry.fact) == (["7.3"], {}, None, None)
        else:
            with refused("not_in_charge", 403, "7.3"):
                open_accountability_file(**given, by=by)
    for office in (OFFICE, COUNTY_OFFICE, GOVERNMENT):
        assert bool(files_for(actor(office), found)) is (office in in_charge)


def test_a_file_keeps_the_record_as_it_was() -> None:
    found = major()
    told(found, 61)
    prompt = prompts_for(actor(OFFICE), found, after(100))[0]
    entry = opened(found, prompt)
    call = prompt.lateness.leg.received if prompt.lateness else None
    assert call is not None
    correct_delivery(
        delivery=call, received_at=after(50), reason="清单", by=actor("330212-regulator"), at=after(310)
    )
    kept = AccountabilityEntry.objects.get(pk=entry.pk)
    assert kept.frozen["received_at"] == "2026-05-01T05:01:00.000000Z"
    assert kept.frozen["limit_from_knowledge"] == "2026-05-01T05:00:00.000000Z"
    assert {f"reporting.obligation:{prompt.subject.pk}", f"reporting.delivery:{call.pk}"} <= set(
        kept.frozen["rows"]
    )
    assert (kept.clauses, kept.accused.code, kept.decision) == (
        ["5.1(8)", "7.3"],
        COUNTY,
        AccountabilityDecision.OPENED,
    )
    (again,) = [each for each in prompts_for(actor(OFFICE), found, after(311)) if each.decision == kept]
    assert again.is_overtaken


def test_a_prompt_is_decided_once_and_never_when_overtaken() -> None:
    found = major()
    told(found, 61)
    first, second = prompts_for(actor(OFFICE), found, after(100))
    with refused("accountability_without_reason", 422, "7.3"):
        dismissed(found, first, reason="  ")
    dismissed(found, first)
    with refused("prompt_decided", 409, "7.3"):
        opened(found, first)
    call = second.lateness.leg.received if second.lateness else None
    assert call is not None
    correct_delivery(
        delivery=call, received_at=after(50), reason="清单", by=actor("330212-regulator"), at=after(110)
    )
    with refused("prompt_overtaken", 409, "7.3"):
        dismissed(found, second)


def test_a_form_sent_twice_decides_once() -> None:
    found, token = major(), uuid.uuid4()
    told(found, 61)
    prompt = prompts_for(actor(OFFICE), found, after(100))[0]
    assert opened(found, prompt, form_token=token) == opened(found, prompt, form_token=token)
    assert AccountabilityEntry.objects.count() == 1


def test_without_an_accused_no_file_is_opened_by_hand() -> None:
    found, by = major(), actor(OFFICE)
    with refused("nobody_accused", 422, "7.3"):
        open_accountability_file(
            incident=found, ground=AccountabilityGround.OMITTED, reason=WHY, by=by, at=after(1)
        )


def test_neither_chronicle_nor_bundle_nor_log_tells_of_it() -> None:
    found = major()
    told(found, 61)
    before = evidence_files(found)["log.jsonl"]
    opened(found, prompts_for(actor(OFFICE), found, after(100))[0])
    assert all("责任追究" not in entry.what for entry in chronicle_of(found, limit=50))
    files = evidence_files(found)
    assert files["log.jsonl"] == before
    assert files["records/response.accountabilityentry.jsonl"] == ""
    (event,) = AuditEvent.objects.filter(action="response.decide_accountability")
    assert event.chain == "accountability"
    for word in (found.number, COUNTY, "delayed", WHY):
        assert word not in event.payload + event.subject


def test_what_waits_is_listed_over_incidents_in_a_constant_number_of_queries() -> None:
    found, by = major(), actor(OFFICE)
    told(found, 61)
    with CaptureQueriesContext(connection) as of_one:
        assert len(recent_prompts(by, after(100))) == 2
    for number in range(3):
        told(major(place_text=f"饭店{number}"), 61)
    with CaptureQueriesContext(connection) as of_all:
        assert len(recent_prompts(by, after(100))) == 8
    assert len(of_one) == len(of_all)
    dismissed(found, prompts_for(by, found, after(100))[0])
    assert len(recent_prompts(by, after(300))) == 7
    assert recent_prompts(actor(COUNTY_OFFICE), after(100)) == []
