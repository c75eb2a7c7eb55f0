"""The link of a letter: whoever it was for opens it, logged in, and it is read; and each copy's five states (5.1)."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from outbox.letters import letter_of
from outbox.models import Channel, Message, MessageState
from outbox.progress import progress_of
from tests.support.checksums import table_checksums
from tests.support.contacts import contact
from tests.support.letters import OFFICE, alarm, copies_of
from tests.support.people import holding, login, office_for

pytestmark = pytest.mark.django_db


def copy_for(person: User | None, where: str = "13800001234") -> Message:
    """An alarm's copy to a person or to the office itself."""
    contact(OFFICE, Channel.SMS if person else Channel.EMAIL, where, person=person)
    copy = copies_of(alarm(where))[-1]
    Message.objects.filter(pk=copy.pk).update(state=MessageState.SENT, sent_at=copy.created_at)
    copy.refresh_from_db()
    return copy


def states(message: Message) -> list[str]:
    (one,) = progress_of([message], {})
    return [step.otherwise if step.at is None else "+" for step in one.steps]


def test_the_letters_link_is_the_address_of_its_page(settings: object) -> None:
    settings.SITE_URL = "https://spaq.example.org"  # type: ignore[attr-defined]
    copy = copy_for(None, "desk@example.org")
    assert copy.contact is not None
    link = letter_of(copy, copy.contact, at=copy.created_at).link
    assert link == "https://spaq.example.org" + reverse("response:letter", args=[copy.pk])


def test_opening_the_link_needs_a_login_and_marks_the_persons_copy_and_the_inbox_read(client: Client) -> None:
    copy = copy_for(holding(OFFICE).user)
    address = f"/letters/{copy.pk}/"
    before = table_checksums()
    assert client.get(address).headers["Location"].startswith("/login/")
    assert table_checksums() == before
    user = login(client, OFFICE)
    assert "待确认" in client.get("/inbox/").text
    assert states(copy) == ["+", "+", "未知", "未知", "未确认"]
    opened = client.get(address, follow=True)
    assert "确认收到" in opened.text
    copy.refresh_from_db()
    assert (copy.state, copy.read_by) == (MessageState.READ, f"user:{user.pk}")
    assert states(copy) == ["+", "+", "未知", "+", "未确认"]
    inbox = Message.objects.get(dedupe_key=copy.about)
    assert inbox.read_at == copy.read_at
    first = copy.read_at
    client.get(address)
    client.post(f"/inbox/{inbox.pk}/", {"act": "acknowledge"})
    copy.refresh_from_db()
    assert (copy.state, copy.read_at) == (MessageState.ACKNOWLEDGED, first)
    assert states(copy) == ["+", "+", "未知", "+", "+"]


def test_another_persons_letter_is_not_there_and_the_offices_is_for_all_of_it(client: Client) -> None:
    colleague = holding("330212-fso").user
    office_for(colleague, OFFICE)
    own, shared = copy_for(colleague), copy_for(None, "desk@example.org")
    login(client, OFFICE)
    assert client.get(f"/letters/{own.pk}/").status_code == 404
    assert client.get(f"/letters/{shared.pk}/").status_code == 302
    assert client.get(f"/letters/{Message.objects.get(dedupe_key=own.about).pk}/").status_code == 404
    login(client, "330203-regulator")
    assert client.get(f"/letters/{shared.pk}/").status_code == 404


def test_whoever_acts_in_another_office_chooses_the_letters_first(client: Client) -> None:
    copy = copy_for(holding(OFFICE).user)
    office_for(holding(OFFICE).user, "330212-fso")
    login(client, OFFICE)
    client.post("/office/", {"holding": holding(OFFICE).user.holdings.latest("pk").pk})
    asked = client.get(f"/letters/{copy.pk}/")
    assert asked.headers["Location"].endswith(f"next=%2Fletters%2F{copy.pk}%2F")
    copy.refresh_from_db()
    assert copy.read_at is None


def test_the_page_says_of_each_address_which_states_are_unknown(client: Client) -> None:
    copy = copy_for(None, "desk@example.org")
    login(client, OFFICE)
    inbox = Message.objects.get(dedupe_key=copy.about)
    page = client.get(f"/inbox/{inbox.pk}/told/").text
    assert page.count("未知</span>") == 2
    assert page.count("已送达") == page.count("已读</span>") == 2
