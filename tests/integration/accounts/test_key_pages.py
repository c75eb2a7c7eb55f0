"""Managers issue, bind and revoke hospitals' keys on pages; a key is shown once (5.1(3))."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.models import HospitalKey
from audit.clock import database_now
from audit.models import AuditEvent
from tests.support.checksums import table_checksums
from tests.support.hospital import URL, Hospital, cluster, refusal
from tests.support.people import hospital_key, login, login_manager

pytestmark = pytest.mark.django_db

HOSPITAL, OTHER = "hosp-yinzhou-people", "hosp-first"
OFFICE = "330212-fso"


def filled(**changes: Any) -> dict[str, Any]:
    """What is sent when the form about a new key is filled in."""
    return {
        "hospital": HOSPITAL,
        "label": "急诊系统",
        "days": "365",
        "scopes": ["cluster:write", "cluster:read"],
        "networks": "",
        **changes,
    }


def issue(client: Client, **changes: Any) -> str:
    """Issue a key on the page; gives the key shown."""
    answer = client.post("/keys/new/", filled(**changes))
    assert answer.status_code == 200
    found = re.search(r'id="key">([^<]+)<', answer.content.decode())
    assert found is not None
    return found[1]


def send(clear: str, address: str = "127.0.0.1", **headers: str) -> Any:
    """Send a report with this key from this address."""
    fresh = str(uuid.uuid4())
    named = {"Authorization": f"Bearer {clear}", "Idempotency-Key": fresh, **headers}
    body = cluster(60, reference=fresh)
    return Client(REMOTE_ADDR=address).post(URL, body, "application/json", headers=named)


def test_a_key_issued_on_the_page_works_and_is_shown_once(client: Client) -> None:
    by = login_manager(client, OFFICE)
    clear = issue(client)
    assert send(clear).status_code == 201
    key = HospitalKey.objects.get()
    assert abs(key.expires_at - key.created_at - timedelta(days=365)) < timedelta(seconds=1)
    page = client.get("/keys/").content.decode()
    assert key.prefix in page
    secret = clear.partition(".")[2]
    kept = page + str(list(HospitalKey.objects.values())) + str(dict(client.session))
    assert secret not in kept + str(list(AuditEvent.objects.values_list("payload")))
    event = AuditEvent.objects.get(action="accounts.issue_key")
    assert (event.chain, event.actor, event.office) == (f"org:{HOSPITAL}", by.ref, OFFICE)


def test_the_page_that_shows_a_key_is_kept_by_no_cache(client: Client) -> None:
    login_manager(client, OFFICE)
    assert "no-store" in client.post("/keys/new/", filled())["Cache-Control"]


def test_two_keys_are_alive_for_rotation_and_a_third_is_refused(client: Client) -> None:
    login_manager(client, OFFICE)
    first, second = issue(client), issue(client)
    assert (send(first).status_code, send(second).status_code) == (201, 201)
    before = table_checksums()
    assert client.post("/keys/new/", filled()).status_code == 409
    assert table_checksums() == before
    revoked = HospitalKey.objects.get(prefix=first.partition(".")[0])
    assert client.post(f"/keys/{revoked.pk}/revoke/", {"reason": "已轮换"}).status_code == 302
    assert refusal(send(first))["code"] == "key_revoked"
    assert send(second).status_code == 201
    issue(client)
    assert "已轮换" in client.get("/keys/").content.decode()


def test_an_expired_key_makes_room_and_is_refused(client: Client) -> None:
    login_manager(client, OFFICE)
    first = issue(client)
    issue(client)
    HospitalKey.objects.filter(prefix=first.partition(".")[0]).update(expires_at=database_now())
    assert refusal(send(first))["code"] == "key_expired"
    issue(client)


@pytest.mark.parametrize(
    "changes",
    [
        {"days": "401"},
        {"days": "0"},
        {"days": ""},
        {"days": "x"},
        {"label": ""},
        {"scopes": []},
        {"scopes": ["admin"]},
        {"networks": "10.0.0.1/8"},
        {"networks": "鄞州"},
        {"networks": "\n".join(f"10.0.{each}.0/24" for each in range(21))},
        {"hospital": OTHER},
        {"hospital": OFFICE},
        {"hospital": ""},
    ],
)
def test_a_wrong_form_issues_nothing(client: Client, changes: dict[str, Any]) -> None:
    login_manager(client, OFFICE)
    before = table_checksums()
    assert client.post("/keys/new/", filled(**changes)).status_code == 422
    assert table_checksums() == before


def test_a_key_bound_to_networks_is_refused_from_elsewhere_and_notes_nothing(client: Client) -> None:
    login_manager(client, OFFICE)
    clear = issue(client, networks="10.20.0.0/16\n203.0.113.7, 2001:db8::/32")
    before = table_checksums(exclude=())
    for address in ("10.21.0.1", "203.0.113.8", "2001:db9::1"):
        said = refusal(send(clear, address))
        assert (said["status"], said["code"]) == (403, "key_wrong_network")
    assert table_checksums(exclude=()) == before
    for address in ("10.20.255.1", "203.0.113.7", "2001:db8::5", "::ffff:10.20.0.1"):
        assert send(clear, address).status_code == 201


def test_an_address_told_by_the_sender_counts_only_behind_a_proxy(
    client: Client, settings: LazySettings
) -> None:
    login_manager(client, OFFICE)
    clear = issue(client, networks="10.20.0.0/16")
    told = {"X-Forwarded-For": "198.51.100.1, 10.20.0.9"}
    assert send(clear, **told).status_code == 403
    settings.BEHIND_PROXY = True
    assert send(clear, **told).status_code == 201
    forged = {"X-Forwarded-For": "10.20.0.9, 198.51.100.1"}
    assert send(clear, **forged).status_code == 403
    assert send(clear, "10.20.0.1", **{"X-Forwarded-For": "unknown"}).status_code == 201


def test_networks_change_at_once_and_are_on_record(client: Client) -> None:
    login_manager(client, OFFICE)
    hospital = Hospital()
    address = f"/keys/{hospital.key.pk}/networks/"
    assert client.post(address, {"networks": "10.0.0.1/8"}).status_code == 422
    assert client.post(address, {"networks": "10.0.0.0/8"}).status_code == 302
    assert refusal(hospital.send(cluster(60)))["code"] == "key_wrong_network"
    assert client.post(address, {"networks": ""}).status_code == 302
    assert hospital.send(cluster(60)).status_code == 201
    chain = AuditEvent.objects.filter(chain=f"org:{HOSPITAL}", action="accounts.bind_key").order_by("seq")
    assert ["10.0.0.0/8" in event.payload for event in chain] == [True, False]


def test_a_revocation_asks_for_a_reason_and_happens_once(client: Client) -> None:
    login_manager(client, OFFICE)
    key, _clear = hospital_key(HOSPITAL)
    assert client.post(f"/keys/{key.pk}/revoke/", {"reason": " "}).status_code == 422
    assert client.post(f"/keys/{key.pk}/revoke/", {"reason": "疑似泄露"}).status_code == 302
    assert client.post(f"/keys/{key.pk}/revoke/", {"reason": "再次"}).status_code == 409


def test_a_key_for_one_purpose_serves_no_other(client: Client) -> None:
    login_manager(client, OFFICE)
    assert refusal(send(issue(client, scopes=["cluster:read"])))["code"] == "key_lacks_scope"


def test_a_managers_list_ends_at_the_county(client: Client) -> None:
    mine, theirs = Hospital(HOSPITAL), Hospital(OTHER)
    login_manager(client, OFFICE)
    page = client.get("/keys/").content.decode()
    assert mine.key.prefix in page
    assert theirs.key.prefix not in page
    before = table_checksums()
    assert client.post(f"/keys/{theirs.key.pk}/revoke/", {"reason": "x"}).status_code == 404
    assert table_checksums() == before
    city = Client()
    login_manager(city, "city-fso")
    assert theirs.key.prefix in city.get("/keys/?text=hosp-first").content.decode()


def test_the_office_alone_does_not_manage(client: Client) -> None:
    key, _clear = hospital_key(HOSPITAL)
    login(client, OFFICE)
    before = table_checksums()
    assert client.get("/keys/").status_code == 403
    assert client.post("/keys/new/", filled()).status_code == 403
    assert client.post(f"/keys/{key.pk}/revoke/", {"reason": "x"}).status_code == 403
    assert table_checksums() == before


def test_the_list_can_be_narrowed_and_says_what_expires_soon(client: Client) -> None:
    login_manager(client, OFFICE)
    key, _clear = hospital_key(HOSPITAL)
    soon = client.get("/keys/?state=expiring").content.decode()
    assert key.prefix in soon
    assert "即将到期" in soon
    HospitalKey.objects.update(expires_at=database_now() + timedelta(days=300))
    assert key.prefix not in client.get("/keys/?state=expiring").content.decode()
    assert key.prefix in client.get("/keys/?state=alive").content.decode()
    assert key.prefix not in client.get("/keys/?state=none&page=x&text=%00").content.decode()


def test_the_list_costs_the_same_for_more_hospitals(client: Client, django_assert_num_queries: Any) -> None:
    login_manager(client, "city-fso")
    hospital_key(HOSPITAL)
    with django_assert_num_queries(9):
        client.get("/keys/")
    hospital_key(OTHER)
    hospital_key("hosp-lihuili")
    with django_assert_num_queries(9):
        client.get("/keys/")
