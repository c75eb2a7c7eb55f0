"""Sent once or sixteen times, one cluster is one report (5.1(3))."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from urllib.request import Request, urlopen

import psycopg
import pytest

from incidents.models import Fact
from outbox.models import Message
from reporting.models import IdempotencyRecord, Report
from tests.support.checksums import table_checksums
from tests.support.hospital import URL, Hospital, cluster


@pytest.mark.django_db
def test_the_same_key_and_body_replay_the_first_answer_word_for_word() -> None:
    hospital, body = Hospital(), cluster(60)
    first = hospital.send(body, key="k-1")
    assert "Idempotent-Replayed" not in first
    hospital.send(cluster(70, reference="other"), key="k-2")
    again = hospital.send(body, key="k-1")
    assert (again.status_code, again["Idempotent-Replayed"]) == (201, "true")
    assert (again.content, again["Location"]) == (first.content, first["Location"])
    assert Report.objects.count() == 2


@pytest.mark.django_db
def test_spacing_and_order_of_keys_do_not_make_another_body() -> None:
    hospital, body = Hospital(), cluster(60)
    hospital.send(body, key="k-1")
    turned = json.dumps(dict(reversed(body.items())), indent=4).encode()
    assert hospital.send(None, raw=turned, key="k-1")["Idempotent-Replayed"] == "true"


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused() -> None:
    hospital = Hospital()
    hospital.send(cluster(60), key="k-1")
    refused = hospital.send(cluster(61, reference="ED-2"), key="k-1")
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    assert Report.objects.count() == 1


@pytest.mark.django_db
def test_a_sender_that_lost_its_key_is_known_by_its_own_reference() -> None:
    hospital, body = Hospital(), cluster(60)
    first = hospital.send(body)
    again = hospital.send(body)
    assert (again.content, again["Idempotent-Replayed"]) == (first.content, "true")
    assert Report.objects.count() == 1
    assert Fact.objects.filter(kind="illness_count").count() == 1


@pytest.mark.django_db
def test_an_accepted_revision_with_other_content_asks_for_the_next_revision() -> None:
    hospital = Hospital()
    hospital.send(cluster(60))
    refused = hospital.send(cluster(61))
    assert (refused.status_code, refused.json()["code"]) == (409, "revision_taken")
    assert refused.json()["field"] == "/revision"
    hospital.send(cluster(61, revision=3))
    outdated = hospital.send(cluster(61, revision=2))
    assert (outdated.status_code, outdated.json()["code"]) == (409, "revision_outdated")


@pytest.mark.django_db
def test_two_hospitals_may_use_the_same_key_and_reference() -> None:
    body = cluster(60)
    one = Hospital().send(body, key="k-1")
    other = Hospital("hosp-yinzhou-second").send(body, key="k-1")
    assert (one.status_code, other.status_code) == (201, 201)
    assert one.json()["ref"] != other.json()["ref"]


@pytest.mark.django_db
def test_only_an_accepted_report_binds_its_key() -> None:
    hospital = Hospital()
    assert hospital.send(cluster(-1), key="k-1").status_code == 422
    assert not IdempotencyRecord.objects.exists()
    corrected = hospital.send(cluster(60), key="k-1")
    assert corrected.status_code == 201
    assert "Idempotent-Replayed" not in corrected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "code"), [("", "idempotency_key_missing"), ("x" * 201, "idempotency_key_invalid")]
)
def test_a_report_without_a_usable_key_is_refused(key: str, code: str) -> None:
    refused = Hospital().send(cluster(60), headers={"Idempotency-Key": key})
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert not Report.objects.exists()


@pytest.mark.parametrize("same_key", [True, False], ids=["same key", "keys lost"])
def test_sixteen_at_once_make_one_report(served: str, same_key: bool) -> None:
    hospital, body = Hospital(), json.dumps(cluster(105)).encode()
    start = Barrier(16)

    def send(number: int) -> tuple[int, bytes, str | None]:
        headers = {
            "Authorization": f"Bearer {hospital.clear}",
            "Idempotency-Key": "k-1" if same_key else f"k-{number}",
            "Content-Type": "application/json",
        }
        start.wait()
        with urlopen(Request(served + URL, body, headers), timeout=30) as answer:  # noqa: S310  our own server
            return answer.status, answer.read(), answer.headers["Idempotent-Replayed"]

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(send, range(16)))
    assert {status for status, _content, _replayed in answers} == {201}
    assert len({content for _status, content, _replayed in answers}) == 1
    assert sorted(replayed or "" for _status, _content, replayed in answers) == ["", *["true"] * 15]
    assert Report.objects.count() == 1
    assert Fact.objects.filter(kind="illness_count").count() == 1
    assert Message.objects.filter(recipient="330212-health").count() == 1


def test_a_report_that_waits_too_long_for_its_twin_is_asked_to_come_again(committed_db: str) -> None:
    hospital, body = Hospital(), cluster(60)
    hospital.send({})
    before = table_checksums()
    with psycopg.connect(committed_db) as twin:
        claim: Any = (
            "INSERT INTO reporting_idempotencyrecord (organisation_id, key, fingerprint, status, body, created_at)"
            " VALUES (%s, 'key:k-1', '', 0, '', now())"
        )
        twin.execute(claim, [hospital.key.organisation_id])
        # Without a limit on its wait the request would wait for ever: then the twin goes first and the test fails.
        twin.execute("SET idle_in_transaction_session_timeout = '20s'")
        busy = hospital.send(body, key="k-1")
        assert (busy.status_code, busy.json()["code"]) == (503, "busy")
        assert int(busy["Retry-After"]) > 0
        # Nothing but the evidence that a body came; the county is not told of a report that will come again.
        changed = {name for name, digest in table_checksums().items() if digest != before[name]}
        assert changed == {"audit_auditevent", "audit_chainhead"}
        twin.rollback()
    assert hospital.send(body, key="k-1").status_code == 201
