"""Hospitals' keys: shown once, good until they expire or are revoked (5.1(3))."""

from datetime import timedelta

import pytest
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from accounts.actions.keys import issue_key, revoke_key
from accounts.actors import SYSTEM
from accounts.authentication import HospitalKeyAuthentication, KeyPrincipal, check_scope
from accounts.models import HospitalKey, Scope
from audit.clock import database_now
from audit.models import AuditEvent
from plan.refusal import PlanRefusal
from tests.support.checksums import table_checksums
from tests.support.people import actor, hospital_key, organisation

pytestmark = pytest.mark.django_db

HOSPITAL = "hosp-yinzhou-people"


def authenticate(header: str | None) -> tuple[KeyPrincipal, HospitalKey] | None:
    headers = {} if header is None else {"Authorization": header}
    return HospitalKeyAuthentication().authenticate(Request(APIRequestFactory().get("/", headers=headers)))


def code_of(header: str) -> object:
    with pytest.raises(AuthenticationFailed) as refused:
        authenticate(header)
    return refused.value.get_codes()


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "Api-Key"])
def test_a_key_speaks_for_its_hospital(scheme: str) -> None:
    key, clear = hospital_key(HOSPITAL)
    found = authenticate(f"{scheme} {clear}")
    assert found is not None
    principal, used = found
    assert used == key
    assert principal.actor.ref == f"key:{key.pk}"
    assert principal.actor.office == HOSPITAL


def test_a_key_is_kept_nowhere() -> None:
    _key, clear = hospital_key(HOSPITAL)
    secret = clear.partition(".")[2]
    kept = str(list(HospitalKey.objects.values())) + str(list(AuditEvent.objects.values_list("payload")))
    assert secret not in kept
    assert clear.partition(".")[0] in kept


@pytest.mark.parametrize("header", [None, "", "Basic abc", "Token abc"])
def test_without_a_key_nobody_is_named(header: str | None) -> None:
    assert authenticate(header) is None


@pytest.mark.parametrize(
    "change", ["", ".", "x" * 10_000, "\0", "clé", "{prefix}", "{prefix}.", "{clear}x", "{clear} x"]
)
def test_a_text_that_is_no_key_is_refused(change: str) -> None:
    key, clear = hospital_key(HOSPITAL)
    text = change.format(prefix=key.prefix, clear=clear)
    assert code_of(f"Bearer {text}") == "key_invalid"


def test_an_expired_and_a_revoked_key_say_so_to_their_owner_only() -> None:
    key, clear = hospital_key(HOSPITAL)
    revoke_key(key=key, reason="已轮换", by=SYSTEM, at=database_now())
    assert code_of(f"Bearer {clear}") == "key_revoked"
    assert code_of(f"Bearer {key.prefix}.guess") == "key_invalid"
    old, old_clear = hospital_key(HOSPITAL)
    HospitalKey.objects.filter(pk=old.pk).update(expires_at=database_now())
    assert code_of(f"Bearer {old_clear}") == "key_expired"


def test_use_is_noted_at_most_once_a_minute() -> None:
    key, clear = hospital_key(HOSPITAL)
    authenticate(f"Bearer {clear}")
    key.refresh_from_db()
    first = key.last_used_at
    assert first is not None
    authenticate(f"Bearer {clear}")
    key.refresh_from_db()
    assert key.last_used_at == first
    HospitalKey.objects.filter(pk=key.pk).update(last_used_at=first - timedelta(seconds=61))
    authenticate(f"Bearer {clear}")
    key.refresh_from_db()
    assert key.last_used_at >= first


def test_a_key_does_only_what_it_was_issued_for() -> None:
    at = database_now()
    issued = issue_key(
        organisation=organisation(HOSPITAL),
        label="read",
        expires_at=at + timedelta(days=1),
        scopes=[Scope.READ],
        by=SYSTEM,
        at=at,
    )
    check_scope(issued.key, Scope.READ)
    with pytest.raises(PermissionDenied):
        check_scope(issued.key, Scope.REPORT)


def test_only_who_reports_gets_a_key_and_only_from_the_administrator() -> None:
    at = database_now()
    later = at + timedelta(days=1)
    fso = actor("city-fso")
    before = table_checksums()
    for code, by, expires_at, reason in (
        ("city-gov", SYSTEM, later, "not_a_hospital"),
        (HOSPITAL, fso, later, "not_a_manager"),
        (HOSPITAL, SYSTEM, at, "key_already_expired"),
    ):
        with pytest.raises(PlanRefusal) as refused:
            issue_key(organisation=organisation(code), label="x", expires_at=expires_at, by=by, at=at)
        assert refused.value.code == reason
    assert table_checksums() == before


def test_a_key_is_revoked_once() -> None:
    key, _clear = hospital_key(HOSPITAL)
    revoke_key(key=key, reason="已轮换", by=SYSTEM, at=database_now())
    with pytest.raises(PlanRefusal):
        revoke_key(key=key, reason="已轮换", by=SYSTEM, at=database_now())
    assert AuditEvent.objects.filter(subject=f"key:{key.pk}", action="accounts.revoke_key").count() == 1
