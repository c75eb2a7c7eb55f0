"""A second factor: asked for at each login once set up, slow to guess, off only with a code, or required of all (3.2)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.actions.users import change_password
from accounts.actors import ANONYMOUS, SYSTEM
from accounts.models import User
from accounts.passwords import readable_password
from accounts.sessions import actor_of_session
from audit.clock import database_now
from audit.models import AuditEvent
from tests.support.checksums import table_checksums
from tests.support.people import holding, login, login_manager

pytestmark = pytest.mark.django_db

OFFICE = "330212-regulator"
PASSWORD = readable_password()
PAGE = "/second-factor/"


@pytest.fixture(autouse=True)
def quick_hashes(settings: LazySettings) -> None:
    """Hashing is slow on purpose, and not what these tests are about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def user() -> User:
    person = holding(OFFICE).user
    change_password(user=person, password=PASSWORD, by=SYSTEM, at=database_now())
    return person


def code_of(user: User) -> str:
    """The code on the person's phone now, as if none had been used yet."""
    device = TOTPDevice.objects.get(user=user)
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=-1)
    return f"{totp(device.bin_key, drift=device.drift):06}"


def wrong_code_of(user: User) -> str:
    return f"{(int(code_of(user)) + 1) % 1_000_000:06}"


def enrol(client: Client, user: User) -> list[str]:
    """Set the second factor up on the page; gives the recovery codes shown."""
    assert client.post(PAGE, {"act": "begin"}).status_code == 302
    answer = client.post(PAGE, {"act": "confirm", "code": code_of(user)})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return re.findall(r"<li>([a-z0-9-]{19})</li>", answer.content.decode())


def enter(client: Client, user: User) -> str:
    answer = client.post("/login/", {"username": user.username, "password": PASSWORD, "next": "/board/"})
    return answer.headers.get("Location", str(answer.status_code))


def give(client: Client, code: str) -> Any:
    return client.post("/login/code/", {"code": code, "next": "/board/"})


def forget_failures(user: User) -> None:
    """As if the time had passed for which a wrong code holds the next one up."""
    past = database_now() - timedelta(hours=1)
    TOTPDevice.objects.filter(user=user).update(throttling_failure_timestamp=past)


def actions(user: User) -> list[str]:
    found = AuditEvent.objects.filter(chain=f"user:{user.pk}").order_by("seq")
    return list(found.values_list("action", flat=True))


def test_the_secret_is_shown_as_a_picture_and_as_text(client: Client, user: User) -> None:
    login(client, OFFICE)
    assert "data:image" not in client.get(PAGE).content.decode()
    client.post(PAGE, {"act": "begin"})
    page = client.get(PAGE).content.decode()
    assert 'src="data:image/svg+xml' in page
    assert re.search(r"<code[^>]*>(?:[A-Z2-7]{4} ?){8}</code>", page)
    assert enter(Client(), user) == "/board/"


def test_once_set_up_a_password_alone_lets_nobody_in(client: Client, user: User) -> None:
    login(client, OFFICE)
    assert len(enrol(client, user)) == 8
    person = Client()
    assert enter(person, user) == "/login/code/?next=%2Fboard%2F"
    assert person.get("/board/").headers["Location"].startswith("/login/")
    assert actor_of_session(person.session.session_key or "", at=database_now()) == ANONYMOUS
    before = person.session.session_key
    assert give(person, code_of(user)).headers["Location"] == "/board/"
    assert person.session.session_key != before
    assert person.get("/board/").status_code == 200
    assert actions(user)[-2:] == ["accounts.pass_second_factor", "accounts.login"]


def test_a_code_is_good_once(client: Client, user: User) -> None:
    login(client, OFFICE)
    enrol(client, user)
    code, first, second = code_of(user), Client(), Client()
    enter(first, user)
    enter(second, user)
    assert give(first, code).status_code == 302
    assert give(second, code).status_code == 422


def test_a_wrong_code_is_on_record_and_slows_the_next_one(client: Client, user: User) -> None:
    login(client, OFFICE)
    enrol(client, user)
    person = Client()
    enter(person, user)
    assert give(person, wrong_code_of(user)).status_code == 422
    assert actions(user)[-1] == "accounts.second_factor_failed"
    assert give(person, code_of(user)).status_code == 429
    forget_failures(user)
    assert give(person, code_of(user)).status_code == 302


