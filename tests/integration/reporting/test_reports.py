"""A county's first report: accepted once, joined or opened, withdrawn with a reason (5.1, 5.2)."""

import threading
import uuid
from typing import Any

import pytest
from django.db import connection

from accounts.actors import Actor
from incidents.models import Incident, IncidentStatus
from plan.refusal import PlanRefusal
from reporting.actions.reports import file_first_report, withdraw_report
from reporting.models import OpenDuty, Report, ReportState
from tests.support.checksums import table_checksums
from tests.support.people import actor
from tests.support.reports import CIXI, NOON, county, incident, minutes, report, stated

LATER = NOON + minutes(10)


@pytest.mark.django_db
@pytest.mark.clause(104)
def test_unknown_facts_open_duties_and_block_nothing() -> None:
    made = report(None, unknown=frozenset({"number", "place"}), place_text="")
    assert set(OpenDuty.objects.filter(incident=made.incident).values_list("code", "clause")) == {
        ("number", "5.2"),
        ("place", "5.2"),
    }
    assert made.incident.proposed_level == "below"


@pytest.mark.django_db
@pytest.mark.clause(97)
def test_an_office_files_in_its_own_county_only() -> None:
    by = actor(f"{CIXI}-regulator")
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        file_first_report(stated=stated(5), by=by, at=NOON)
    assert (refused.value.code, refused.value.clause) == ("outside_jurisdiction", "5.1(7)")
    assert table_checksums() == before


@pytest.mark.django_db
@pytest.mark.clause(97)
def test_a_zone_reports_to_its_host_county() -> None:
    zone = county("NB-QW")
    made = file_first_report(stated=stated(5, area="NB-QW"), by=actor(f"{CIXI}-regulator"), at=NOON)
    assert (made.incident.county, made.incident.zone) == (county(CIXI), zone)


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["known_at", "occurred_latest"])
def test_a_time_in_the_future_is_refused_at_its_first_second(field: str) -> None:
    by = actor("330212-regulator")
    future: dict[str, Any] = {field: NOON + minutes(1 / 60)}
    given = stated(5, at=NOON - minutes(5), **future)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        file_first_report(stated=given, by=by, at=NOON)
    assert refused.value.code == "time_in_future"
    assert table_checksums() == before


@pytest.mark.django_db
@pytest.mark.clause(190)
def test_an_incident_before_the_plan_was_in_force_is_not_graded_by_it() -> None:
    by = actor("330212-regulator")
    early = NOON.replace(year=2021, month=9, day=29, hour=23, minute=59)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        file_first_report(stated=stated(5, at=early), by=by, at=NOON)
    assert (refused.value.code, refused.value.clause) == ("before_edition", "9.3")
    assert table_checksums() == before
    assert (
        file_first_report(stated=stated(5, at=early + minutes(1)), by=by, at=NOON).incident.number
        == "NB2026-0001"
    )


@pytest.mark.django_db
@pytest.mark.clause(90)
def test_a_mistaken_report_is_withdrawn_with_a_reason_and_stays_on_record() -> None:
    made = report(40)
    by = actor("330212-regulator")
    withdrawn = withdraw_report(report=made, reason="误报：为演练信息", by=by, at=LATER)
    found = Incident.objects.get(pk=made.incident_id)
    assert (withdrawn.state, found.status, found.proposed_level) == (
        ReportState.WITHDRAWN,
        IncidentStatus.WITHDRAWN,
        "below",
    )
    assert found.facts.count() == 4


@pytest.mark.django_db
def test_withdrawing_one_of_two_reports_leaves_the_other() -> None:
    first = incident(40)
    extra = report(70, at=LATER, join=first)
    assert Incident.objects.get(pk=first.pk).assessments.latest("pk").counted["illness_count"] == 70
    withdraw_report(report=extra, reason="填错", by=actor("330212-regulator"), at=LATER)
    found = Incident.objects.get(pk=first.pk)
    assert (found.status, found.assessments.latest("pk").counted["illness_count"]) == (
        IncidentStatus.OPEN,
        40,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("office", "reason", "code"),
    [("330212-fso", "误报", "not_the_reporter"), ("330212-regulator", " ", "withdrawal_without_reason")],
)
def test_a_withdrawal_that_is_refused_changes_nothing(office: str, reason: str, code: str) -> None:
    made, by = report(40), actor(office)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        withdraw_report(report=made, reason=reason, by=by, at=LATER)
    assert refused.value.code == code
    assert table_checksums() == before


def _file_in_thread(token: uuid.UUID, by: Actor, made: list[str]) -> threading.Thread:
    def file() -> None:
        try:
            made.append(str(file_first_report(stated=stated(45), form_token=token, by=by, at=NOON).ref))
        finally:
            connection.close()

    return threading.Thread(target=file)


def test_clicks_at_the_same_time_make_one_report(committed_db: str) -> None:
    by, token, made = actor("330212-regulator"), uuid.uuid4(), list[str]()
    clicks = [_file_in_thread(token, by, made) for _click in range(8)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    assert (len(made), len(set(made)), Report.objects.count(), Incident.objects.count()) == (8, 1, 1, 1)


@pytest.mark.django_db
def test_a_form_left_behind_by_another_person_makes_a_report_of_its_own() -> None:
    token = uuid.uuid4()
    first = file_first_report(stated=stated(45), form_token=token, by=actor("330212-regulator"), at=NOON)
    second = file_first_report(stated=stated(45), form_token=token, by=actor("city-fso"), at=NOON)
    assert second.pk != first.pk


def test_reports_at_the_same_time_get_numbers_without_a_gap(committed_db: str) -> None:
    by, made = actor("330212-regulator"), list[str]()
    threads = [_file_in_thread(uuid.uuid4(), by, made) for _report in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(Incident.objects.values_list("number", flat=True))
    assert numbers == [f"NB2026-{n:04d}" for n in range(1, 9)]
