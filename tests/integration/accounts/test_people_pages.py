"""Managers admit people, grant and end offices, and let people out the same day; nobody changes their own rights (3.2)."""

import re
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from accounts.actors import ANONYMOUS
from accounts.models import OfficeHolding, User
from accounts.sessions import actor_of_session
from audit.clock import database_now
from audit.models import AuditEvent
from tests.support.checksums import table_checksums
from tests.support.evidence import broken_links
from tests.support.people import holding, login, login_manager, manager, office_for

pytestmark = pytest.mark.django_db

OFFICE, FSO, ELSEWHERE = "330212-regulator", "330212-fso", "330203-regulator"


@pytest.fixture(autouse=True)
def quick_hashes(settings: LazySettings) -> None:
    """Hashing is slow on purpose, and not what these tests are about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def filled(**changes: Any) -> dict[str, Any]:
    """What is sent when the form about a new person is filled in."""
    return {
        "display_name": "陈晨",
        "username": "chenchen",
        "organisation": OFFICE,
        "title": "值班员",
        **changes,
    }


def shown_password(answer: Any) -> str:
    found = re.search(r'id="password">([^<]+)<', answer.content.decode())
    assert found is not None
    return found[1]


def enter(client: Client, username: str, password: str) -> str:
    form = {"username": username, "password": password}
    answer = client.post("/login/", form)
    return answer.headers.get("Location", str(answer.status_code))


def actions(user: User) -> list[str]:
    found = AuditEvent.objects.filter(chain=f"user:{user.pk}").order_by("seq")
    return list(found.values_list("action", flat=True))


def test_a_new_person_gets_a_password_once_and_changes_it_before_anything_else(client: Client) -> None:
    login_manager(client, FSO)
    answer = client.post("/people/new/", filled())
    password, person = shown_password(answer), Client()
    assert "no-store" in answer["Cache-Control"]
    assert enter(person, "chenchen", password) == "/password/"
    for elsewhere in ("/board/", "/incidents/", "/office/", "/second-factor/"):
        assert person.get(elsewhere).headers["Location"] == "/password/"
    assert actor_of_session(person.session.session_key or "", at=database_now()).organisation is None
    same = {"old_password": password, "new_password1": password, "new_password2": password}
    assert person.post("/password/", same).status_code == 422
    fresh = "a-Fresh-one-2026"
    changed = {"old_password": password, "new_password1": fresh, "new_password2": fresh}
    assert person.post("/password/", changed).headers["Location"] == "/"
    assert person.get("/board/").status_code == 200
    user = User.objects.get(username="chenchen")
    assert actions(user)[:2] == ["accounts.create_user", "accounts.grant_office"]
    assert password not in str(list(AuditEvent.objects.values_list("payload"))) + str(dict(client.session))
    assert broken_links() == []


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"username": ""}, 422),
        ({"username": "13800001111"}, 422),
        ({"username": "a b"}, 422),
        ({"username": f"MANAGER-{FSO}"}, 409),
        ({"display_name": "x" * 41}, 422),
        ({"organisation": ELSEWHERE}, 422),
        ({"organisation": "city-fso"}, 422),
        ({"until_on": "2020-01-01"}, 422),
        ({"until_on": "明天"}, 422),
    ],
)
def test_a_wrong_form_admits_nobody(client: Client, changes: dict[str, Any], status: int) -> None:
    login_manager(client, FSO)
    before = table_checksums()
    assert client.post("/people/new/", filled(**changes)).status_code == status
    assert table_checksums() == before


def test_who_leaves_is_out_at_once(client: Client) -> None:
    office = holding(OFFICE)
    second, person = office_for(office.user, FSO), Client()
    login(person, OFFICE)
    session = person.session.session_key or ""
    assert actor_of_session(session, at=database_now()) != ANONYMOUS
    login_manager(client, FSO)
    assert client.post(f"/people/{office.user.pk}/leave/").status_code == 302
    assert actor_of_session(session, at=database_now()) == ANONYMOUS
    assert person.get("/board/").headers["Location"].startswith("/login/")
    left = OfficeHolding.objects.filter(user=office.user).values_list("until_at", flat=True)
    assert len(left) == 2
    assert None not in left
    office.user.refresh_from_db()
    assert (office.user.is_active, office.user.has_usable_password()) == (False, False)
    event = AuditEvent.objects.get(chain=f"user:{office.user.pk}", action="accounts.record_departure")
    assert OFFICE in event.payload
    assert second.organisation.code in event.payload
    assert client.post(f"/people/{office.user.pk}/leave/").status_code == 409


def test_who_left_by_mistake_is_readmitted_without_office(client: Client) -> None:
    user = holding(OFFICE).user
    login_manager(client, FSO)
    client.post(f"/people/{user.pk}/leave/")
    password, person = shown_password(client.post(f"/people/{user.pk}/readmit/")), Client()
    assert enter(person, user.username, password) == "/password/"
    assert "在您的管理范围内现无职务" in client.get(f"/people/{user.pk}/").content.decode()


def test_a_reset_password_ends_sessions_and_has_to_be_changed(client: Client) -> None:
    user, person = holding(OFFICE).user, Client()
    login(person, OFFICE)
    login_manager(client, FSO)
    password = shown_password(client.post(f"/people/{user.pk}/password/"))
    assert person.get("/board/").status_code == 302
    assert enter(person, user.username, password) == "/password/"
    assert actions(user)[-2:] == ["accounts.reset_password", "accounts.login"]


def test_a_suspended_login_is_opened_by_the_manager(client: Client) -> None:
    user = holding(OFFICE).user
    login_manager(client, FSO)
    password = shown_password(client.post(f"/people/{user.pk}/password/"))
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        enter(Client(), user.username, "wrong")
    assert enter(Client(), user.username, password) == "429"
    assert "暂停中" in client.get(f"/people/{user.pk}/").content.decode()
    assert client.post(f"/people/{user.pk}/unlock/").status_code == 302
    assert "暂停中" not in client.get(f"/people/{user.pk}/").content.decode()
    assert enter(Client(), user.username, password) == "/password/"


def test_a_search_stands_in_no_address_and_ends_at_the_county(client: Client) -> None:
    mine, theirs = holding(OFFICE).user, holding(ELSEWHERE).user
    login_manager(client, FSO)
    page = client.post("/people/", {"text": "test-3302"}).content.decode()
    assert mine.username in page
    assert theirs.username not in page
    assert "没有符合条件" in client.post("/people/", {"text": "\0无此人"}).content.decode()
    narrowed = client.get(f"/people/?organisation={FSO}").content.decode()
    assert mine.username not in narrowed
    assert f"manager-{FSO}" in narrowed


def test_nobody_outside_the_county_is_touched(client: Client) -> None:
    theirs = holding(ELSEWHERE)
    login_manager(client, FSO)
    before = table_checksums()
    for act in ("leave", "password", "unlock", "second-factor", "offices"):
        assert client.post(f"/people/{theirs.user.pk}/{act}/").status_code == 404
    assert client.post(f"/offices/{theirs.pk}/end/").status_code == 404
    assert client.post(f"/offices/{theirs.pk}/manager/", {"act": "appoint"}).status_code == 404
    assert table_checksums() == before


def test_an_account_that_opens_a_city_office_is_not_the_countys_to_reset(client: Client) -> None:
    user = holding(OFFICE).user
    office_for(user, "city-duty")
    login_manager(client, FSO)
    before = table_checksums()
    assert "账号由市食药安办的管理员办理" in client.get(f"/people/{user.pk}/").content.decode()
    for act in ("leave", "password", "unlock"):
        assert client.post(f"/people/{user.pk}/{act}/").status_code == 403
    assert table_checksums() == before
    login_manager(client, "city-fso")
    assert client.post(f"/people/{user.pk}/unlock/").status_code == 302


def test_nobody_changes_their_own_rights(client: Client) -> None:
    manager("city-fso")
    by = login_manager(client, FSO)
    own = manager(FSO)
    assert "这是您本人的账号" in client.get(f"/people/{own.user.pk}/").content.decode()
    before = table_checksums()
    for act in ("leave", "password", "unlock", "second-factor", "readmit"):
        assert client.post(f"/people/{own.user.pk}/{act}/").status_code == 403
    form = {"organisation": OFFICE, "title": "值班员"}
    assert client.post(f"/people/{own.user.pk}/offices/", form).status_code == 403
    assert client.post(f"/offices/{own.pk}/end/").status_code == 403
    assert client.post(f"/offices/{own.pk}/manager/", {"act": "dismiss"}).status_code == 403
    assert table_checksums() == before
    assert by.is_manager


def test_the_list_costs_the_same_for_more_people(client: Client, django_assert_num_queries: Any) -> None:
    login_manager(client, "city-fso")
    holding(OFFICE)
    with django_assert_num_queries(10):
        client.get("/people/")
    for code in ("330212-gov", ELSEWHERE, "city-duty"):
        holding(code)
    with django_assert_num_queries(10):
        client.get("/people/")
