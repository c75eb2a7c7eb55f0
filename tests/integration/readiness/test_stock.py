"""What is used of a store is owed back until as much was put in (8.5)."""

import pytest
from django.test import Client

from audit.models import AuditEvent
from readiness.actions.entries import remove_entry
from readiness.actions.stock import replenish_stock, use_stock
from readiness.models import Stock, StockUse
from readiness.selectors.standing import standings
from tests.support.people import actor, login
from tests.support.readiness import area, kept
from tests.support.refusals import refused
from tests.support.reports import HAISHU, NOON, YINZHOU, incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(178)]
KEEPER = "330212-fso"


def owed() -> int:
    (standing,) = standings([area(YINZHOU)], today=NOON.date())
    return standing.replenishments


def test_a_use_is_owed_back_until_all_of_it_was_put_in() -> None:
    stock, found, by = kept("stores", at=NOON), incident(12), actor(KEEPER)
    use = use_stock(stock=stock, quantity=10, note="救治", incident=found, by=by, at=NOON)
    assert (Stock.objects.get().quantity, owed()) == (0, 1)
    replenish_stock(use=use, quantity=9, by=by, at=NOON)
    assert (Stock.objects.get().quantity, owed()) == (9, 1)
    with refused("more_than_owed", 409, "8.5"):
        replenish_stock(use=use, quantity=2, by=by, at=NOON)
    with refused("replenishment_owed", 409, "8.5"):
        remove_entry(register="stores", entry=stock.pk, by=by, at=NOON)
    replenish_stock(use=use, quantity=1, by=by, at=NOON)
    assert (Stock.objects.get().quantity, owed()) == (10, 0)
    assert AuditEvent.objects.filter(chain=found.chain, action="readiness.use_stock").count() == 1
    remove_entry(register="stores", entry=stock.pk, by=by, at=NOON)
    with refused("entry_left", 409, "8.5"):
        use_stock(stock=stock, quantity=1, note="救治", by=by, at=NOON)


def test_what_can_not_be_taken_is_refused() -> None:
    stock, by = kept("stores", at=NOON), actor(KEEPER)
    played, elsewhere = incident(12, is_drill=True), incident(12, area=HAISHU, place_text="湖西饭店")
    actor("330212-regulator")
    with refused("more_than_there_is", 409, "8.5"):
        use_stock(stock=stock, quantity=11, note="救治", by=by, at=NOON)
    with refused("no_quantity", 422, "8.5"):
        use_stock(stock=stock, quantity=0, note="救治", by=by, at=NOON)
    with refused("use_without_words", 422, "8.5"):
        use_stock(stock=stock, quantity=1, note=" ", by=by, at=NOON)
    with refused("drill_uses_no_stock", 422, "8.5"):
        use_stock(stock=stock, quantity=1, note="演练", incident=played, by=by, at=NOON)
    with refused("outside_jurisdiction", 403, "5.1(7)"):
        use_stock(stock=stock, quantity=1, note="救治", incident=elsewhere, by=by, at=NOON)
    with refused("office_lacks_right", 403, "3.2"):
        use_stock(stock=stock, quantity=1, note="救治", by=actor("330212-regulator"), at=NOON)


def test_use_and_replenishment_by_their_forms(client: Client) -> None:
    stock, found = kept("stores", at=NOON), incident(12)
    login(client, KEEPER)
    page = f"/readiness/330212/stores/{stock.pk}/use/"
    assert f'value="{found.number}"' in client.get(page, {"incident": found.number}).content.decode()
    assert client.post(page, {"quantity": "3", "note": ""}).status_code == 422
    assert (
        client.post(page, {"quantity": "3", "note": "送李惠利医院", "incident": found.number}).status_code
        == 302
    )
    use = StockUse.objects.get()
    assert (use.incident, use.quantity) == (found, 3)
    assert "待补充 3支" in client.get(page).content.decode()
    assert "1 次动用尚未补足" in client.get("/readiness/330212/").content.decode()
    back = f"/readiness/330212/uses/{use.pk}/replenish/"
    assert 'value="3"' in client.get(back).content.decode()
    assert client.post(back, {"quantity": "4"}).status_code == 409
    assert client.post(back, {"quantity": "3"}).status_code == 302
    assert "已补足" in client.get(page).content.decode()
