"""What Prometheus is told, and whom it tells."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries, Settings

from audit.clock import database_now
from audit.roots import roll_daily_root
from ops.ports import private_port
from outbox.actions.sending import send_due
from outbox.heartbeat import beat
from reporting.actions.firing import fire_due
from tests.support.clocks import major
from tests.support.databases import pointed_at
from tests.support.reports import BEIJING

TOKEN = "a-token-of-this-test"
QUERIES = 12


@pytest.fixture(autouse=True)
def opened(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    settings.REDIS_URL = f"redis://127.0.0.1:{private_port()}/0"


def scraped() -> dict[tuple[str, str], float]:
    """Every sample by its name and its one label's value."""
    answer = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    return {
        (sample.name.removeprefix("ningbo_"), "".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


@pytest.mark.django_db
def test_metrics_are_closed_until_there_is_a_token(settings: Settings) -> None:
    for given in ("", "Bearer", "Bearer ", "Bearer wrong", TOKEN):
        answer = Client().get("/metrics", headers={"authorization": given})
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert answer.content == b""
    settings.METRICS_TOKEN = ""
    for given in ("", "Bearer", "Bearer ", f"Bearer {TOKEN}"):
        assert Client().get("/metrics", headers={"authorization": given}).status_code == 404


@pytest.mark.django_db
def test_stages_messages_and_incidents_are_counted() -> None:
    now = database_now()
    before = scraped()
    assert before["stages_armed", ""] == before["stages_fired_total", ""] == before["incidents_open", ""] == 0
    major(at=now - timedelta(minutes=40))
    due = scraped()
    assert due["stages_armed", ""] == 4
    assert due["stages_overdue", ""] == 4
    # Armed 40 minutes ago, its reminder due 25 minutes ago.
    assert 25 * 60 <= due["stage_overdue_seconds", ""] < 26 * 60
    assert due["incidents_open", ""] == 1
    while fire_due(source="test"):
        pass
    fired = scraped()
    assert fired["stages_overdue", ""] == fired["stage_overdue_seconds", ""] == 0
    assert fired["stages_fired_total", ""] > 4
    assert 25 * 60 <= fired["stage_lateness_greatest_seconds", ""] < 26 * 60
    assert 0 < fired["stage_lateness_last_seconds", ""] < fired["stage_lateness_greatest_seconds", ""]
    assert fired["messages_queued", ""] > 0
    while send_due(source="test", limit=100):
        pass
    assert scraped()["messages_queued", ""] == 0


@pytest.mark.django_db
def test_a_stage_that_was_due_before_its_report_arrived_is_not_called_late() -> None:
    now = database_now()
    occurred = now - timedelta(hours=3)
    major(at=now, occurred_earliest=occurred, occurred_latest=occurred)
    assert scraped()["stage_overdue_seconds", ""] < 5
    fire_due(source="test")
    assert scraped()["stage_lateness_greatest_seconds", ""] < 5


@pytest.mark.django_db
def test_messages_that_were_given_up_are_counted() -> None:
    major(at=database_now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE outbox_message SET state = 'failed'")
        assert scraped()["messages_failed", ""] == cursor.rowcount > 0


@pytest.mark.django_db
def test_signs_of_life_are_told_by_process() -> None:
    beat("clock-1")
    beat("sweep")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE outbox_heartbeat SET at = at - interval '90 seconds' WHERE source = 'sweep'")
    told = scraped()
    assert told["heartbeat_age_seconds", "clock-1"] < 5
    assert 90 <= told["heartbeat_age_seconds", "sweep"] < 95
    assert told["up", "database"] == 1
    assert told["up", "broker"] == 0


@pytest.mark.django_db
def test_days_without_a_root_and_the_last_verification_are_told() -> None:
    now = database_now()
    assert ("root_days_behind", "") not in scraped()
    roll_daily_root(at=now - timedelta(days=3) + timedelta(days=1))
    assert ("root_days_behind", "") not in scraped(), "nothing was on record then"
    major(at=now)
    roll_daily_root(at=now)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_dailyroot DISABLE TRIGGER USER")
        day = (now.astimezone(BEIJING) - timedelta(days=3)).date()
        cursor.execute(
            "INSERT INTO audit_dailyroot (\"on\", prev_root, heads, root) VALUES (%s, '', '', '')", [day]
        )
    assert scraped()["root_days_behind", ""] == 2


@pytest.mark.usefixtures("committed_db")
def test_the_last_verification_on_record_is_told() -> None:
    assert ("verified_age_seconds", "") not in scraped()
    call_command("verify_audit", "--record", stdout=StringIO())
    told = scraped()
    assert told["verified_age_seconds", ""] < 30
    assert told["verified_broken", ""] == 0


def test_a_database_that_is_away_is_told(committed_db: str) -> None:
    with pointed_at("no_such_database"):
        assert scraped() == {("up", "broker"): 0, ("up", "database"): 0}


@pytest.mark.django_db
def test_a_scrape_costs_the_same_whatever_happened(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        major(at=database_now() - timedelta(minutes=40), place_text=f"第{number}家")
    while fire_due(source="test"):
        pass
    with django_assert_max_num_queries(QUERIES):
        scraped()
