"""Encrypted channels against servers whose certificate is vouched for, and against such as nobody vouches for."""

import datetime as dt
import ipaddress
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_django import Settings

from outbox.channels import http
from outbox.models import Channel, MessageState
from tests.support.contacts import contact
from tests.support.letters import OFFICE, alarm, copies_of, post_all
from tests.support.receivers import http_receiver, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1 and its key in one file, made for this test."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = tmp_path / "server.pem"
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def served(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture(params=[True, False], ids=["vouched for", "of nobody"])
def is_vouched_for(
    request: pytest.FixtureRequest, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[bool]:
    """Whether this installation trusts the certificate."""
    http._tls.cache_clear()
    if request.param:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    yield request.param
    http._tls.cache_clear()


def test_a_webhook_goes_by_https_to_whom_somebody_vouches_for(
    settings: Settings, served: ssl.SSLContext, is_vouched_for: bool
) -> None:
    settings.OUTSIDE_NETWORKS = ["127.0.0.1/32"]
    with http_receiver(served) as receiver:
        contact(OFFICE, Channel.WEBHOOK, f"https://127.0.0.1:{receiver.port}/in")
        message = alarm()
        post_all()
        assert len(receiver.received) == int(is_vouched_for)
    state = MessageState.SENT if is_vouched_for else MessageState.QUEUED
    assert copies_of(message)[0].state == state


@pytest.mark.parametrize("way", ["starttls", "tls"])
def test_mail_goes_encrypted_to_whom_somebody_vouches_for(
    settings: Settings, served: ssl.SSLContext, is_vouched_for: bool, way: str
) -> None:
    options = {"ssl_context": served} if way == "tls" else {"tls_context": served, "require_starttls": True}
    settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = way == "tls", way == "starttls"
    with mail_server(**options) as mail:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail.port
        contact(OFFICE, Channel.EMAIL, "desk@example.org")
        message = alarm()
        post_all()
        assert len(mail.letters) == int(is_vouched_for)
    state = MessageState.SENT if is_vouched_for else MessageState.QUEUED
    assert copies_of(message)[0].state == state
