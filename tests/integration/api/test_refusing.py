"""A refused report changes nothing but the evidence and the county's inbox, and says what to correct (5.1, 5.2)."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from audit.models import AuditEvent
from outbox.models import Message
from reporting.models import IntakeRecord, Report
from tests.support.checksums import table_checksums
from tests.support.hospital import URL, Hospital, ago, case, cluster, refusal
from tests.support.people import organisation

pytestmark = pytest.mark.django_db

TOLD = {"audit_auditevent", "audit_chainhead", "outbox_message", "reporting_intake"}


def errors(answer: Any) -> set[tuple[str, str]]:
    """Each field and what is wrong with it."""
    return {(error["field"], error["code"]) for error in refusal(answer)["errors"]}


@pytest.mark.clause(104)
def test_a_refused_report_changes_only_the_evidence_and_the_countys_inbox() -> None:
    hospital = Hospital()
    hospital.send(cluster(1))
    before = table_checksums(exclude=())
    answer = hospital.send(cluster("many", reference="ED-2"))
    assert answer.status_code == 422
    changed = {name for name, digest in table_checksums(exclude=()).items() if digest != before[name]}
    assert changed == TOLD


@pytest.mark.clause(93)
def test_the_county_learns_of_a_refused_report_without_what_it_said() -> None:
    Hospital().send(cluster(-5, 张三丰="13800001111"))
    told = Message.objects.filter(kind="cluster_refused")
    assert set(told.values_list("recipient", flat=True)) == {"330212-health", "330212-regulator"}
    message = told.first()
    assert message is not None
    assert "鄞州人民医院" in message.title
    assert "/counts/ill" in message.body
    evidence = AuditEvent.objects.get(action="reporting.refuse_cluster", chain="org:hosp-yinzhou-people")
    for text in (message.title, message.body, evidence.payload):
        assert "张三丰" not in text
        assert "1380000" not in text


def test_the_same_refused_body_is_told_once() -> None:
    hospital = Hospital()
    for _time in range(3):
        hospital.send(None, raw=b"{")
    assert Message.objects.filter(kind="cluster_refused").count() == 2
    assert IntakeRecord.objects.count() == 3


def test_all_errors_are_named_at_once() -> None:
    body = cluster(
        -1,
        place={"name": "甬江饭店", "kind": "pub", "county": "330299", "colour": "red"},
        revision=0,
        cases=[case(1), case(2, age=200, name="x")],
        as_of="2026-05-01",
    )
    del body["first_onset_at"]
    assert errors(Hospital().send(body)) == {
        ("/counts/ill", "min_value"),
        ("/place/kind", "invalid_choice"),
        ("/place/county", "does_not_exist"),
        ("/place/colour", "unknown_field"),
        ("/revision", "min_value"),
        ("/cases/1/age", "max_value"),
        ("/cases/1/name", "unknown_field"),
        ("/as_of", "invalid"),
        ("/first_onset_at", "required"),
    }


def test_what_5_2_asks_for_must_be_said_or_said_to_be_unknown() -> None:
    assert errors(Hospital().send({"reference": "ED-1"})) == {
        ("/place", "required"),
        ("/first_onset_at", "required"),
        ("/counts", "required"),
    }


def test_a_count_that_contradicts_the_list_names_both() -> None:
    answer = Hospital().send(cluster(3, cases=[case(1), case(2)]))
    assert errors(answer) == {
        ("/counts/ill", "counts_contradict_cases"),
        ("/cases", "counts_contradict_cases"),
    }


SOME_REF = "8a1f7b1e-6f0b-4a51-9a55-2f1b6f9d0c11"
UNCOUNTED = {"ill": None}
CANNOT_BE: list[tuple[dict[str, Any], set[tuple[str, str]]]] = [
    ({"last_onset_at": ago}, {("/last_onset_at", "time_in_future")}),
    (
        {"includes": [SOME_REF]},
        {("/includes", "includes_without_total"), ("/count_kind", "includes_without_total")},
    ),
    ({"count_kind": "total", "includes": [SOME_REF]}, {("/includes", "included_report_unknown")}),
    (
        {"cases": [{"local_id": "A"}, {"local_id": "A"}], "counts": UNCOUNTED},
        {("/cases", "case_repeated")},
    ),
    (
        {"cases": [{"local_id": "330212199001011234"}], "counts": UNCOUNTED},
        {("/cases/0/local_id", "personal_data")},
    ),
    ({"note": "a\u0000b"}, {("/note", "null_characters_not_allowed")}),
    ({"note": "\ud800"}, {("/note", "surrogate_characters_not_allowed")}),
]


@pytest.mark.parametrize(("changes", "expected"), CANNOT_BE)
def test_what_cannot_be_is_refused(changes: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    body = cluster(60, **{name: ago(-6) if value is ago else value for name, value in changes.items()})
    answer = Hospital().send(body)
    assert (answer.status_code, errors(answer)) == (422, expected)
    assert not Report.objects.exists()


@pytest.mark.clause(190)
def test_a_cluster_before_the_edition_was_in_force_is_refused_with_its_clause() -> None:
    answer = Hospital().send(cluster(60, first_onset_at="2021-09-29T23:59:00", last_onset_at=None))
    body = refusal(answer)
    assert (body["clause"], errors(answer)) == ("9.3", {("/first_onset_at", "before_edition")})
    assert (
        Hospital().send(cluster(60, first_onset_at="2021-09-30T00:00:00", last_onset_at=None)).status_code
        == 201
    )


def test_the_last_onset_cannot_come_before_the_first() -> None:
    answer = Hospital().send(cluster(60, first_onset_at=ago(10), last_onset_at=ago(20)))
    assert errors(answer) == {
        ("/first_onset_at", "onsets_out_of_order"),
        ("/last_onset_at", "onsets_out_of_order"),
    }


def test_a_revision_cannot_turn_an_own_count_into_a_total_or_go_back_in_time() -> None:
    hospital = Hospital()
    hospital.send(cluster(60))
    assert errors(hospital.send(cluster(80, revision=2, count_kind="total"))) == {
        ("/count_kind", "count_kind_changed")
    }
    assert errors(hospital.send(cluster(80, revision=2, as_of=ago(60)))) == {("/as_of", "as_of_went_back")}


def test_a_total_of_reports_of_two_incidents_is_refused() -> None:
    hospital = Hospital()
    refs = [
        hospital.send(cluster(10, reference=name, place={"name": name})).json()["ref"]
        for name in ("海鲜楼", "职工食堂")
    ]
    total = cluster(20, reference="ED-9", count_kind="total", includes=refs)
    assert errors(hospital.send(total)) == {("/includes", "included_reports_apart")}


@pytest.mark.parametrize(
    "raw",
    [b" ", b"{", b'{"reference": "a", "reference": "b"}', b'{"counts": {"ill": NaN}}', b"\xff\xfe", b"[" * 100_000],
    ids=["empty", "cut", "key twice", "NaN", "not UTF-8", "too deep"],
)  # fmt: skip
def test_what_is_no_plain_json_is_kept_and_refused(raw: bytes) -> None:
    answer = Hospital().send(None, raw=raw)
    assert (answer.status_code, refusal(answer)["code"]) == (400, "malformed_json")
    assert IntakeRecord.objects.count() == 1


@pytest.mark.parametrize("raw", [b"[]", b"null", b'"x"', b"60"])
def test_a_body_that_is_no_object_is_refused_as_a_whole(raw: bytes) -> None:
    answer = Hospital().send(None, raw=raw)
    assert answer.status_code == 422
    assert {field for field, _code in errors(answer)} == {""}


@pytest.mark.parametrize(
    "media_type", ["text/xml", "application/json; charset=gbk", "multipart/form-data; boundary=x"]
)
def test_another_media_type_is_kept_and_refused(media_type: str) -> None:
    answer = Hospital().send(cluster(60), media_type=media_type)
    assert (answer.status_code, refusal(answer)["code"]) == (415, "unsupported_media_type")
    assert IntakeRecord.objects.count() == 1


def test_a_body_too_large_is_refused_and_told() -> None:
    answer = Hospital().send(None, raw=b" " * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert (answer.status_code, refusal(answer)["code"]) == (413, "body_too_large")
    assert not IntakeRecord.objects.exists()
    assert Message.objects.filter(kind="cluster_refused").count() == 2


def test_two_thousand_cases_are_taken_and_one_more_refused() -> None:
    hospital = Hospital()
    listed = [case(n) for n in range(2_001)]
    assert errors(hospital.send(cluster(None, cases=listed))) == {("/cases", "max_length")}
    assert hospital.send(cluster(None, cases=listed[:2_000])).status_code == 201


def test_other_addresses_and_methods_answer_with_problems_too() -> None:
    hospital = Hospital()
    header = {"Authorization": f"Bearer {hospital.clear}"}
    assert refusal(Client().get("/api/v1/nothing/"))["code"] == "address_not_found"
    assert refusal(Client().put(URL, headers=header))["code"] == "method_not_allowed"


def test_problems_are_chinese_whatever_the_language_asked_for() -> None:
    answer = Hospital().send({}, headers={"Accept-Language": "en"})
    assert {error["detail"] for error in refusal(answer)["errors"]} == {"该字段是必填项。"}


def test_a_fault_of_ours_is_told_to_the_county_and_logged_without_what_was_sent(
    caplog: pytest.LogCaptureFixture,
) -> None:
    hospital = Hospital()
    # Reference data gone wrong: nobody to receive the second leg.
    organisation("330212-regulator").delete()
    answer = hospital.send(cluster(60))
    assert (answer.status_code, refusal(answer)["code"]) == (500, "internal_error")
    assert not Report.objects.exists()
    assert IntakeRecord.objects.count() == 1
    assert Message.objects.get(kind="cluster_refused").recipient == "330212-health"
    assert "LookupError" in caplog.text
    assert "330212 lacks" not in caplog.text
