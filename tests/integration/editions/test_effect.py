"""A revision is tried on what happened, and changes nothing of it (9.1)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from editions.actions.drafts import draft_edition, try_draft
from editions.models import Draft, EffectLine, EffectRun
from tests.support.checksums import table_checksums
from tests.support.clocks import OFFICE, after, deliver
from tests.support.editions import NUMBERS, WORDS, drafted
from tests.support.people import actor, login
from tests.support.refusals import refused
from tests.support.reports import HAISHU, NOON, incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(184)]

NOW = NOON + timedelta(days=2)


@pytest.fixture(autouse=True)
def _offices(db: None) -> None:
    """The people exist beforehand, so that what is refused finds every table as it was."""
    for office in (OFFICE, "city-regulator"):
        actor(office)


def tried(draft: Draft) -> dict[str, EffectLine]:
    run = try_draft(draft=draft, by=actor(OFFICE), at=NOW)
    return {line.number: line for line in run.lines.all()}


@pytest.mark.clause(190)
def test_incidents_are_graded_again_and_only_what_differs_is_kept() -> None:
    below, at, above = (incident(ill, area=HAISHU, place_text=f"第{ill}食堂").number for ill in (49, 50, 100))
    lines = tried(drafted(NUMBERS.replace("phone_limit = 45", ""), at=NOW))
    assert set(lines) == {at}
    line = lines[at]
    assert (line.level_before, line.level_after) == ("IV", "III")
    assert (line.clauses_before, line.clauses_after, line.duty) == (["2.4(2)"], ["2.3(2)"], "starts")
    run = EffectRun.objects.get()
    assert (run.incidents, run.differing) == (3, 1)
    assert {below, above}.isdisjoint(lines)


@pytest.mark.parametrize(("minute", "differs"), [(45, False), (46, True), (60, True)])
def test_clocks_are_judged_again_to_the_minute(minute: int, differs: bool) -> None:
    case = incident(100)
    deliver(case, after(minute))
    lines = tried(drafted(at=NOW))
    changed = [(clock["leg"], clock["after"]) for line in lines.values() for clock in line.clocks]
    assert changed.count(("phone", "late")) == differs


def test_a_trial_changes_nothing_but_itself() -> None:
    incident(60)
    draft = drafted(at=NOW)
    before = table_checksums()
    try_draft(draft=draft, by=actor(OFFICE), at=NOW)
    after_it = table_checksums()
    moved = {table for table in before if before[table] != after_it[table]}
    assert moved == {"audit_auditevent", "audit_chainhead", "editions_effectrun", "editions_effectline"}


def test_a_bad_file_and_another_office_are_refused() -> None:
    with refused("bad_edition", 422, "9.1"):
        drafted(NUMBERS.replace("50", "30"), at=NOW)
    with refused("office_lacks_right", 403, "3.2"):
        draft_edition(numbers=NUMBERS, words=WORDS, by=actor("city-regulator"), at=NOW)
    draft = drafted(at=NOW)
    with refused("office_lacks_right", 403, "3.2"):
        try_draft(draft=draft, by=actor("city-regulator"), at=NOW)


def test_the_office_sends_a_revision_in_tries_it_and_reads_the_differences(client: Client) -> None:
    number = incident(60).number
    login(client, OFFICE)
    sent = {
        "numbers": SimpleUploadedFile("new.toml", NUMBERS.encode()),
        "words": SimpleUploadedFile("new.md", WORDS.encode()),
    }
    page = client.post("/plan/drafts/new/", sent, follow=True)
    address = page.request["PATH_INFO"]
    assert "还没有试算" in page.content.decode()
    text = client.post(address, follow=True).content.decode()
    assert number in text
    assert "5.1(8)会起算" in text
    draft = Draft.objects.get()
    assert address == f"/plan/drafts/{draft.key}/"
    compared = client.get(f"/plan/compare/e0/{draft.key}/").content.decode()
    assert "<del>10</del>" in compared or "<del>100</del>" in compared
    assert "<ins>5</ins>" in compared or "<ins>50</ins>" in compared
    assert "甬政办发〔2016〕139号" in client.get("/plan/").content.decode()


def test_a_file_that_is_no_text_is_told_so_and_nothing_is_kept(client: Client) -> None:
    login(client, OFFICE)
    sent = {
        "numbers": SimpleUploadedFile("new.toml", b"\xff\xfe\x00"),
        "words": SimpleUploadedFile("new.md", WORDS.encode()),
    }
    page = client.post("/plan/drafts/new/", sent)
    assert page.status_code == 422
    assert "不是UTF-8文本" in page.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.clause(5)
def test_an_instrument_amended_after_the_plan_is_flagged_and_others_may_be_added(client: Client) -> None:
    login(client, OFFICE)
    before, after_it = "中华人民共和国食品安全法", "中华人民共和国突发事件应对法"
    for name, amended in ((before, "2021-09-30"), (after_it, "2021-10-01"), ("宁波市某办法", "")):
        sent = {"name": name, "version": "现行", "amended_on": amended}
        assert client.post("/plan/laws/new/", sent).status_code == 302
    text = client.get("/plan/").content.decode()
    assert text.count("预案印发后已修订") == 1
    assert f'《{after_it}》</span> <span class="tag tag-warn">' in text
    assert "《宁波市某办法》" in text
    future = {"name": before, "version": "现行", "amended_on": "2099-01-01"}
    assert client.post("/plan/laws/new/", future).status_code == 422


@pytest.mark.parametrize("key", ["e1", "d999999", "x0", "e", "d", "e-1"])
def test_an_edition_that_is_not_there_is_not_found(key: str, client: Client) -> None:
    login(client, OFFICE)
    for address in (f"/plan/compare/e0/{key}/", f"/plan/drafts/{key}/"):
        assert client.get(address).status_code == 404
