"""The chain under load, and the command that proves it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from audit.clock import database_now
from audit.models import AuditEvent
from audit.roots import roll_due_root
from tests.support.evidence import broken_links, tamper, write

pytestmark = pytest.mark.usefixtures("committed_db")

CHAIN = "incident:2026-0001"
WRITERS, EVENTS = 8, 50


def verify_command(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out)
    except SystemExit as stopped:
        return int(str(stopped.code)), out.getvalue()
    return 0, out.getvalue()


def write_many(number: int) -> None:
    try:
        for event in range(EVENTS):
            with transaction.atomic():
                write(CHAIN, f"{number}/{event}")
                write(f"incident:of-{number}")
    finally:
        connection.close()


def test_eight_writers_on_one_chain_make_one_chain() -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write_many, range(WRITERS)))
    assert broken_links() == []
    places = AuditEvent.objects.filter(chain=CHAIN).order_by("seq").values_list("seq", flat=True)
    assert list(places) == list(range(1, WRITERS * EVENTS + 1))


def test_a_rolled_back_change_leaves_no_gap() -> None:
    write(CHAIN)
    with transaction.atomic():
        write(CHAIN)
        transaction.set_rollback(True)
    write(CHAIN)
    assert list(AuditEvent.objects.filter(chain=CHAIN).order_by("seq").values_list("seq", flat=True)) == [
        1,
        2,
    ]
    assert broken_links() == []


def test_the_command_prints_counts_and_the_root_to_keep() -> None:
    write(CHAIN)
    root = roll_due_root(database_now() + timedelta(days=1))
    assert root is not None
    status, said = verify_command()
    assert status == 0
    assert re.search(
        r"^3 rows, 2 chains, 1 daily roots, 0 evidence rows, 0 broken, \d+ rows/s$", said, re.MULTILINE
    )
    assert f"last root {root.on}:{root.root}" in said
    assert verify_command("--root", f"{root.on}:{root.root}")[0] == 0


def test_the_command_fails_and_names_the_first_broken_link_of_each_chain() -> None:
    for _ in range(3):
        write(CHAIN)
        write("user:1")
    tamper("UPDATE audit_auditevent SET payload = '[]' WHERE seq > 1")
    status, said = verify_command()
    assert status == 1
    named = [line.split(":")[0:2] for line in said.splitlines() if line.startswith("BROKEN")]
    assert named == [["BROKEN incident", "2026-0001 #2"], ["BROKEN user", "1 #2"]]


def test_the_command_fails_on_a_root_kept_elsewhere_that_is_not_here() -> None:
    assert verify_command("--root", f"2026-01-01:{'0' * 64}")[0] == 1
