"""What monitors are told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from audit.clock import database_now
from ops.ports import private_port
from outbox.heartbeat import beat
from reporting.actions.firing import fire_due
from tests.support.databases import pointed_at
from tests.support.reports import incident


def test_the_process_is_alive_without_a_database(committed_db: str) -> None:
    with pointed_at("no_such_database"):
        answer = Client().get("/healthz")
        assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_means_that_database_and_broker_answer(
    committed_db: str, broker: str, settings: Settings
) -> None:
    settings.REDIS_URL = broker
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "broker": True})
    settings.REDIS_URL = f"redis://127.0.0.1:{private_port()}/0"
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "broker": False})
    with pointed_at("no_such_database"):
        answer = Client().get("/readyz")
        assert (answer.status_code, answer.json()) == (503, {"database": False, "broker": False})
        assert Client().get("/clockz").status_code == 503


@pytest.mark.django_db
def test_the_clocks_lag_is_told_in_seconds() -> None:
    assert Client().get("/clockz").json()["overdue_stage_s"] == 0
    beat("clock-1")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE outbox_heartbeat SET at = at - interval '90 seconds'")
    now = database_now()
    occurred = now - timedelta(minutes=40)
    incident(120, at=occurred, occurred_earliest=occurred, occurred_latest=occurred)
    told = Client().get("/clockz").json()
    assert 90 <= told["heartbeat_age_s"]["clock-1"] < 100
    # The reminder at 15 minutes is the oldest stage that nobody has fired.
    assert 25 * 60 <= told["overdue_stage_s"] < 26 * 60
    assert told["queued_message_s"] >= 0
    fire_due(source="test", at=database_now())
    assert Client().get("/clockz").json()["overdue_stage_s"] == 0
