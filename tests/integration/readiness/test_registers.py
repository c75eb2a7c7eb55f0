"""The registers: each office keeps its own area's; who is reached where is seen by who handles incidents (3.2, 8)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEvent
from readiness.actions.entries import check_entry, import_entries, keep_entry, remove_entry
from readiness.models import Budget, Helper, Stock
from response.actions.experts import appoint_expert
from response.models import Expert
from tests.support.people import actor, login
from tests.support.readiness import CITY, PHONE, TYPED, area, keeper, kept
from tests.support.refusals import refused
from tests.support.reports import HAISHU, NOON, YINZHOU, incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(42)]


def test_the_city_keeps_the_citys_and_each_county_its_own() -> None:
    for code in (CITY, HAISHU, YINZHOU):
        actor(keeper(code))
        actor(f"{code}-health" if code != CITY else "city-health")
    for code, by in ((YINZHOU, "city-fso"), (CITY, "330212-fso"), (HAISHU, "330212-fso")):
        with refused("not_your_register", 403, "3.2"):
            keep_entry(register="teams", area=area(code), values=TYPED["teams"], by=actor(by), at=NOON)
    with refused("office_lacks_right", 403, "3.2"):
        keep_entry(
            register="teams", area=area(YINZHOU), values=TYPED["teams"], by=actor("330212-health"), at=NOON
        )
    with refused("not_your_register", 403, "3.2"):
        keep_entry(
            register="experts", area=area(YINZHOU), values=TYPED["experts"], by=actor("330212-fso"), at=NOON
        )
    keep_entry(
        register="hospitals",
        area=area(YINZHOU),
        values=TYPED["hospitals"],
        by=actor("330212-health"),
        at=NOON,
    )
    row = kept("teams", HAISHU, at=NOON)
    for act in (check_entry, remove_entry):
        with refused("not_your_register", 403, "3.2"):
            act(register="teams", entry=row.pk, by=actor("330212-fso"), at=NOON)


def test_a_row_says_what_changed_and_is_there_once() -> None:
    row = kept("budgets", at=NOON)
    with refused("entry_exists", 409, "8.5"):
        kept("budgets", at=NOON)
    other = kept("budgets", purpose="其他应急经费", at=NOON)
    with refused("entry_exists", 409, "8.5"):
        keep_entry(
            register="budgets", area=area(YINZHOU), values={"purpose": "应急处置"}, entry=other.pk,
            by=actor("330212-fso"), at=NOON,
        )  # fmt: skip
    for typed in ("-1", "12.345", "十二万", "1e20"):
        with refused("entry_unreadable", 422, "8.5"):
            kept("budgets", year="2027", spent=typed, at=NOON)
    later = NOON + timedelta(days=3)
    keep_entry(
        register="budgets", area=area(YINZHOU), values={"spent": "99.90"}, entry=row.pk,
        by=actor("330212-fso"), at=later,
    )  # fmt: skip
    assert str(Budget.objects.get(pk=row.pk).spent) == "99.90"
    event = AuditEvent.objects.filter(subject=f"readiness.budget:{row.pk}").order_by("-seq").first()
    assert event is not None
    assert event.payload == '{"fields":["spent"],"register":"budgets"}'
    with refused("entry_unreadable", 422, "8.5"):
        import_entries(
            register="budgets", area=area(YINZHOU), rows=[TYPED["budgets"], {"year": "2027"}],
            by=actor("330212-fso"), at=later,
        )  # fmt: skip
    assert (
        check_entry(register="budgets", entry=row.pk, by=actor("330212-fso"), at=later).checked_on
        == later.date()
    )


def test_who_is_reached_where_is_sealed_shown_to_few_and_destroyed(client: Client) -> None:
    row = kept("helpers", at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM readiness_helper WHERE id = %s", [row.pk])
        (stored,) = cursor.fetchone()
    assert b"13800000000" not in bytes(stored)
    page = "/readiness/330212/helpers/"
    login(client, "330212-regulator")
    assert "13800000000" in client.get(page).content.decode()
    assert "周小芳" in client.get(page, {"q": "湾底"}).content.decode()
    assert "周小芳" not in client.get(page, {"q": "13800000000"}).content.decode()
    login(client, "330212-gov")
    shown = client.get(page).content.decode()
    assert "下应街道湾底村" in shown
    assert "周小芳" not in shown
    assert "13800000000" not in shown
    login(client, "330203-fso")
    assert client.get(page).status_code == 404
    login(client, "330212-fso")
    assert client.post(f"{page}{row.pk}/remove/").status_code == 302
    left = Helper.objects.get(pk=row.pk)
    assert (left.phone, left.name, left.left_by[:5]) == ("", "", "user:")
    assert client.get(f"{page}{row.pk}/").status_code == 404


@pytest.mark.clause(173)
def test_the_register_of_experts_is_the_pool_from_which_one_is_appointed(client: Client) -> None:
    expert = kept("experts", CITY, at=NOON)
    assert isinstance(expert, Expert)
    appoint_expert(incident=incident(120), expert=expert, by=actor("city-fso"), at=NOON)
    login(client, "city-fso")
    assert "林某" in client.get("/experts/").content.decode()
    assert client.post(f"/readiness/{CITY}/experts/{expert.pk}/remove/").status_code == 302
    assert "林某" not in client.get("/experts/").content.decode()


def test_a_row_by_its_form_with_what_is_wrong_beside_its_field(client: Client) -> None:
    login(client, "330212-fso")
    page = "/readiness/330212/stores/"
    wrong = client.post(
        f"{page}new/", {**TYPED["stores"], "kind": "supply", "level": "若干", "expires_on": "明年"}
    )
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "应有数量：请写不小于0的整数" in text
    assert 'value="若干"' in text
    assert client.post(f"{page}new/", {**TYPED["stores"], "kind": "supply"}).status_code == 302
    stock = Stock.objects.get()
    assert stock.agents == ["CBOT"]
    form = client.get(f"{page}{stock.pk}/").content.decode()
    assert PHONE in form
    assert 'value="2028-01-31"' in form
    assert client.post(f"{page}{stock.pk}/check/").status_code == 302
    assert "登记册还是空的" in client.get("/readiness/330212/teams/").content.decode()


def test_many_rows_take_no_more_queries_than_one(client: Client) -> None:
    login(client, "330212-fso")
    kept("stores", at=NOON)
    pages = ("/readiness/330212/stores/", "/readiness/330212/", "/readiness/")
    before = [_queries(client, page) for page in pages]
    for number in range(6):
        kept("stores", place=f"{number}号库", at=NOON)
    assert [_queries(client, page) for page in pages] == before


def _queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)
