"""The hospitals' door for single cases: each row by itself, once, with nothing personal left in clear (4.1(d))."""

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.verify import verify
from reporting.models import IntakeRecord, Signal, SingleCase
from tests.support.cases import citizen
from tests.support.hospital import Hospital, ago, refusal
from tests.support.signalling import send_cases, single

pytestmark = pytest.mark.django_db
# Key and rate, raw body, cases, and what detection asks: neighbours, history, incidents, what signals hold.
MOST_QUERIES = 30


@pytest.mark.clause(80, 82)
def test_two_hospitals_send_a_case_each_and_a_signal_is_proposed_before_any_report() -> None:
    first = send_cases(Hospital(), [single(1)])
    assert (first.status_code, first.json()["results"][0]["fate"]) == (207, "accepted")
    assert not Signal.objects.exists()
    send_cases(Hospital("hosp-first"), [single(2)])
    assert Signal.objects.get().evidence.count() == 2
    assert verify().breaks == []


@pytest.mark.clause(82)
def test_each_row_is_answered_by_itself_and_a_bad_one_holds_up_no_other() -> None:
    hospital = Hospital()
    assert send_cases(hospital, [single(1)]).json()["accepted"] == 1
    changed = single(1, age=31)
    rows = [
        single(1),
        changed,
        {**changed, "revision": 2},
        single(2, sex="?"),
        7,
        single(3, withdrawn=True, reason="误录"),
    ]
    answer = send_cases(hospital, rows).json()
    fates = [(row["fate"], row.get("problem", {}).get("code")) for row in answer["results"]]
    # Times are given anew each time, so even the first says something else.
    assert fates[0] == ("refused", "revision_taken")
    assert fates[1:] == [
        ("refused", "revision_taken"),
        ("accepted", None),
        ("refused", "invalid_fields"),
        ("refused", "invalid_fields"),
        ("refused", "case_unknown"),
    ]
    assert answer["results"][3]["problem"]["errors"][0]["field"] == "/cases/3/sex"
    assert SingleCase.objects.standing().get(local_id="S-1").age == 31


@pytest.mark.clause(82)
def test_sent_again_a_case_is_one_and_an_outdated_revision_replaces_nothing() -> None:
    hospital, row = Hospital(), single(1)
    send_cases(hospital, [row])
    assert send_cases(hospital, [row]).json()["results"][0]["fate"] == "known"
    send_cases(hospital, [{**row, "revision": 3, "age": 40}])
    late = send_cases(hospital, [{**row, "revision": 2}]).json()["results"][0]
    assert late["problem"]["code"] == "revision_outdated"
    assert SingleCase.objects.standing().get().age == 40


@pytest.mark.clause(82)
def test_a_withdrawn_case_is_no_evidence_any_more() -> None:
    hospital = Hospital()
    row = single(1)
    send_cases(hospital, [row])
    unsaid = send_cases(hospital, [{**row, "revision": 2, "withdrawn": True}]).json()["results"][0]
    assert unsaid["problem"]["errors"][0]["field"] == "/cases/0/reason"
    send_cases(hospital, [{**row, "revision": 2, "withdrawn": True, "reason": "误录"}])
    send_cases(hospital, [single(2)])
    assert not Signal.objects.exists()


def test_a_test_key_tries_and_leaves_nothing_behind() -> None:
    hospital = Hospital()
    hospital.key.is_test = True
    hospital.key.save()
    row = send_cases(hospital, [single(1)]).json()["results"][0]
    assert (row["fate"], row["is_test"]) == ("accepted", True)
    assert not SingleCase.objects.exists()
    assert not IntakeRecord.objects.exists()


@pytest.mark.clause(82)
def test_who_a_patient_is_lies_nowhere_in_clear() -> None:
    send_cases(Hospital(), [single(1), single(2)])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t::text FROM reporting_singlecase t UNION SELECT payload FROM audit_auditevent"
        )
        stored = str(cursor.fetchall())
    assert citizen(1) not in stored
    assert "病人1" not in stored
    assert "13900000001" not in stored


@pytest.mark.clause(80)
def test_the_published_example_is_accepted() -> None:
    post = yaml.safe_load(Client().get("/api/v1/schema/").content)["paths"]["/api/v1/cases/"]["post"]
    examples = post["requestBody"]["content"]["application/json"]["examples"]
    for example in examples.values():
        answer = send_cases(Hospital(), example["value"]["cases"]).json()
        assert (answer["accepted"], answer["refused"]) == (1, 0)


def test_what_is_no_list_of_cases_is_a_problem() -> None:
    hospital = Hospital()
    assert refusal(send_cases(hospital, []))["code"] == "invalid_fields"
    assert refusal(send_cases(hospital, [single(1)], more=1))["errors"][0]["code"] == "unknown_field"
    assert refusal(send_cases(hospital, [single(number) for number in range(501)]))["status"] == 422


@pytest.mark.clause(82)
def test_looking_for_signals_costs_as_many_queries_whatever_the_history() -> None:
    costs = []
    for hospital, number in ((Hospital(), 5), (Hospital("hosp-first"), 200)):
        rows = [
            single(10 * number + one, place=f"饭店{one}号", visit_at=ago(1440 * (3 + one)))
            for one in range(number)
        ]
        send_cases(hospital, rows)
        with CaptureQueriesContext(connection) as captured:
            send_cases(hospital, [single(9000 + number, place=f"无人去过的{number}店")])
        costs.append(len(captured))
    assert costs[0] == costs[1]
    assert costs[0] <= MOST_QUERIES
