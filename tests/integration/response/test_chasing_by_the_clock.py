"""The clock process chases what is late without Celery or its broker (3.4, 6.1)."""

from pathlib import Path

import pytest

from accounts.actors import CLOCK
from audit.clock import database_now
from audit.models import AuditEvent
from ops.ports import private_port
from outbox.models import Message
from response.actions.assessments import request_data
from response.actions.chasing import chase_late_answers
from response.actions.group_reports import chase_late_reports
from response.actions.groups import set_interval
from tests.support.groups import group_of, headquarters
from tests.support.people import actor, organisation
from tests.support.processes import started
from tests.support.reports import minutes
from tests.support.response import hours
from tests.support.waiting import until

LATE = ("data_request_late", "group_report_late")


@pytest.mark.clause(58, 105)
@pytest.mark.usefixtures("committed_db")
def test_the_clock_process_chases_with_no_broker_and_nobody_chases_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, by = database_now() - hours(2), actor("city-fso")
    command = headquarters(at=at)
    set_interval(group=group_of(command, at=at), every_min=60, by=by, at=at)
    request_data(
        incident=command.response.incident,
        department=organisation("city-health"),
        what="病例一览表",
        due_at=at + minutes(60),
        by=by,
        at=at,
    )
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{private_port()}/0")
    with started("manage", "run_clock", log=tmp_path / "log"):
        until(lambda: set(LATE) <= set(Message.objects.values_list("kind", flat=True)), "both reminders")
    now = database_now()
    assert [chase(by=CLOCK, at=now) for chase in (chase_late_answers, chase_late_reports)] == [0, 0]
    chased = AuditEvent.objects.filter(action__in=["response.chase_answer", "response.chase_report"])
    assert chased.count() == 2
