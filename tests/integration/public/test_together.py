"""Several at once at the public door and behind it: one report, one decision, and nobody waits for a flood (5.1)."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import psycopg
import pytest
from django.db import connection

from audit.verify import verify
from incidents.models import Incident
from plan.refusal import PlanRefusal
from reporting.actions.triage import close_public_report, take_up_public_report
from reporting.models import PublicReport
from reporting.public_choices import PublicOutcome
from reporting.sources import USUAL_PER_SOURCE
from tests.support.people import actor
from tests.support.public import public
from tests.support.reports import NOON, minutes, stated

LATER = NOON + minutes(5)
Result = TypeVar("Result")


def at_once(*work: Callable[[], Result]) -> list[Result]:
    """Run side by side, all from one starting shot."""
    start = Barrier(len(work))

    def one(job: Callable[[], Result]) -> Result:
        start.wait()
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


@pytest.mark.usefixtures("committed_db")
def test_one_form_sent_four_times_at_once_is_one_report() -> None:
    token = uuid.uuid4()
    found = at_once(*[lambda: public(token=token, source="home")] * 4)
    assert len({report.pk for report in found}) == PublicReport.objects.count() == 1


@pytest.mark.usefixtures("committed_db")
def test_of_a_flood_at_once_exactly_the_usual_number_passes() -> None:
    at_once(*[lambda: public(source="flood")] * (USUAL_PER_SOURCE + 4))
    assert PublicReport.objects.filter(is_held=False).count() == USUAL_PER_SOURCE
    assert PublicReport.objects.count() == USUAL_PER_SOURCE + 4
    assert verify().breaks == []


def test_a_source_that_is_busy_holds_up_no_other(committed_db: str) -> None:
    with psycopg.connect(committed_db) as busy, ThreadPoolExecutor(1) as pool:
        busy.execute("SELECT pg_advisory_xact_lock(hashtextextended('flood', 0))")

        def other() -> PublicReport:
            try:
                return public(source="other")
            finally:
                connection.close()

        try:
            assert pool.submit(other).result(timeout=10).pk
        finally:
            busy.rollback()


@pytest.mark.usefixtures("committed_db")
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told() -> None:
    report, by = public(), actor("330212-regulator")

    def take_up() -> str:
        try:
            take_up_public_report(report=report, stated=stated(3), by=by, at=LATER)
        except PlanRefusal as refusal:
            return refusal.code
        return "done"

    def close() -> str:
        try:
            outcome = PublicOutcome.NOT_FOOD
            close_public_report(report=report, outcome=outcome, reason="无关", by=by, at=LATER)
        except PlanRefusal as refusal:
            return refusal.code
        return "done"

    assert sorted(at_once(take_up, close)) == ["already_decided", "done"]
    state = PublicReport.objects.get().state
    assert Incident.objects.count() == (1 if state == "opened" else 0)
    assert verify().breaks == []
