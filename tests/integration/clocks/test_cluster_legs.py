"""A cluster report goes to two offices of the hospital's county at the same time, without invented hours (5.1(3))."""

from datetime import timedelta

import pytest
from django.test import Client

from incidents.models import Incident
from outbox.models import Message
from reporting.actions.clocks import fire_due
from reporting.leg_view import LegView
from reporting.models import Delivery, Ground, Report
from reporting.selectors import legs, running_legs
from reporting.verdicts import VerdictState
from tests.support.hospital import Hospital, cluster
from tests.support.pages import opened, typed, url
from tests.support.people import actor, login
from tests.support.reports import HAISHU

pytestmark = [pytest.mark.django_db, pytest.mark.clause(93)]


def own_legs(found: Incident, report: Report) -> list[LegView]:
    """The legs of 5.1(3)."""
    return [leg for leg in legs([found.pk], report.received_at) if leg.obligation.clause == "5.1(3)"]


def test_each_recipient_has_a_leg_that_arrival_in_its_system_closes() -> None:
    Hospital().send(cluster(30))
    found, report = Incident.objects.get(), Report.objects.get()
    views = own_legs(found, report)
    assert [(view.recipient.code, view.verdict.state) for view in views] == [
        ("330212-health", VerdictState.DELIVERED),
        ("330212-regulator", VerdictState.DELIVERED),
    ]
    for view in views:
        assert view.obligation.ground == Ground.CLUSTER
        assert view.received is not None
        assert view.received.report == report
        assert view.received.received_at == report.received_at
        assert (view.countdown_at, view.remaining_s, view.knowledge) == (None, None, None)
        assert view.elapsed == report.received_at - report.known_at
    running = running_legs(actor("330212-regulator"), report.received_at)
    assert [view.obligation.clause for view in running] == ["5.1(7)", "5.1(7)"]
    assert fire_due(source="test") == 0


def test_a_revision_is_delivered_again_on_the_same_legs() -> None:
    hospital = Hospital()
    hospital.send(cluster(30))
    hospital.send(cluster(40, revision=2))
    found = Incident.objects.get()
    assert len(own_legs(found, Report.objects.latest("pk"))) == 2
    assert Delivery.objects.filter(leg="system").count() == 4
    assert Message.objects.filter(kind="cluster").count() == 4


def test_the_recipients_are_those_of_the_hospitals_county_wherever_the_place_is() -> None:
    answer = Hospital().send(cluster(30, place={"name": "海曙酒家", "kind": "restaurant", "county": HAISHU}))
    assert answer.status_code == 201, answer.json()
    assert Incident.objects.get().county.code == HAISHU
    assert {leg["recipient"]["code"] for leg in answer.json()["legs"]} == {
        "330212-health",
        "330212-regulator",
    }


def test_what_did_not_go_to_both_at_once_is_shown_and_is_no_breach(client: Client) -> None:
    case = opened(5)
    login(client, "330212-regulator")
    found_at = case.opened_at - timedelta(minutes=40)
    said = {"name": "某社区诊所", "discovered_at": typed(found_at), "health_at": typed(found_at)}
    assert client.post(url(case, "hospitals"), said).status_code == 302
    page = client.get(url(case)).text
    assert page.count("未同时报告") == 1
    assert "另一接收单位早 40 分收到" in page
    assert client.post(url(case, "hospitals"), said | {"regulator_at": typed(found_at)}).status_code == 302
    assert "未同时报告" not in client.get(url(case)).text