@pytest.mark.parametrize("code", ["", "x" * 41, "\0", "\uff11" * 6, "12345", "abcd-efgh-jkmn-pqrs"])
def test_what_is_no_code_is_refused(client: Client, user: User, code: str) -> None:
    login(client, OFFICE)
    enrol(client, user)
    person = Client()
    enter(person, user)
    assert give(person, code).status_code == 422
    assert person.get("/board/").status_code == 302


def test_a_recovery_code_is_good_once_and_kept_as_a_hash(client: Client, user: User) -> None:
    login(client, OFFICE)
    codes = enrol(client, user)
    kept = str(list(StaticToken.objects.values_list("token", flat=True)))
    assert not any(code in kept or code.replace("-", "")[:16] in kept for code in codes)
    person = Client()
    enter(person, user)
    assert give(person, codes[0].upper().replace("-", " ")).status_code == 302
    again = Client()
    enter(again, user)
    assert give(again, codes[0]).status_code == 422


def test_the_code_is_awaited_for_ten_minutes_and_for_the_same_password(client: Client, user: User) -> None:
    login(client, OFFICE)
    enrol(client, user)
    late, changed = Client(), Client()
    for person in (late, changed):
        enter(person, user)
    session = late.session
    pk, password, _since = session["pending_login"]
    session["pending_login"] = [pk, password, (database_now() - timedelta(minutes=11)).isoformat()]
    session.save()
    give(late, code_of(user))
    assert late.get("/board/").status_code == 302
    change_password(user=user, password=readable_password(), by=SYSTEM, at=database_now())
    give(changed, code_of(user))
    assert changed.get("/board/").status_code == 302


def test_it_is_turned_off_and_codes_renewed_only_with_a_code(client: Client, user: User) -> None:
    login(client, OFFICE)
    old = enrol(client, user)
    for act in ("off", "renew"):
        assert client.post(PAGE, {"act": act, "code": wrong_code_of(user)}).status_code == 422
        forget_failures(user)
    assert client.post(PAGE, {"act": "begin"}).status_code == 409
    renewed = client.post(PAGE, {"act": "renew", "code": code_of(user)}).content.decode()
    assert old[0] not in renewed
    assert client.post(PAGE, {"act": "off", "code": old[0]}).status_code == 422
    assert client.post(PAGE, {"act": "off", "code": code_of(user)}).status_code == 302
    assert not TOTPDevice.objects.filter(user=user).exists()
    assert enter(Client(), user) == "/board/"
    assert actions(user).count("accounts.turn_off_second_factor") == 1


def test_a_manager_resets_it_for_others_only(client: Client, user: User) -> None:
    login(client, OFFICE)
    enrol(client, user)
    by = Client()
    login_manager(by, "330212-fso")
    assert client.get("/board/").status_code == 200
    assert by.post(f"/people/{user.pk}/second-factor/").status_code == 302
    assert client.get("/board/").headers["Location"] == "/login/?next=/board/"
    assert enter(client, user) == "/board/"
    assert client.get("/board/").status_code == 200
    before = table_checksums()
    assert by.post(f"/people/{user.pk}/second-factor/").status_code == 409
    assert table_checksums() == before


def test_where_it_is_required_it_comes_before_anything_else(
    client: Client, user: User, settings: LazySettings
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    assert enter(client, user) == PAGE
    session = client.session.session_key or ""
    assert client.get("/board/").headers["Location"] == PAGE
    assert actor_of_session(session, at=database_now()).organisation is None
    assert "要求所有人员启用" in client.get(PAGE).content.decode()
    enrol(client, user)
    assert client.get("/board/").status_code == 200
    client.post(PAGE, {"act": "off", "code": code_of(user)})
    assert client.get("/board/").headers["Location"] == PAGE


def test_a_session_older_than_the_requirement_gives_a_code(
    client: Client, user: User, settings: LazySettings
) -> None:
    elsewhere = Client()
    login(elsewhere, OFFICE)
    login(client, OFFICE)
    enrol(client, user)
    settings.REQUIRE_SECOND_FACTOR = True
    assert elsewhere.get("/board/").headers["Location"] == PAGE
    assert elsewhere.get(PAGE).headers["Location"] == "/login/code/"
    assert give(elsewhere, code_of(user)).status_code == 302
    assert elsewhere.get("/board/").status_code == 200
