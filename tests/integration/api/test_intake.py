"""The raw body is kept first, alone and encrypted; nobody's name is anywhere else (5.1)."""

import hashlib
import json

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from psycopg import sql

from audit.models import AuditEvent
from incidents.models import Case
from reporting.intake import open_raw_body
from reporting.models import IntakeRecord, Report
from tests.support.hospital import Hospital, case, cluster

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
def test_the_evidence_log_has_the_hash_of_every_body() -> None:
    Hospital().send(None, raw=b"{")
    event = AuditEvent.objects.get(action="reporting.keep_raw_body")
    assert event.chain == "org:hosp-yinzhou-people"
    assert json.loads(event.payload) == {"sha256": hashlib.sha256(b"{").hexdigest(), "bytes": 1}


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
