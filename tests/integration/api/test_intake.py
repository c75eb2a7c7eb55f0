"""The raw body is kept first, alone and encrypted; nobody's name is anywhere else (5.1)."""

import hashlib
import json

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from psycopg import sql

from audit.clock import database_now
from audit.models import AuditEvent
from audit.record import Entry, record
from audit.seals import seals
from audit.verify import verify
from incidents.models import Case
from reporting.intake import open_raw_body
from reporting.models import IntakeRecord, Report
from tests.support.cases import citizen
from tests.support.hospital import Hospital, case, cluster, refusal

NAME, PHONE = "诸葛无名", "13957400001"


def body_with_names() -> bytes:
    """A report that says who the patients are where it may: in what stays in the raw body."""
    patient = {"name": NAME, "phone": PHONE}
    listed = [case(1, personal=patient), case(2, onset_at=None)]
    return json.dumps(
        cluster(None, cases=listed, reporter=patient, personal={"note": NAME}), ensure_ascii=False
    ).encode()


def tables_with(text: str) -> list[str]:
    """The tables of which some row shows the text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            query = sql.SQL("SELECT count(*) FROM {} t WHERE t::text LIKE %s OR t::text LIKE %s")
            as_bytes = f"%{text.encode().hex()}%"
            cursor.execute(query.format(sql.Identifier(table)), [f"%{text}%", as_bytes])
            if cursor.fetchone() != (0,):
                found.append(table)
    return found


@pytest.mark.clause(90)
@pytest.mark.django_db
def test_the_raw_body_comes_back_as_it_was_sent() -> None:
    raw = body_with_names()
    assert Hospital().send(None, raw=raw).status_code == 201
    kept = IntakeRecord.objects.get()
    assert open_raw_body(kept) == raw
    assert kept.body_sha256 == hashlib.sha256(raw).hexdigest()
    assert Report.objects.get().intake == kept


@pytest.mark.django_db
def test_no_name_and_no_number_of_a_patient_is_in_any_table() -> None:
    hospital = Hospital()
    assert hospital.send(None, raw=body_with_names()).status_code == 201
    hospital.send(None, raw=body_with_names() + b"}")
    assert Case.objects.count() == 2
    assert tables_with("A-1") == ["incidents_case"]
    assert (tables_with(NAME), tables_with(PHONE)) == ([], [])


@pytest.mark.clause(90)
@pytest.mark.django_db
@pytest.mark.parametrize(("said", "faults"), [("a" * 64, []), ("b" * 64, ["is not on record"])])
def test_a_message_kept_before_messages_were_sealed_is_vouched_for_by_its_hash(
    said: str, faults: list[str]
) -> None:
    key = Hospital().key
    kept = IntakeRecord.objects.create(key=key, body_sha256="a" * 64, ciphertext=b"-")
    payload = {"sha256": said, "bytes": 1}
    subject = f"intake:{kept.pk}"
    record(
        Entry(
            chain="org:x",
            action="reporting.keep_raw_body",
            actor="key:1",
            at=database_now(),
            subject=subject,
            payload=payload,
        )
    )
    assert [broken.reason.partition(" ")[2] for broken in verify().breaks] == faults


@pytest.mark.django_db
def test_numbers_typed_into_free_text_are_masked_wherever_it_goes() -> None:
    typed, hospital = f"{citizen(1)}，电话{PHONE}", Hospital()
    eaten = {"food": typed, "place_eaten": typed, "maker": typed}
    listed = [case(1, diagnosis=typed, other_symptoms=typed, exposures=[eaten])]
    place = {"name": f"饭店{PHONE}", "address": typed}
    body = cluster(None, cases=listed, note=typed, suspect_food=typed, place=place)
    ref = hospital.send(body).json()["ref"]
    assert hospital.call("POST", f"{ref}/withdraw/", {"reason": typed}).status_code == 200
    assert (tables_with(citizen(1)), tables_with(PHONE)) == ([], [])
    assert "*******0001" in Report.objects.get().note
    refused = hospital.send(cluster(3, reference=f"ED-{citizen(1)}"))
    assert refusal(refused)["errors"][0]["code"] == "personal_data"


@pytest.mark.clause(90)
@pytest.mark.django_db
def test_the_evidence_log_has_the_hash_of_every_body() -> None:
    Hospital().send(None, raw=b"{")
    event = AuditEvent.objects.get(action="reporting.keep_raw_body")
    assert event.chain == "org:hosp-yinzhou-people"
    payload = json.loads(event.payload)
    assert (payload["sha256"], payload["bytes"]) == (hashlib.sha256(b"{").hexdigest(), 1)
    assert payload["rows"] == seals([IntakeRecord.objects.get()])


@pytest.mark.clause(90)
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE reporting_intake SET content_type = 'text/plain'", "no longer says what was recorded"),
        ("DELETE FROM reporting_intake", "is gone"),
    ],
)
def test_verification_finds_a_message_changed_or_gone(change: str, found: str) -> None:
    Hospital().send(None, raw=b"{")
    assert verify().breaks == []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(change)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    (broken,) = verify().breaks
    assert found in broken.reason


@pytest.mark.django_db
def test_a_body_moved_to_another_row_does_not_open() -> None:
    hospital = Hospital()
    hospital.send(None, raw=b"{")
    hospital.send(None, raw=b"[")
    first, second = IntakeRecord.objects.order_by("pk")
    second.ciphertext = first.ciphertext
    with pytest.raises(InvalidTag):
        open_raw_body(second)


@pytest.mark.clause(90)
def test_a_body_whose_report_is_refused_is_committed_already(committed_db: str) -> None:
    Hospital().send(cluster(-1))
    connection.close()
    assert IntakeRecord.objects.count() == 1
    assert not Report.objects.exists()
