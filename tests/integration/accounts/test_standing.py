"""Pages that ask by themselves are answered from memory, and yet nobody sees a part they may see no longer (3.2)."""

from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.test import Client

from accounts.actions.departures import record_departure
from accounts.actions.offices import end_office, switch_office
from accounts.actors import SYSTEM, Actor
from accounts.models import OfficeHolding
from accounts.sessions import OFFICE_KEY
from audit.clock import database_now
from tests.support.people import holding, login, office_for
from tests.support.reports import incident
from tests.support.streams import cookie
from tests.support.waiting import until

pytestmark = pytest.mark.usefixtures("committed_db")

COUNTY = "330203-regulator"
PART = "/board/parts/live/"


def watched(address: str, client: Client) -> tuple[int, str]:
    """What a page that asks by itself is answered by the web process."""
    parts = urlsplit(address)
    asking = HTTPConnection(parts.hostname or "", parts.port or 0, timeout=30)
    asking.request("GET", PART, headers={"Cookie": cookie(client), "X-Watching": "1"})
    answer = asking.getresponse()
    body = answer.read().decode()
    asking.close()
    return answer.status, body


def leave(office: OfficeHolding) -> None:
    record_departure(user=office.user, by=SYSTEM, at=database_now())


def end(office: OfficeHolding) -> None:
    end_office(holding=office, by=SYSTEM, at=database_now())


@pytest.mark.parametrize(("stop", "status"), [(leave, 302), (end, 403)])
def test_who_may_watch_no_longer_is_out_at_once(
    stop: Callable[[OfficeHolding], None], status: int, served: str, client: Client
) -> None:
    office = holding(COUNTY)
    login(client, COUNTY)
    until(lambda: watched(served, client)[0] == 200, "the board")
    stop(office)
    until(lambda: watched(served, client)[0] == status, "the door to close", limit_s=10)


def test_another_office_chosen_shows_its_own_part_at_once(served: str, client: Client) -> None:
    user = login(client, COUNTY)
    other = office_for(user, "330205-regulator")
    numbers = {
        area: incident(120, at=database_now(), area=area, place_text=area).number
        for area in ("330203", "330205")
    }
    for office, here, there in ((holding(COUNTY), "330203", "330205"), (other, "330205", "330203")):
        switch_office(holding=office, by=Actor.in_office(office), at=database_now())
        session = client.session
        session[OFFICE_KEY] = office.pk
        session.save()
        shown = watched(served, client)[1]
        assert numbers[here] in shown
        assert numbers[there] not in shown
