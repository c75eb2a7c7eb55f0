"""Offices begin and end on days, are held in somebody's stead, and manage; somebody always remains to manage (3.2)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OfficeHolding
from audit.clock import database_now
from tests.support.checksums import table_checksums
from tests.support.people import holding, login, login_manager, manager, office_for

pytestmark = pytest.mark.django_db

OFFICE, FSO, ELSEWHERE = "330212-regulator", "330212-fso", "330203-regulator"


def day(offset: int) -> str:
    return f"{timezone.localdate() + timedelta(days=offset):%Y-%m-%d}"


def test_offices_begin_and_end_on_days(client: Client) -> None:
    user = holding(OFFICE).user
    login_manager(client, FSO)
    address = f"/people/{user.pk}/offices/"
    form = {"organisation": "330212-gov", "title": "值班员", "from_on": day(1), "until_on": day(2)}
    assert client.post(address, form).status_code == 302
    coming = OfficeHolding.objects.get(user=user, organisation__code="330212-gov")
    assert timezone.localtime(coming.from_at).strftime("%F %T") == f"{day(1)} 00:00:00"
    assert coming.until_at is not None
    assert timezone.localtime(coming.until_at).strftime("%F %T") == f"{day(3)} 00:00:00"
    for changes in ({"from_on": day(-1)}, {"until_on": day(0)}):
        assert client.post(address, form | {"organisation": "330212-health"} | changes).status_code == 422
    assert client.post(address, form | {"from_on": day(2)}).status_code == 409
    assert client.post(f"/offices/{coming.pk}/end/").status_code == 302
    coming.refresh_from_db()
    assert coming.until_at == coming.from_at


def test_an_office_ends_on_its_last_day_or_now(client: Client) -> None:
    office, person = holding(OFFICE), Client()
    login(person, OFFICE)
    login_manager(client, FSO)
    address = f"/offices/{office.pk}/end/"
    assert client.post(address, {"until_on": day(-1)}).status_code == 422
    assert client.post(address, {"until_on": day(3)}).status_code == 302
    assert person.get("/board/").status_code == 200
    assert client.post(address).status_code == 302
    assert person.get("/board/").status_code == 403
    assert client.post(address).status_code == 409


def test_a_stand_in_is_marked_wherever_they_act(client: Client) -> None:
    absent, user = holding(OFFICE), holding("330212-health").user
    login_manager(client, FSO)
    address = f"/people/{user.pk}/offices/"
    form = {"organisation": OFFICE, "title": "值班员", "stands_in_for": absent.user.username}
    assert client.post(address, form).status_code == 422
    assert client.post(address, form | {"until_on": day(1), "stands_in_for": "nobody"}).status_code == 422
    assert client.post(address, form | {"until_on": day(1), "organisation": FSO}).status_code == 422
    assert client.post(address, form | {"until_on": day(1)}).status_code == 302
    stand_in = OfficeHolding.objects.get(user=user, organisation__code=OFFICE)
    assert stand_in.stands_in_for == absent.user
    assert f"代班：{absent.user}" in client.get(f"/people/{user.pk}/").content.decode()
    assert str(user) in client.get("/people/?state=stand_in").content.decode()
    person = Client()
    login(person, "330212-health")
    assert f"代班：{absent.user}" in person.get("/office/").content.decode()
    person.post("/office/", {"holding": stand_in.pk})
    assert ">代班</span>" in person.get("/board/").content.decode()


def test_a_manager_is_appointed_and_dismissed(client: Client) -> None:
    office, person = holding(OFFICE), Client()
    login(person, OFFICE)
    assert person.get("/people/").status_code == 403
    login_manager(client, "city-fso")
    assert client.post(f"/offices/{office.pk}/manager/", {"act": "appoint"}).status_code == 302
    assert person.get("/people/").status_code == 200
    assert client.post(f"/offices/{office.pk}/manager/", {"act": "appoint"}).status_code == 409
    assert client.post(f"/offices/{office.pk}/manager/", {"act": "dismiss"}).status_code == 302
    assert person.get("/people/").status_code == 403
    assert client.post(f"/offices/{holding('330212-gov').pk}/manager/", {"act": "appoint"}).status_code == 422
    assert client.post(f"/offices/{office.pk}/manager/", {"act": "x"}).status_code == 400


def test_the_last_manager_stays(client: Client) -> None:
    county, city = manager(ELSEWHERE), manager("city-fso")
    login_manager(client, "city-fso")
    assert client.post(f"/offices/{county.pk}/manager/", {"act": "dismiss"}).status_code == 302
    second = office_for(holding("city-duty").user, "city-fso")
    client.post(f"/offices/{second.pk}/manager/", {"act": "appoint"})
    OfficeHolding.objects.filter(pk=city.pk).update(until_at=database_now() + timedelta(days=1))
    before = table_checksums()
    for address in (f"/offices/{second.pk}/end/", f"/people/{second.user_id}/leave/"):
        assert client.post(address).status_code == 409
    assert client.post(f"/offices/{second.pk}/manager/", {"act": "dismiss"}).status_code == 409
    assert table_checksums() == before
