"""Screens on walls: the city's manager issues and revokes their tokens, which show and do nothing else (3.2)."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from accounts.keys import keyed_digest_of
from accounts.models import WallToken
from audit.clock import database_now
from audit.models import AuditEvent
from tests.support.checksums import table_checksums
from tests.support.people import login_manager
from tests.support.walls import screen, wall_token

pytestmark = pytest.mark.django_db


def issue(client: Client, **said: str) -> str:
    """Issue a token on the page; gives the token shown."""
    answer = client.post("/walls/new/", {"label": "指挥中心主屏", "days": "90", **said})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    found = re.search(r'id="token">([^<]+)<', answer.content.decode())
    assert found is not None
    return found[1]


def test_a_token_issued_on_the_page_opens_the_wall_and_is_shown_once(client: Client) -> None:
    by = login_manager(client, "city-fso")
    clear = issue(client)
    token = WallToken.objects.get()
    assert token.expires_at - token.created_at == timedelta(days=90)
    page = client.get("/walls/").content.decode()
    assert token.prefix in page
    wall = Client()
    # As it is typed with a remote control.
    answer = wall.post("/wall/", {"token": f" {clear.upper()} "})
    assert (answer.status_code, answer["Location"]) == (302, "/wall/")
    assert wall.get("/wall/").status_code == 200
    secret = clear.partition(".")[2]
    kept = page + str(list(WallToken.objects.values())) + str(dict(client.session))
    assert secret not in kept + str(list(AuditEvent.objects.values()))
    written = AuditEvent.objects.filter(chain=f"wall:{token.pk}").order_by("seq")
    assert list(written.values_list("action", "actor", "office")) == [
        ("accounts.issue_wall_token", by.ref, "city-fso"),
        ("accounts.open_wall", f"wall:{token.pk}", "city-fso"),
    ]


def test_what_is_kept_of_a_token_is_worth_nothing_without_the_installations_key() -> None:
    issued = wall_token()
    assert issued.token.digest == keyed_digest_of(issued.clear)
    key = settings.SECRET_KEY
    try:
        settings.SECRET_KEY = "another"
        assert issued.token.digest != keyed_digest_of(issued.clear)
    finally:
        settings.SECRET_KEY = key


def test_the_cookie_is_for_the_wall_alone_and_ends_with_the_token() -> None:
    issued = wall_token(days=2)
    cookie = screen(issued).cookies["wall"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/wall/", True, "Strict")
    assert abs(int(cookie["max-age"]) - timedelta(days=2).total_seconds()) < 60


def test_its_last_use_is_noted_once_a_minute() -> None:
    issued = wall_token()
    wall = screen(issued)
    rows = WallToken.objects.filter(pk=issued.token.pk)
    for age_s, is_noted in ((59, False), (61, True)):
        then = database_now() - timedelta(seconds=age_s)
        rows.update(last_used_at=then)
        assert wall.get("/wall/part/").status_code == 200
        assert (rows.get().last_used_at != then) is is_noted


def test_a_revoked_token_shows_nothing_from_that_instant_on(client: Client) -> None:
    login_manager(client, "city-fso")
    issued = wall_token()
    wall = screen(issued)
    before = table_checksums()
    assert client.post(f"/walls/{issued.token.pk}/revoke/", {"reason": " "}).status_code == 422
    assert table_checksums() == before
    assert client.post(f"/walls/{issued.token.pk}/revoke/", {"reason": "大屏拆除"}).status_code == 302
    assert wall.get("/wall/part/").status_code == 403
    answer = wall.get("/wall/")
    assert answer.status_code == 403
    assert "大屏令牌已被撤销" in answer.content.decode()
    assert wall.post("/wall/", {"token": issued.clear}).status_code == 403
    assert client.post(f"/walls/{issued.token.pk}/revoke/", {"reason": "再撤"}).status_code == 409
    assert "大屏拆除" in client.get("/walls/").content.decode()


def test_a_token_is_good_until_the_instant_it_expires() -> None:
    issued = wall_token()
    wall = screen(issued)
    WallToken.objects.update(expires_at=database_now() + timedelta(seconds=30))
    assert wall.get("/wall/part/").status_code == 200
    WallToken.objects.update(expires_at=database_now())
    assert wall.get("/wall/part/").status_code == 403
    assert "到期" in wall.get("/wall/").content.decode()


@pytest.mark.parametrize("text", ["", "abc", "abcdefgh.ijkmnpqrstuvwxyz23456789", "指挥中心", "\x00"])
def test_a_wrong_token_opens_nothing(text: str) -> None:
    issued = wall_token()
    before = table_checksums()
    for said in (text, f"{issued.token.prefix}.{text}"):
        wall = Client()
        assert wall.post("/wall/", {"token": said}).status_code in {403, 422}
        assert "wall" not in wall.cookies
    assert table_checksums() == before


@pytest.mark.parametrize(
    "said", [{"label": " "}, {"days": "0"}, {"days": "401"}, {"days": "x"}, {"label": "屏" * 61}]
)
def test_a_wrong_form_issues_nothing(client: Client, said: dict[str, str]) -> None:
    login_manager(client, "city-fso")
    before = table_checksums()
    assert client.post("/walls/new/", {"label": "主屏", "days": "90", **said}).status_code == 422
    assert table_checksums() == before


def test_a_countys_manager_manages_no_walls(client: Client) -> None:
    login_manager(client, "330212-fso")
    issued = wall_token()
    before = table_checksums()
    for address in ("/walls/", "/walls/new/", f"/walls/{issued.token.pk}/revoke/"):
        assert client.get(address).status_code == 403
    assert client.post("/walls/new/", {"label": "主屏", "days": "90"}).status_code == 403
    assert table_checksums() == before
    assert "/walls/" not in client.get("/keys/").content.decode()
