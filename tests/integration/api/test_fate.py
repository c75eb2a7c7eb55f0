"""A hospital asks what became of its report, and learns nothing about others' (5.1(3))."""

import uuid

import pytest

from audit.clock import database_now
from incidents.fixing import fix_level
from incidents.models import Incident
from plan.levels import IncidentLevel
from reporting.actions.reports import withdraw_report
from reporting.models import Report
from tests.support.hospital import Hospital, cluster
from tests.support.people import actor, organisation

pytestmark = pytest.mark.django_db


def test_the_fate_follows_the_level() -> None:
    hospital = Hospital()
    ref = hospital.send(cluster(105)).json()["ref"]
    before = hospital.fate(ref).json()
    assert (before["state"], before["incident"]["confirmed_level"]) == ("accepted", None)
    fix_level(
        incident=Incident.objects.get(),
        level=IncidentLevel.III,
        note="",
        by=actor("city-fso"),
        at=database_now(),
    )
    after = hospital.fate(ref).json()
    assert after["incident"]["confirmed_level"]["code"] == "III"
    assert len(after["legs"]) == 2


def test_the_fate_of_a_withdrawn_report_says_why() -> None:
    hospital = Hospital()
    ref = hospital.send(cluster(20)).json()["ref"]
    withdraw_report(
        report=Report.objects.get(), reason="重复录入", by=actor(hospital.code), at=database_now()
    )
    fate = hospital.fate(ref).json()
    assert (fate["state"], fate["withdrawal_reason"]) == ("withdrawn", "重复录入")


def test_another_hospital_learns_nothing_not_even_that_there_is_a_report() -> None:
    ref = Hospital().send(cluster(20)).json()["ref"]
    other = Hospital("hosp-yinzhou-second")
    theirs, none = other.fate(ref), other.fate(str(uuid.uuid4()))
    assert (theirs.status_code, theirs.json()["code"]) == (404, "report_not_found")
    assert theirs.json() == none.json()


def test_a_key_without_the_scope_to_read_is_refused() -> None:
    hospital = Hospital()
    ref = hospital.send(cluster(20)).json()["ref"]
    hospital.key.scopes = ["cluster:write"]
    hospital.key.save()
    assert hospital.fate(ref).json()["code"] == "key_lacks_scope"
    assert organisation(hospital.code).reports.count() == 1
