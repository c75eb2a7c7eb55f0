"""What is out of date or short stands on one page per county and for the city; the house's interval is off until set (3.2, 8)."""

from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.moments import whole_day
from readiness.actions.entries import check_entry, keep_entry
from readiness.actions.intervals import set_check_interval
from readiness.selectors.standing import RegisterStanding, standings
from tests.support.people import actor, login
from tests.support.readiness import CITY, TYPED, area, kept
from tests.support.refusals import refused
from tests.support.reports import HAISHU, NOON, YINZHOU

TODAY = NOON.date()
pytestmark = [pytest.mark.django_db, pytest.mark.clause(42)]


def standing(register: str, code: str = YINZHOU, on: date = TODAY) -> RegisterStanding:
    (found,) = standings([area(code)], today=on)
    return next(each for each in found.registers if each.register.slug == register)


def short(register: str, on: date = TODAY) -> dict[str, int]:
    return {each.shortage.slug: each.rows for each in standing(register, on=on).findings}


@pytest.mark.clause(55, 172, 175, 178, 179, 183, 188)
def test_each_register_says_what_of_it_is_short() -> None:
    assert standing("teams").is_short
    kept("teams", at=NOON)
    assert not standing("teams").is_short
    kept("teams", name="二队", trained_on="", equipment="", phone="", at=NOON)
    assert short("teams") == {"untrained": 1, "unequipped": 1, "unreached": 1}
    kept("bodies", at=NOON)
    assert short("bodies") == {"medical": 0, "cdc": 0}
    kept("helpers", at=NOON)
    assert short("helpers") == {"assistant": 0, "volunteer": 0}
    kept("activities", at=NOON)
    assert short("activities") == {"regulators": 0, "operators": 0}
    kept("enterprises", has_plan="否", plan_on="", self_checked_on="", at=NOON)
    assert short("enterprises") == {"no_plan": 1, "never_checked": 1, "hazards": 1}
    kept("budgets", at=NOON)
    assert short("budgets") == {"not_in_full": 1}
    assert short("budgets", on=date(2027, 1, 1)) == {"this_year": 0}
    stock = kept("stores", level="10", at=NOON)
    assert short("stores", on=date(2028, 1, 31)) == {}
    assert short("stores", on=date(2028, 2, 1)) == {"expired": 1}
    keep_entry(
        register="stores",
        area=area(YINZHOU),
        values={"quantity": "9"},
        entry=stock.pk,
        by=actor("330212-fso"),
        at=NOON,
    )
    assert short("stores") == {"short": 1}
    assert [each.total for each in standings([area(HAISHU)], today=NOON.date())[0].registers] == [0] * 8


def test_the_houses_interval_is_off_until_the_city_sets_it() -> None:
    row = kept("teams", at=NOON)
    by = actor("city-fso")
    actor("330212-fso")
    assert standing("teams", on=NOON.date() + timedelta(days=900)).unchecked is None
    with refused("not_your_register", 403, "3.2"):
        set_check_interval(register="teams", days=90, by=actor("330212-fso"), at=NOON)
    for days in (0, 3661):
        with refused("interval_out_of_range", 422, "3.2"):
            set_check_interval(register="teams", days=days, by=by, at=NOON)
    set_check_interval(register="teams", days=90, by=by, at=NOON)
    assert standing("teams", on=NOON.date() + timedelta(days=90)).unchecked == 0
    assert standing("teams", on=NOON.date() + timedelta(days=91)).unchecked == 1
    check_entry(register="teams", entry=row.pk, by=actor("330212-fso"), at=NOON + timedelta(days=91))
    assert standing("teams", on=NOON.date() + timedelta(days=91)).unchecked == 0
    set_check_interval(register="teams", by=by, at=NOON)
    assert standing("teams").unchecked is None


def test_the_pages_show_what_is_short_with_the_way_to_it(client: Client) -> None:
    kept("stores", quantity="1", at=NOON)
    login(client, "330212-gov")
    page = client.get("/readiness/330212/").content.decode()
    assert 'href="/readiness/330212/stores/?short=short"' in page
    assert whole_day(date(2024, 9, 30)) in page
    assert "肉毒抗毒素" in client.get("/readiness/330212/stores/", {"short": "short"}).content.decode()
    assert "没有符合条件" in client.get("/readiness/330212/stores/", {"short": "expired"}).content.decode()
    shown = client.get("/readiness/").content.decode()
    assert "/readiness/330212/" in shown
    assert f"/readiness/{CITY}/" in shown
    assert "/readiness/330203/" not in shown
    login(client, "city-gov")
    assert "/readiness/330203/" in client.get("/readiness/").content.decode()
    login(client, "city-fso")
    page = "/readiness/intervals/"
    assert client.post(page, {"register": "teams", "days": "每月"}).status_code == 422
    assert client.post(page, {"register": "teams", "days": "365"}).status_code == 302
    assert "365 天" in client.get(page).content.decode()
    assert "非预案规定" in client.get(page).content.decode()
    assert TYPED["stores"]["phone"] not in client.get("/readiness/330212/").content.decode()
