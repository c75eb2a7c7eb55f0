"""`manage.py add_contact`: whoever runs the installation vouches for an address (house setting)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from outbox.letters import address_of
from outbox.models import Contact
from tests.support.checksums import table_checksums
from tests.support.people import holding

pytestmark = pytest.mark.django_db


def test_it_is_in_use_at_once_and_its_secret_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CONTACT_SECRET", "a secret of sixteen")
    said = StringIO()
    call_command("add_contact", "city-fso", "webhook", "https://example.org/in?token=hidden", stdout=said)
    kept = Contact.objects.get()
    assert kept.verified_at is not None
    assert address_of(kept).secret == "a secret of sixteen"
    assert "hidden" not in said.getvalue()


def test_a_persons_address_and_what_is_refused() -> None:
    user = holding("city-fso").user
    call_command(
        "add_contact", "city-fso", "sms", "13800001234", "--person", user.username, stdout=StringIO()
    )
    assert Contact.objects.get().person == f"user:{user.pk}"
    before = table_checksums()
    for arguments in (
        ("nowhere", "email", "a@example.org"),
        ("city-fso", "email", "not an address"),
        ("city-fso", "email", "a@example.org", "--person", "nobody"),
    ):
        with pytest.raises(CommandError):
            call_command("add_contact", *arguments)
    assert table_checksums() == before
