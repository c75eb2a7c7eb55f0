"""Reports by the public door: recorded once, told to the right county, a flood set aside and never lost (5.1, 5.2)."""

import io
import uuid
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from django.db.models import Model

from accounts.actors import ANONYMOUS, CLOCK
from audit.models import AuditEvent
from audit.verify import verify
from outbox.models import Message
from plan.refusal import PlanRefusal
from reporting.actions.public import add_to_public_report, forget_sources
from reporting.actions.triage import close_public_report, start_triage
from reporting.models import PublicReport, PublicStatement
from reporting.photos import read_photo
from reporting.public_choices import PublicOutcome, PublicState
from reporting.public_words import Said, contacts_of, words_of
from reporting.receipts import receipt_digests, receipt_of
from reporting.sources import USUAL_PER_SOURCE, WINDOW, source_of
from tests.support.checksums import table_checksums
from tests.support.people import actor
from tests.support.public import picture, public
from tests.support.reports import HAISHU, NOON, minutes

pytestmark = pytest.mark.django_db
SECRETS = ("王小明", "13800138000", "隔壁老李也吐了")


@pytest.mark.clause(91, 92, 94)
def test_the_county_of_the_place_is_told_at_once_and_nobody_else() -> None:
    report = public(area=HAISHU)
    (message,) = Message.objects.all()
    assert (message.recipient, message.link) == ("330203-regulator", f"/triage/{report.pk}/")
    assert "海曙区" in message.title


@pytest.mark.clause(104)
def test_everything_may_be_unknown_yet() -> None:
    report = public(place_text="", illness_count=None)
    statement = report.statements.get()
    assert (statement.place_text, statement.illness_count, statement.occurred_latest) == ("", None, None)


@pytest.mark.clause(94)
def test_what_may_name_a_person_is_nowhere_in_clear() -> None:
    name, phone, words = SECRETS
    report = public(contact_name=name, contact_phone=phone, words=words, is_tip_off=True)
    models: tuple[type[Model], ...] = (AuditEvent, Message, PublicReport, PublicStatement)
    rows = str([list(model._default_manager.values()) for model in models])
    assert not any(secret in rows for secret in SECRETS)
    assert words_of(report.statements.get()) == words
    assert [(each.name, each.phone) for each in contacts_of(report)] == [(name, phone)]
    assert verify().breaks == []


def test_an_envelope_moved_to_another_report_does_not_open() -> None:
    moved = public(words="甲").statements.get()
    moved.report = public(words="乙")
    with pytest.raises(InvalidTag):
        words_of(moved)


def test_a_form_sent_twice_is_one_report_with_one_receipt() -> None:
    token = uuid.uuid4()
    first = public(token=token)
    before = table_checksums()
    assert public(token=token, at=NOON + minutes(1)) == first
    assert table_checksums() == before


def test_a_receipt_is_known_however_it_is_typed_and_kept_as_a_keyed_hash() -> None:
    token = uuid.uuid4()
    receipt = receipt_of(token)
    report = public(token=token)
    assert len(receipt) == 19
    typed = receipt.replace(" ", "－").translate({ord("0") + each: 0xFF10 + each for each in range(10)})
    assert PublicReport.objects.get(receipt_digest__in=receipt_digests(typed)) == report
    assert receipt.replace(" ", "") not in str(PublicReport.objects.values())
    assert receipt_of(uuid.uuid4()) != receipt


def test_a_flood_is_recorded_and_set_aside_and_others_are_not_in_its_way() -> None:
    flood = [public(source="flood") for _ in range(USUAL_PER_SOURCE + 5)]
    assert [each.is_held for each in flood] == [False] * USUAL_PER_SOURCE + [True] * 5
    assert not public(source="other").is_held
    told = Message.objects.values_list("title", flat=True)
    assert sum("另列" in title for title in told) == 1
    assert len(told) == USUAL_PER_SOURCE + 2


def test_photos_are_kept_but_of_a_flood_until_somebody_has_looked() -> None:
    photos = [read_photo(io.BytesIO(picture()))]
    assert public(source="flood", photos=photos).photos.count() == 1
    held = [public(source="flood", photos=photos) for _ in range(USUAL_PER_SOURCE)][-1]
    assert (held.is_held, held.photos.count()) == (True, 0)
    with pytest.raises(PlanRefusal) as refused:
        add_to_public_report(report=held, said=Said(), photos=photos, by=ANONYMOUS, at=NOON)
    assert refused.value.code == "photos_not_yet"
    start_triage(report=held, by=actor("330212-regulator"), at=NOON)
    add_to_public_report(report=held, said=Said(), photos=photos, by=ANONYMOUS, at=NOON)
    assert held.photos.count() == 1


@pytest.mark.parametrize(("later", "held"), [(WINDOW - timedelta(seconds=1), True), (WINDOW, False)])
def test_a_source_is_counted_for_its_window(later: timedelta, held: bool) -> None:
    for _ in range(USUAL_PER_SOURCE):
        public(source="flood")
    assert public(source="flood", at=NOON + later).is_held is held


def test_a_source_is_a_network_and_its_address_is_not_kept() -> None:
    assert source_of("2001:db8:1:2::1") == source_of("2001:db8:1:2:ffff::9")
    assert source_of("2001:db8:1:2::1") != source_of("2001:db8:1:3::1")
    assert source_of("203.0.113.7") == source_of("::ffff:203.0.113.7") != source_of("203.0.113.8")
    assert "203" not in {source_of("203.0.113.7")[:3], source_of("")[:3]}
    assert len(source_of("not an address")) == 64


def test_where_a_report_came_from_is_forgotten_with_its_window() -> None:
    public(source="early")
    public(source="late", at=NOON + minutes(1))
    assert forget_sources(by=CLOCK, at=NOON + WINDOW) == 1
    assert list(PublicReport.objects.order_by("pk").values_list("source", flat=True)) == ["", "late"]
    before = table_checksums()
    assert forget_sources(by=CLOCK, at=NOON + WINDOW) == 0
    assert table_checksums() == before


def test_an_addition_reopens_what_was_closed_and_the_county_is_told() -> None:
    report = public()
    close_public_report(
        report=report,
        outcome=PublicOutcome.TOO_LITTLE,
        reason="联系不上",
        by=actor("330212-regulator"),
        at=NOON + minutes(1),
    )
    at = NOON + minutes(2)
    again = add_to_public_report(report=report, said=Said(illness_count=5), by=ANONYMOUS, at=at)
    assert (again.state, again.outcome, again.decided_at) == (PublicState.RECEIVED, "", None)
    assert again.statements.count() == 2
    assert "有补充" in Message.objects.latest("pk").title
    assert verify().breaks == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(), "nothing_added"),
        (Said(occurred_earliest=NOON + minutes(9)), "time_in_future"),
        (Said(discovered_at=NOON + minutes(9)), "time_in_future"),
        (
            Said(occurred_earliest=NOON, occurred_latest=NOON - minutes(1)),
            "occurred_interval_invalid",
        ),
    ],
)
def test_a_refused_addition_changes_nothing(said: Said, code: str) -> None:
    report = public()
    start_triage(report=report, by=actor("330212-regulator"), at=NOON)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        add_to_public_report(report=report, said=said, by=ANONYMOUS, at=NOON + minutes(1))
    assert refused.value.code == code
    assert table_checksums() == before
