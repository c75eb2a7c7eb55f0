"""A hospital's message is read with a reason and on record; keys can be changed without losing what older ones sealed."""

import base64
import json
import os
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from accounts.actors import SYSTEM
from audit import envelopes as sealing
from audit.clock import database_now
from audit.models import AuditEvent
from plan.refusal import PlanRefusal
from reporting.actions.intakes import read_raw_body
from reporting.models import IntakeRecord
from tests.support.checksums import table_checksums
from tests.support.hospital import Hospital, cluster

pytestmark = [pytest.mark.django_db, pytest.mark.clause(90)]

REASON = "调查组调阅"


@pytest.fixture(autouse=True)
def forget_keys() -> Iterator[None]:
    """Keys are read from the settings once."""
    sealing._keys.cache_clear()
    yield
    sealing._keys.cache_clear()


def sent() -> tuple[IntakeRecord, bytes]:
    raw = json.dumps(cluster(60), ensure_ascii=False).encode()
    Hospital().send(None, raw=raw)
    return IntakeRecord.objects.latest("pk"), raw


def another_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def change_key(settings: Settings, *, old: list[str]) -> None:
    settings.INTAKE_KEY, settings.INTAKE_OLD_KEYS = another_key(), old
    sealing._keys.cache_clear()


def test_a_message_is_read_as_it_came_and_that_is_on_record(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    kept, raw = sent()
    call_command("read_intake", str(kept.pk), "--reason", REASON)
    assert capfdbinary.readouterr().out == raw
    event = AuditEvent.objects.get(action="reporting.read_raw_body")
    assert (event.chain, event.subject, event.actor) == (
        f"org:{kept.sender.code}",
        f"intake:{kept.pk}",
        "system",
    )
    assert json.loads(event.payload) == {"sha256": kept.body_sha256, "reason": REASON}


def test_without_a_reason_nothing_is_read_or_written() -> None:
    kept, _raw = sent()
    before = table_checksums()
    with pytest.raises(PlanRefusal, match="理由"):
        read_raw_body(intake=kept, reason=" ", by=SYSTEM, at=database_now())
    with pytest.raises(CommandError, match="理由"):
        call_command("read_intake", str(kept.pk), "--reason", "")
    assert table_checksums() == before


def test_after_a_change_of_key_the_old_one_still_opens_and_the_new_one_seals(settings: Settings) -> None:
    first_key = settings.INTAKE_KEY
    first, first_raw = sent()
    change_key(settings, old=[first_key])
    second, second_raw = sent()
    assert bytes(first.ciphertext)[1:9] != bytes(second.ciphertext)[1:9]
    for kept, raw in ((first, first_raw), (second, second_raw)):
        assert read_raw_body(intake=kept, reason=REASON, by=SYSTEM, at=database_now()) == raw


def test_a_key_that_is_not_at_hand_and_a_changed_message_are_told(settings: Settings) -> None:
    kept, _raw = sent()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reporting_intake DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE reporting_intake SET ciphertext = set_byte(ciphertext, 40, 255 - get_byte(ciphertext, 40))"
        )
        cursor.execute("ALTER TABLE reporting_intake ENABLE TRIGGER USER")
    with pytest.raises(CommandError, match="tampered"):
        call_command("read_intake", str(kept.pk), "--reason", REASON)
    change_key(settings, old=[])
    with pytest.raises(CommandError, match="INTAKE_OLD_KEYS"):
        call_command("read_intake", str(kept.pk), "--reason", REASON)
    with pytest.raises(CommandError, match="no message 0"):
        call_command("read_intake", "0", "--reason", REASON)
    assert not AuditEvent.objects.filter(action="reporting.read_raw_body").exists()
