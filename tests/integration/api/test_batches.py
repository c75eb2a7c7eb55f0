"""Many reports in one request: an answer per row, each row its own transaction, sent again without harm (5.1(3))."""

from typing import Any

import pytest

from outbox.models import Message
from reporting.models import IntakeRecord, Report
from tests.support.checksums import table_checksums
from tests.support.hospital import Hospital, cluster, refusal

pytestmark = pytest.mark.django_db


def rows(*numbers: object) -> dict[str, Any]:
    """A batch of reports with these numbers ill."""
    return {"reports": [cluster(ill, reference=f"ED-{index}") for index, ill in enumerate(numbers)]}


@pytest.mark.clause(93)
def test_each_row_is_answered_and_a_wrong_one_holds_up_no_other() -> None:
    answer = Hospital().call("POST", "batch/", rows(12, -1, 30))
    body = answer.json()
    assert answer.status_code == 207
    assert (body["accepted"], body["refused"]) == (2, 1)
    assert [row["status"] for row in body["results"]] == [201, 422, 201]
    assert [row["index"] for row in body["results"]] == [0, 1, 2]
    wrong = body["results"][1]["problem"]
    assert (wrong["field"], wrong["errors"][0]["code"]) == ("/reports/1/counts/ill", "min_value")
    assert {report.reference for report in Report.objects.all()} == {"ED-0", "ED-2"}
    # The whole body once, as it came; and the county is told of the row that was not taken.
    kept = IntakeRecord.objects.get()
    assert {report.intake_id for report in Report.objects.all()} == {kept.pk}
    told = Message.objects.filter(kind="cluster_refused")
    assert {message.recipient for message in told} == {"330212-health", "330212-regulator"}
    assert all("/reports/1/counts/ill" in message.body for message in told)


def test_sent_again_what_was_accepted_is_answered_as_before_and_what_was_corrected_is_taken() -> None:
    hospital = Hospital()
    first_body = rows(12, -1)
    first = hospital.call("POST", "batch/", first_body).json()["results"]
    corrected = {"reports": [first_body["reports"][0], {**first_body["reports"][1], "counts": {"ill": 7}}]}
    second = hospital.call("POST", "batch/", corrected).json()["results"]
    assert [(row["status"], row["replayed"]) for row in second] == [(201, True), (201, False)]
    assert second[0]["report"] == first[0]["report"]
    # Alone, under a key of its own, it is the same report still.
    alone = hospital.send(first_body["reports"][0])
    assert (alone["Idempotent-Replayed"], alone.json()) == ("true", first[0]["report"])
    assert Report.objects.count() == 2


def test_two_revisions_in_one_batch_follow_one_another_and_a_contradiction_is_named() -> None:
    body = {"reports": [cluster(5), cluster(9, revision=2), cluster(7, revision=2), "x"]}
    results = Hospital().call("POST", "batch/", body).json()["results"]
    assert [row["status"] for row in results] == [201, 201, 409, 422]
    assert results[2]["problem"]["code"] == "revision_taken"
    assert results[2]["problem"]["field"] == "/reports/2/revision"


@pytest.mark.parametrize(
    ("count", "status"), [(0, 422), (50, 207), (51, 422)], ids=["none", "fifty", "fifty-one"]
)
def test_fifty_are_taken_and_one_more_is_refused_as_a_whole(count: int, status: int) -> None:
    # Of rows that are wrong, so that fifty cost little.
    answer = Hospital().call("POST", "batch/", {"reports": [{}] * count})
    assert answer.status_code == status
    if status != 207:
        assert refusal(answer)["field"] == "/reports"
        assert Message.objects.filter(kind="cluster_refused").count() == 2


def test_a_key_for_reading_sends_no_batch() -> None:
    hospital = Hospital()
    hospital.key.scopes = ["cluster:read"]
    hospital.key.save()
    before = table_checksums(exclude=())
    assert refusal(hospital.call("POST", "batch/", rows(1)))["code"] == "key_lacks_scope"
    # But for the minute in which the key was used.
    changed = {name for name, digest in table_checksums(exclude=()).items() if digest != before[name]}
    assert changed <= {"accounts_hospitalkey"}
