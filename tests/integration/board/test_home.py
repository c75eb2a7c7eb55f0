"""Where somebody lands, and where they may not look."""

import pytest
from django.test import Client

from tests.support.people import login

CITY = "city-fso"
PART = "/board/parts/live/"


@pytest.mark.django_db
def test_home_is_the_board_for_who_watches_and_the_inbox_for_the_rest() -> None:
    client = Client()
    assert client.get("/").headers["Location"].startswith("/login/")
    login(client, CITY)
    assert client.get("/").headers["Location"] == "/board/"
    login(client, "330212-cdc")
    assert client.get("/").headers["Location"] == "/inbox/"
    assert client.get("/board/").status_code == 403
    assert client.get(PART).status_code == 403
    login(client, CITY)
    assert client.get("/board/parts/other/").status_code == 404
    assert client.post("/board/").status_code == 405
