"""The evidence log is proved whole, and whatever is changed behind its back is named (5.1)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from audit.clock import database_now
from audit.exported import ExportedRoot
from audit.models import AuditEvent, DailyRoot
from audit.record import Entry, record
from audit.roots import heads_text, roll_daily_root, root_hash
from audit.verify import ROOTS, verify
from tests.support.evidence import TABLES, broken_links, forge_last, rechain, tamper, write

pytestmark = [pytest.mark.django_db, pytest.mark.clause(90)]

TOUCHED, UNTOUCHED = "incident:2026-0001", "incident:2026-0002"
ROWS = 5


@pytest.fixture(autouse=True)
def chains() -> None:
    for number in range(ROWS):
        write(TOUCHED, f"第{number}条")
        write(UNTOUCHED, f"第{number}条")


def roll_today() -> DailyRoot:
    made = roll_daily_root(at=database_now() + timedelta(days=1))
    assert made is not None
    return made


def test_an_untouched_log_is_whole() -> None:
    roll_today()
    found = verify()
    assert found.breaks == []
    assert found.events == AuditEvent.objects.count()
    assert found.chains == AuditEvent.objects.values("chain").distinct().count()
    assert found.roots == 1


@pytest.mark.parametrize(
    ("statement", "link"),
    [
        ("UPDATE audit_auditevent SET payload = '{}' WHERE chain = %s AND seq = 3", 3),
        ("UPDATE audit_auditevent SET at = at - interval '1 minute' WHERE chain = %s AND seq = 2", 2),
        (
            "UPDATE audit_auditevent SET recorded_at = recorded_at - interval '1s' WHERE chain = %s AND seq = 2",
            2,
        ),
        ("UPDATE audit_auditevent SET actor = 'user:7' WHERE chain = %s AND seq = 5", 5),
        ("UPDATE audit_auditevent SET hash = repeat('0', 64) WHERE chain = %s AND seq = 4", 4),
        ("UPDATE audit_auditevent SET prev_hash = repeat('0', 64) WHERE chain = %s AND seq = 4", 4),
        ("DELETE FROM audit_auditevent WHERE chain = %s AND seq = 3", 4),
        ("DELETE FROM audit_auditevent WHERE chain = %s AND seq = 1", 2),
        ("DELETE FROM audit_auditevent WHERE chain = %s AND seq = 5", 4),
        ("DELETE FROM audit_auditevent WHERE chain = %s", 0),
        ("DELETE FROM audit_chainhead WHERE chain = %s", 5),
        ("UPDATE audit_chainhead SET seq = 4 WHERE chain = %s", 5),
        ("UPDATE audit_auditevent SET chain = 'incident:2026-0003' WHERE chain = %s AND seq = 5", None),
    ],
)
def test_a_change_behind_the_triggers_is_named(statement: str, link: int | None) -> None:
    tamper(statement, TOUCHED)
    expected = [(TOUCHED, 4), ("incident:2026-0003", 5)] if link is None else [(TOUCHED, link)]
    assert sorted(broken_links()) == sorted(expected)


def test_a_gap_closed_by_a_forged_row_is_named() -> None:
    third = AuditEvent.objects.get(chain=TOUCHED, seq=3).hash
    tamper("DELETE FROM audit_auditevent WHERE chain = %s AND seq = 4", TOUCHED)
    forge_last(TOUCHED, prev_hash=third)
    assert broken_links() == [(TOUCHED, 5)]


def test_a_forged_row_that_follows_nothing_is_named() -> None:
    forge_last(TOUCHED, prev_hash="0" * 64)
    assert broken_links() == [(TOUCHED, 5)]


def test_a_row_whose_fields_could_be_cut_elsewhere_is_named() -> None:
    record(Entry(chain=TOUCHED, action="a\nb", actor="c", at=database_now()))
    tamper(
        "UPDATE audit_auditevent SET action = 'a', actor = E'b\\nc' WHERE chain = %s AND seq = 6",
        TOUCHED,
    )
    assert broken_links() == [(TOUCHED, 6)]


def test_a_chain_rewritten_to_agree_with_itself_is_named_by_the_daily_root() -> None:
    tamper("UPDATE audit_auditevent SET payload = '{}' WHERE chain = %s AND seq = 2", TOUCHED)
    rechain(TOUCHED)
    assert broken_links() == []
    tamper('UPDATE audit_auditevent SET payload = \'{"text":"x"}\' WHERE chain = %s AND seq = 3', TOUCHED)
    rechain(TOUCHED)
    roll_today()
    tamper("UPDATE audit_auditevent SET payload = '{}' WHERE chain = %s AND seq = 3", TOUCHED)
    rechain(TOUCHED)
    assert broken_links() == [(TOUCHED, 5)]


def test_a_chain_cut_and_closed_again_is_named_by_the_daily_root() -> None:
    roll_today()
    tamper("DELETE FROM audit_auditevent WHERE chain = %s AND seq > 3", TOUCHED)
    rechain(TOUCHED)
    assert broken_links() == [(TOUCHED, 3)]


def test_a_chain_erased_with_its_head_is_named_by_the_daily_root() -> None:
    roll_today()
    tamper("DELETE FROM audit_auditevent WHERE chain = %s", TOUCHED)
    tamper("DELETE FROM audit_chainhead WHERE chain = %s", TOUCHED)
    assert broken_links() == [(TOUCHED, 0)]


def test_a_log_rewritten_with_its_roots_is_named_by_an_exported_root() -> None:
    root = roll_today()
    exported = [ExportedRoot(root.on, root.root)]
    tamper("UPDATE audit_auditevent SET payload = '{}' WHERE chain = %s AND seq = 2", TOUCHED)
    rechain(TOUCHED)
    latest = AuditEvent.objects.exclude(action="audit.roll_daily_root").order_by("chain", "-seq")
    heads = heads_text(latest.distinct("chain").values_list("chain", "seq", "hash"))
    forged = root_hash("", root.on, heads)
    tamper("UPDATE audit_dailyroot SET heads = %s, root = %s", heads, forged)
    assert broken_links() == []
    assert [(link.chain, link.seq) for link in verify(exported=exported).breaks] == [(ROOTS, 1)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_dailyroot SET heads = heads || E'\\nincident:x 1 ' || repeat('0', 64)",
        "UPDATE audit_dailyroot SET prev_root = repeat('0', 64)",
        """UPDATE audit_dailyroot SET heads = 'x',
           root = encode(sha256(convert_to(prev_root || E'\\n' || "on" || E'\\nx', 'UTF8')), 'hex')""",
    ],
)
def test_a_changed_root_is_named(statement: str) -> None:
    roll_today()
    tamper(statement)
    assert broken_links() == [(ROOTS, 1)]


def test_a_root_forged_to_follow_nothing_is_named() -> None:
    roll_today()
    second = roll_daily_root(at=database_now() + timedelta(days=2))
    assert second is not None
    forged = root_hash("", second.on, second.heads)
    tamper("UPDATE audit_dailyroot SET prev_root = '', root = %s WHERE id = %s", forged, second.pk)
    assert broken_links() == [(ROOTS, 2)]


def test_an_exported_root_that_was_deleted_is_named() -> None:
    root = roll_today()
    tamper("DELETE FROM audit_dailyroot")
    assert broken_links() == []
    assert [link.chain for link in verify(exported=[ExportedRoot(root.on, root.root)]).breaks] == [ROOTS]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET {} = {}"])
def test_the_log_refuses_to_be_changed(table: str, statement: str) -> None:
    roll_today()
    column = {"audit_auditevent": "payload", "audit_chainhead": "hash", "audit_dailyroot": "root"}[table]
    with (
        pytest.raises(DatabaseError, match=r"refused|written by the chain"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table, column, column))
    assert broken_links() == []
