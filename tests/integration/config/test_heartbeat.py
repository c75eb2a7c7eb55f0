"""A container's health check: did this process do its round lately."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from outbox.heartbeat import beat

pytestmark = pytest.mark.django_db


def status(*arguments: str) -> int:
    try:
        call_command("check_heartbeat", *arguments, stdout=StringIO())
    except SystemExit as stopped:
        return int(str(stopped.code))
    return 0


def test_a_process_is_well_while_its_sign_of_life_is_young() -> None:
    assert status("clock-1") == 1
    beat("clock-1")
    assert status("clock-1") == 0
    assert status("clock-2") == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE outbox_heartbeat SET at = at - interval '60 seconds'")
    assert status("clock-1") == 1
    assert status("clock-1", "--within", "90") == 0
