"""A hospital reports a cluster: accepted on counts alone, told to two offices, answered with its level (5.1(3))."""

from datetime import timedelta

import pytest

from audit.clock import database_now
from incidents.models import Case, CountyRole, Fact, FactKind, Incident
from outbox.models import Message
from reporting.actions.reports import file_first_report
from reporting.models import Delivery, Obligation, OpenDuty, Report
from tests.support.hospital import Hospital, ago, case, cluster, moment
from tests.support.people import actor
from tests.support.reports import BEIJING, incident, restaurant, stated

pytestmark = pytest.mark.django_db


@pytest.mark.clause(93)
def test_a_cluster_goes_to_county_health_and_county_regulator_at_once() -> None:
    answer = Hospital().send(cluster(30))
    assert answer.status_code == 201
    body = answer.json()
    assert {leg["recipient"]["code"] for leg in body["legs"]} == {"330212-health", "330212-regulator"}
    assert {leg["clause"] for leg in body["legs"]} == {"5.1(3)"}
    assert {moment(leg["received_at"]) for leg in body["legs"]} == {moment(body["received_at"])}
    assert set(Delivery.objects.filter(leg="system").values_list("recipient__code", flat=True)) == {
        "330212-health",
        "330212-regulator",
    }
    assert set(Message.objects.values_list("recipient", flat=True)) >= {"330212-health", "330212-regulator"}
    assert answer["Location"].endswith(f"/api/v1/cluster-reports/{body['ref']}/")


@pytest.mark.clause(93)
def test_the_leg_runs_from_the_hospitals_discovery_and_has_no_limit() -> None:
    found_at = ago(10)
    Hospital().send(cluster(30, found_at=found_at))
    leg = Obligation.objects.filter(clause="5.1(3)").first()
    assert leg is not None
    assert (leg.anchor_latest, leg.target_at, leg.limit_at) == (moment(found_at), None, None)
    # The county learnt of it when the report arrived (A49).
    assert Incident.objects.get().known_at > moment(found_at) + timedelta(minutes=9)


def test_the_answer_names_level_clause_and_reason_and_the_county_can_open_it() -> None:
    body = Hospital().send(cluster(105)).json()
    incident = body["incident"]
    assert incident["proposed_level"] == {"code": "III", "numeral": "Ⅲ", "name": "较大"}
    assert [one["clause"] for one in incident["clauses"]] == ["2.3(2)"]
    assert "2.3(2)" in incident["explanation"]
    assert incident["url"] == f"/incidents/{incident['number']}/"
    assert body["missing"] == []


def test_a_report_of_the_same_registered_place_joins_and_the_counts_add_up() -> None:
    place = restaurant("甬江饭店")
    at = database_now()
    filed = file_first_report(
        stated=stated(45, at=at - timedelta(minutes=29), place=place),
        by=actor("330212-regulator"),
        at=at,
    )
    body = Hospital().send(cluster(60)).json()
    assert body["incident"]["number"] == filed.incident.number
    assert body["incident"]["proposed_level"]["code"] == "III"
    # What the county counted stays with the county.
    assert "45" not in str(body["incident"])
    assert "105" not in str(body["incident"])


def test_the_clock_starts_at_the_last_onset_of_a_cluster_without_a_list() -> None:
    last = ago(29)
    Hospital().send(cluster(105, last_onset_at=last))
    starts = set(Obligation.objects.filter(clause="5.1(8)").values_list("anchor_latest", flat=True))
    assert starts == {moment(last)}


@pytest.mark.clause(104)
def test_time_place_and_number_may_be_unknown_yet_and_stay_owed() -> None:
    hospital = Hospital()
    unknown = cluster(None, place=None, first_onset_at=None, last_onset_at=None)
    body = hospital.send(unknown).json()
    assert {duty["code"] for duty in body["missing"]} == {"occurred", "place", "number"}
    later = hospital.send(cluster(12, revision=2)).json()
    assert later["missing"] == []
    assert later["incident"]["number"] == body["incident"]["number"]
    assert not OpenDuty.objects.filter(settled_at__isnull=True).exists()
    assert Incident.objects.get().place_text == "甬江饭店"


