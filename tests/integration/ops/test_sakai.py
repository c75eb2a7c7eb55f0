"""The outbreak of Sakai's shape counts what it says it counts: a small one ends with zeros, and damage shows (A12)."""

import random
import subprocess
import sys
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from ops.sakai.books import count_books
from ops.sakai.cohort import HOSPITALS, KITCHEN, Cohort
from tests.support.hospital import Hospital
from tests.support.reports import restaurant

ROOT = Path(__file__).resolve().parents[3]
# What may go wrong, done by hand in the order given; each by a statement after which its count is no longer zero.
DAMAGES: dict[str, LiteralString] = {
    "assessments with another number ill than their lists": """UPDATE incidents_assessmentrecord
        SET counted = jsonb_set(counted, '{illness_count}', '7')
        WHERE id = (SELECT min(id) FROM incidents_assessmentrecord)""",
    "assessments with another number dead than their lists": """UPDATE incidents_assessmentrecord
        SET counted = jsonb_set(counted, '{death_count}', '7')
        WHERE id = (SELECT min(id) FROM incidents_assessmentrecord)""",
    "off in 发病人数": """UPDATE incidents_assessmentrecord SET counted = jsonb_set(counted, '{illness_count}', '7')
        WHERE id = (SELECT max(id) FROM incidents_assessmentrecord)""",
    "off in 死亡人数": """UPDATE incidents_assessmentrecord SET counted = jsonb_set(counted, '{death_count}', '7')
        WHERE id = (SELECT max(id) FROM incidents_assessmentrecord)""",
    "patients by number lost or doubled": "UPDATE incidents_case SET person = md5(id::text) WHERE person <> ''",
    "records without a number lost or doubled": "UPDATE incidents_case SET person = md5(id::text) WHERE person = ''",
    "records lost or doubled": "DELETE FROM incidents_case WHERE id = (SELECT max(id) FROM incidents_case)",
    "assessments not on record": """DELETE FROM audit_auditevent
        WHERE id = (SELECT max(id) FROM audit_auditevent WHERE action = 'incidents.reassess')""",
    "reports without the message they came in": "UPDATE reporting_report SET intake_id = NULL",
    "reports acknowledged and missing": "UPDATE reporting_report SET ref = gen_random_uuid()",
    "incidents beside the one": """INSERT INTO incidents_incident SELECT (jsonb_populate_record(i, '{"id": 9999, "number": "X"}')).*
        FROM incidents_incident i""",
}
# Shown by the damage before it.
ALSO = {"reports nobody was told of"}


def outbreak(patients: int) -> Cohort:
    cohort = Cohort(2, random.Random(1))
    cohort.fall_ill(patients)
    return cohort


def test_damage_shows_in_the_books_of_a_cohort(committed_db: str) -> None:
    restaurant(KITCHEN["name"], KITCHEN["county"])
    cohort = outbreak(40)
    messages = list(cohort.messages())
    senders = {code: Hospital(code) for code in HOSPITALS}
    refs = {each.name: senders[each.hospital].send(each.body).json()["ref"] for each in messages}
    books = count_books(committed_db, cohort, messages, refs)
    assert set(books.zeros.values()) == {0}
    assert books.counts["发病人数"] == len(cohort.named) + cohort.unnamed > 35
    assert DAMAGES.keys() | ALSO == books.zeros.keys()
    for name, statement in DAMAGES.items():
        with psycopg.connect(committed_db) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(statement)
        assert count_books(committed_db, cohort, messages, refs).zeros[name] > 0, name


def test_the_cohort_is_the_same_for_a_seed_and_has_what_is_asked_of_it() -> None:
    one, other = (list(outbreak(400).messages()) for _time in range(2))
    assert [each.name for each in one] == [each.name for each in other]
    cohort = outbreak(400)
    assert any(each.revision == 2 for each in cohort.messages())
    assert len(cohort.named) < 400 < sum(map(len, cohort.lists.values()))
    assert cohort.doubles > 0
    assert len(cohort.dead) > 0


@pytest.mark.clause(25)
def test_a_small_outbreak_with_kills_in_the_middle_ends_with_zeros() -> None:
    command = [sys.executable, "-m", "ops.sakai", "--patients", "300", "--schools", "6", "--seed", "1"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    zeros = run.stdout.partition("has to be zero\n")[2].partition("\n\n")[0].splitlines()
    assert len(zeros) > 15, run.stdout + run.stderr
    assert [line for line in zeros if not line.strip().startswith("0 ")] == []
    assert run.returncode == 0
