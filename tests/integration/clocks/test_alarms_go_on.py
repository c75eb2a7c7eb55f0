"""The processes that go on with alarms nobody took on: the clock beside its firing, and the workers (house setting)."""

from pathlib import Path

import pytest
from pytest_django import Settings

from outbox.models import Channel, Climb
from reporting.tasks import go_on_with_alarms
from tests.support.contacts import contact
from tests.support.letters import OFFICE, alarm
from tests.support.people import holding, manager
from tests.support.processes import started
from tests.support.waiting import until


def climbing(settings: Settings) -> None:
    """An alarm whose second turn is due at once."""
    settings.CLIMB_AFTER_MIN = ["0"]
    for user in (holding(OFFICE).user, manager(OFFICE).user):
        contact(OFFICE, Channel.SMS, "13800001234", person=user)
    alarm()


@pytest.mark.django_db
def test_the_task_tells_the_next_in_turn(settings: Settings) -> None:
    climbing(settings)
    go_on_with_alarms()
    assert Climb.objects.get().source == "sweep"


@pytest.mark.usefixtures("committed_db")
def test_the_clock_process_tells_the_next_in_turn(settings: Settings, tmp_path: Path) -> None:
    climbing(settings)
    with started("django", "run_clock", "--name", "clock-1", log=tmp_path / "clock.log"):
        until(Climb.objects.exists, "the alarm to climb")
    assert Climb.objects.get().source == "clock-1"