def test_a_place_named_only_by_a_revision_is_the_incidents_and_proposes_what_it_may_belong_to() -> None:
    there = incident(40, at=database_now() - timedelta(minutes=60))
    hospital = Hospital()
    first = hospital.send(cluster(12, place=None)).json()
    kept = Incident.objects.filter(number=first["incident"]["number"])
    assert (kept.get().place, kept.get().join_proposals.count()) == (None, 0)
    place = restaurant()
    for revision in (2, 3):
        hospital.send(cluster(12, revision=revision))
        found = kept.get()
        assert (found.place, found.place_text) == (place, place.name)
        assert [each.other for each in found.join_proposals.all()] == [there]


def test_a_new_revision_replaces_the_hospitals_own_count() -> None:
    hospital = Hospital()
    first = hospital.send(cluster(95)).json()
    second = hospital.send(cluster(101, revision=2)).json()
    assert second["incident"]["number"] == first["incident"]["number"]
    assert second["incident"]["proposed_level"]["code"] == "III"
    assert hospital.fate(first["ref"]).json()["superseded_by"] == second["ref"]
    third = hospital.send(cluster(16, revision=3)).json()
    assert third["incident"]["proposed_level"]["code"] == "below"


def test_a_total_counts_the_reports_it_includes_once() -> None:
    hospital = Hospital()
    first = hospital.send(cluster(60)).json()
    total = hospital.send(cluster(99, reference="ED-2", count_kind="total", includes=[first["ref"]])).json()
    assert total["incident"]["number"] == first["incident"]["number"]
    assert total["incident"]["proposed_level"]["code"] == "IV"


def test_with_a_list_the_list_decides_and_dates_the_crossing() -> None:
    cases = [case(n, onset_at=ago(200 - n)) for n in range(105)]
    cases[3] |= {"outcome": "dead"}
    cases[4] |= {"is_severe": True}
    onset_of_the_hundredth = moment(cases[99]["onset_at"])
    body = Hospital().send(cluster(None, cases=cases)).json()
    counted = dict(Fact.objects.filter(count_kind="own").values_list("kind", "value"))
    assert counted == {FactKind.ILLNESS: 105, FactKind.DEATHS: 1, FactKind.SEVERE: 1}
    assert Case.objects.count() == 105
    assert body["incident"]["proposed_level"]["code"] == "II"
    incident = Incident.objects.get()
    assert incident.occurred_earliest == moment(cases[0]["onset_at"])
    latest = set(Obligation.objects.filter(clause="5.1(8)").values_list("anchor_latest", flat=True))
    assert all(start <= onset_of_the_hundredth for start in latest)


def test_where_people_ate_is_the_county_of_the_incident_and_the_hospitals_county_is_involved() -> None:
    body = Hospital().send(cluster(30, place={"name": "石浦渔港酒楼", "county": "330225"})).json()
    incident = Incident.objects.get()
    assert incident.county.code == "330225"
    assert set(incident.involved.values_list("county__code", "role")) == {
        ("330225", CountyRole.HARM),
        ("330212", CountyRole.HARM),
    }
    # 5.1(3) names the county health department where the hospital is, wherever they ate.
    assert {leg["recipient"]["code"] for leg in body["legs"]} == {"330212-health", "330212-regulator"}


def test_a_time_without_an_offset_is_beijing_time() -> None:
    aware = moment(ago(40)).astimezone(BEIJING)
    naive = aware.replace(tzinfo=None).isoformat(sep=" ")
    Hospital().send(cluster(30, first_onset_at=naive, last_onset_at=None))
    assert Incident.objects.get().occurred_latest == aware


def test_a_clock_a_little_ahead_counts_as_the_time_of_receipt() -> None:
    assert Hospital().send(cluster(30, last_onset_at=ago(-4))).status_code == 201
    assert Fact.objects.get(kind=FactKind.ILLNESS).happened_latest == Report.objects.get().received_at


@pytest.mark.parametrize("accept", ["application/problem+json", "text/html", ""])
def test_an_alarm_is_not_refused_over_an_accept_header(accept: str) -> None:
    assert Hospital().send(cluster(30), headers={"Accept": accept}).status_code == 201
