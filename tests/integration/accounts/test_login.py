"""Logging in: throttled, on record, and only ever leading on within this host (3.2)."""

import re

import pytest
from asgiref.sync import async_to_sync
from django.conf import LazySettings, settings
from django.test import AsyncClient, Client

from accounts.actions.offices import end_office
from accounts.actions.users import change_password
from accounts.actors import SYSTEM
from accounts.models import User
from accounts.passwords import readable_password
from audit.clock import database_now
from audit.models import AuditEvent
from tests.support.evidence import broken_links
from tests.support.people import holding, login, office_for

pytestmark = pytest.mark.django_db

PASSWORD = readable_password()
OFFICE = "330212-regulator"
ADDRESS = "203.0.113.7"


@pytest.fixture(autouse=True)
def quick_hashes(settings: LazySettings) -> None:
    """Hashing is slow on purpose, and not what these tests are about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def user() -> User:
    person = holding(OFFICE).user
    change_password(user=person, password=PASSWORD, by=SYSTEM, at=database_now())
    return person


def attempt(
    client: Client, user: User, password: str = PASSWORD, *, next_: str = "", address: str = ADDRESS
) -> str:
    """Try to log in; gives where that leads, or the status."""
    response = client.post(
        "/login/",
        {"username": user.username, "password": password, "next": next_},
        REMOTE_ADDR=address,
    )
    return response.headers.get("Location", str(response.status_code))


def is_in(client: Client) -> bool:
    return client.get("/password/").status_code == 200


def actions(user: User) -> list[str]:
    return list(
        AuditEvent.objects.filter(chain=f"user:{user.pk}").order_by("seq").values_list("action", flat=True)
    )


def test_login_and_logout_are_on_record_and_no_address_is(client: Client, user: User) -> None:
    assert attempt(client, user) == "/"
    assert is_in(client)
    client.post("/logout/")
    assert not is_in(client)
    assert actions(user)[-2:] == ["accounts.login", "accounts.logout"]
    assert not AuditEvent.objects.filter(payload__contains=ADDRESS).exists()
    assert broken_links() == []


def test_a_failed_login_is_on_the_accounts_record(client: Client, user: User) -> None:
    assert attempt(client, user, "wrong") == "422"
    assert actions(user)[-1] == "accounts.login_failed"


def test_a_failed_login_of_nobody_known_keeps_no_name(client: Client) -> None:
    client.post("/login/", {"username": "zhangsan", "password": "x"})
    event = AuditEvent.objects.get(chain="system", action="accounts.login_failed")
    assert "zhangsan" not in event.payload
    assert re.search('"username":"[0-9a-f]{32}"', event.payload)


def test_the_answer_does_not_tell_whether_the_name_exists(client: Client, user: User) -> None:
    known = client.post("/login/", {"username": user.username, "password": "x"})
    unknown = client.post("/login/", {"username": "nobody", "password": "x"})
    said = [re.findall(r"用户名或密码不正确[^<]*", answer.content.decode()) for answer in (known, unknown)]
    assert said[0] == said[1] != []


def test_five_failures_suspend_the_name_from_that_address_only(client: Client, user: User) -> None:
    said = [attempt(client, user, "wrong") for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert said == ["422"] * 4 + ["429"]
    assert attempt(client, user) == "429"
    assert attempt(Client(), user, address="203.0.113.8") == "/"


def test_the_suspension_says_until_when(client: Client, user: User) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        attempt(client, user, "wrong")
    page = client.post("/login/", {"username": user.username, "password": PASSWORD}, REMOTE_ADDR=ADDRESS)
    assert re.search(r"暂停15分钟，<strong>\d\d:\d\d</strong> 后可以重试", page.content.decode())
    assert page["Retry-After"] == "900"


def test_the_suspension_is_said_under_the_asynchronous_server_too(user: User) -> None:
    post = async_to_sync(AsyncClient().post)
    form = {"username": user.username, "password": "wrong"}
    said = [post("/login/", form).status_code for _ in range(settings.AXES_FAILURE_LIMIT + 1)]
    assert said == [422] * 4 + [429] * 2


def test_a_success_forgives_the_failures_before_it(client: Client, user: User) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        attempt(client, user, "wrong")
    assert attempt(client, user) == "/"
    assert attempt(Client(), user, "wrong") == "422"


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("/incidents/", "/incidents/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_login_leads_on_within_this_host_only(client: Client, user: User, wanted: str, leads: str) -> None:
    assert attempt(client, user, next_=wanted) == leads


@pytest.mark.parametrize("username", ["\0", "a" * 100_000, "鄞州", "🦠", "' OR 1=1 --", ""])
def test_any_name_typed_is_refused_and_nothing_breaks(client: Client, username: str) -> None:
    assert client.post("/login/", {"username": username, "password": "x\0"}).status_code == 422
    assert client.post("/login/", {"username": username, "password": "x"}).status_code == 422


def test_logging_in_takes_a_fresh_session_that_keeps_what_was_typed_before(
    client: Client, user: User
) -> None:
    session = client.session
    session["draft"] = {"place_text": "甬味轩餐厅"}
    session.save()
    before = session.session_key
    attempt(client, user)
    assert client.session.session_key != before
    assert client.session["draft"] == {"place_text": "甬味轩餐厅"}


def test_somebody_with_one_office_acts_in_it(client: Client) -> None:
    login(client, OFFICE)
    assert client.get("/password/").context["actor"].office == OFFICE


def test_somebody_with_several_offices_chooses_first_and_every_choice_is_on_record(
    client: Client, user: User
) -> None:
    second = office_for(user, "330212-fso")
    assert attempt(client, user, next_="/board/") == "/office/?next=%2Fboard%2F"
    assert client.get("/password/").context["actor"].office == ""
    assert client.get("/board/").status_code == 403
    answer = client.post("/office/", {"holding": second.pk, "next": "/board/"})
    assert answer.headers["Location"] == "/board/"
    assert client.get("/password/").context["actor"].office == "330212-fso"
    event = AuditEvent.objects.get(chain=f"user:{user.pk}", action="accounts.switch_office")
    assert event.subject == f"holding:{second.pk}"


def test_nobody_takes_an_office_they_do_not_hold(client: Client) -> None:
    login(client, OFFICE)
    stranger = holding("330203-regulator")
    for chosen in (stranger.pk, "", "x", "999999"):
        assert client.post("/office/", {"holding": chosen}).status_code == 403
    assert client.get("/password/").context["actor"].office == OFFICE


def test_an_ended_office_gives_nothing_on_the_very_next_request(client: Client) -> None:
    login(client, OFFICE)
    assert client.get("/board/").status_code == 200
    end_office(holding=holding(OFFICE), by=SYSTEM, at=database_now())
    assert client.get("/board/").status_code == 403
    assert client.get("/password/").context["actor"].office == ""


def test_an_ended_chosen_office_is_not_replaced_by_another_silently(client: Client, user: User) -> None:
    second = office_for(user, "330212-fso")
    attempt(client, user)
    client.post("/office/", {"holding": second.pk})
    end_office(holding=second, by=SYSTEM, at=database_now())
    assert client.get("/password/").context["actor"].office == ""


def test_changing_the_password_ends_the_other_sessions(client: Client, user: User) -> None:
    attempt(client, user)
    elsewhere = Client()
    attempt(elsewhere, user)
    fresh = readable_password()
    form = {"old_password": PASSWORD, "new_password1": fresh, "new_password2": fresh}
    assert client.post("/password/", form).headers["Location"] == "/"
    assert is_in(client)
    assert not is_in(elsewhere)
    assert actions(user)[-1] == "accounts.change_password"
    assert attempt(Client(), user) == "422"
    assert attempt(Client(), user, fresh) == "/"


@pytest.mark.parametrize(
    "weak",
    ["Ab1!", "alllowercaseletters", "20210930202109302021", "test-330212-regulator", "lowercase-only-words"],
)
def test_a_weak_password_is_refused(client: Client, user: User, weak: str) -> None:
    attempt(client, user)
    form = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    assert client.post("/password/", form).status_code == 422
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_old_password_is_asked_for(client: Client, user: User) -> None:
    attempt(client, user)
    fresh = readable_password()
    form = {"old_password": "wrong", "new_password1": fresh, "new_password2": fresh}
    assert client.post("/password/", form).status_code == 422
