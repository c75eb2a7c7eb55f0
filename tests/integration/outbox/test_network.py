"""Where messages may not go: inside the network, unencrypted, or wherever a name was turned to meanwhile."""

import ipaddress
import socket
import ssl
from threading import Event
from typing import Any

import pytest
from pytest_django import Settings

from outbox.channels import http, network
from outbox.channels.http import post
from outbox.channels.network import is_allowed
from outbox.channels.trouble import Undeliverable, Undelivered
from tests.support.receivers import http_receiver

INSIDE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.100.100.200",
    "0.0.0.0",  # noqa: S104  an address that must be refused
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
)


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_inside_is_allowed(address: str) -> None:
    assert not is_allowed(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "2400:3200::1", "::ffff:1.1.1.1"])
def test_the_open_internet_is_allowed(address: str) -> None:
    assert is_allowed(ipaddress.ip_address(address))


def test_the_installation_may_let_a_network_of_its_own(settings: Settings) -> None:
    settings.OUTSIDE_NETWORKS = ["10.1.0.0/16", "fd00::/8"]
    assert is_allowed(ipaddress.ip_address("10.1.2.3"))
    assert is_allowed(ipaddress.ip_address("fd00::1"))
    assert not is_allowed(ipaddress.ip_address("10.2.0.1"))
    assert not is_allowed(ipaddress.ip_address("127.0.0.1"))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://user:word@example.org/",
        "https:///nohost",
        "https://example.org:port/",
        "robot",
    ],
)
def test_only_https_to_a_host_without_user_is_an_address(url: str) -> None:
    with pytest.raises(Undeliverable):
        post(url, b"", {})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_nothing_is_sent_to_this_machine_under_any_of_its_names(settings: Settings, host: str) -> None:
    settings.OUTSIDE_ALLOW_HTTP = True
    with http_receiver() as receiver:
        with pytest.raises(Undelivered):
            post(f"http://{host}:{receiver.port}/", b"", {})
        assert receiver.received == []


def test_a_name_that_leads_to_both_kinds_of_address_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTSIDE_ALLOW_HTTP = True
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 80)) for each in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(network, "getaddrinfo", lambda *_asked, **_more: both)
    with pytest.raises(Undeliverable, match="inside the network"):
        post("http://example.org/", b"", {})


def test_the_address_checked_is_the_address_connected_to(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTSIDE_ALLOW_HTTP, settings.OUTSIDE_NETWORKS = True, ["127.0.0.1/32"]
    asked = []

    def look_up(host: str, port: int, **_more: Any) -> list[Any]:
        asked.append(host)
        # A name server that answers differently the second time.
        address = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(network, "getaddrinfo", look_up)
    with http_receiver() as receiver:
        post(f"http://rebinding.example.org:{receiver.port}/", b"{}", {})
        assert receiver.received[0].headers["Host"] == f"rebinding.example.org:{receiver.port}"
    assert asked == ["rebinding.example.org"]


def test_a_name_server_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    over = Event()
    monkeypatch.setattr(network, "LOOK_UP_LIMIT_S", 0.1)
    monkeypatch.setattr(network, "getaddrinfo", lambda *_a, **_k: over.wait(30) and [])
    with pytest.raises(Undelivered, match="not found"):
        post("https://example.org/", b"", {})
    over.set()


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(settings: Settings) -> None:
    settings.OUTSIDE_NETWORKS = ["127.0.0.1/32"]
    assert http._tls().verify_mode == ssl.CERT_REQUIRED
    with http_receiver() as receiver:
        with pytest.raises(Undelivered, match="no secure connection"):
            post(f"https://127.0.0.1:{receiver.port}/", b"", {})
        assert receiver.received == []
