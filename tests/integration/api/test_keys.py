"""Without a good key nothing is taken, and nothing is written (5.1(3))."""

import pytest
from django.test import Client

from accounts.actions.keys import revoke_key
from accounts.actors import SYSTEM
from audit.clock import database_now
from tests.support.checksums import table_checksums
from tests.support.hospital import URL, Hospital, cluster, refusal
from tests.support.people import login

pytestmark = pytest.mark.django_db


def test_without_a_good_key_there_is_no_answer_but_401() -> None:
    hospital = Hospital()
    before = table_checksums(exclude=())
    for header in ("", "Bearer nonsense", f"Bearer {hospital.clear}x", "Basic abc"):
        answer = Client().post(URL, cluster(60), "application/json", headers={"Authorization": header})
        assert (answer.status_code, refusal(answer)["status"]) == (401, 401)
        assert answer["WWW-Authenticate"].startswith("Bearer")
    assert table_checksums(exclude=()) == before


def test_a_revoked_key_is_refused() -> None:
    hospital = Hospital()
    revoke_key(key=hospital.key, reason="疑似泄露", by=SYSTEM, at=database_now())
    assert refusal(hospital.send(cluster(60)))["code"] == "key_revoked"


def test_a_key_for_reading_cannot_report_and_a_person_has_no_key() -> None:
    hospital = Hospital()
    hospital.key.scopes = ["cluster:read"]
    hospital.key.save()
    assert refusal(hospital.send(cluster(60)))["code"] == "key_lacks_scope"
    browser = Client()
    login(browser, "city-fso")
    assert browser.post(URL, cluster(60), "application/json").status_code == 401
