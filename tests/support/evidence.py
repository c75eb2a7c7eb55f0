"""Writing evidence in tests, and changing it as only the owner of the database can."""

from django.db import connection

from audit.clock import database_now
from audit.models import AuditEvent, DailyRoot
from audit.record import Entry, record
from audit.roots import heads_of, heads_text, root_hash
from audit.verify import COLUMNS, row_hash, verify

TABLES = ("audit_auditevent", "audit_chainhead", "audit_dailyroot")


def write(chain: str, text: str = "") -> None:
    """Append one row."""
    record(
        Entry(chain=chain, action="tests.write", actor="system", at=database_now(), payload={"text": text})
    )


def tamper(statement: str, *parameters: str | int) -> None:
    """Run a statement with the triggers switched off."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        cursor.execute(statement, parameters)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")


def age(chain: str, *, days: int) -> None:
    """Make a chain as old as if its rows had been written days ago, well before the last hour of any day."""
    older = (
        "UPDATE audit_auditevent SET recorded_at = recorded_at - make_interval(days => %s) WHERE chain = %s"
    )
    tamper(older, days, chain)
    rechain(chain)


def rechain(chain: str) -> None:
    """Make a changed chain agree with itself again, head and all, as a careful forger would."""
    digest, seq = "", 0
    for seq, pk in enumerate(
        AuditEvent.objects.filter(chain=chain).order_by("seq").values_list("pk", flat=True), 1
    ):
        tamper("UPDATE audit_auditevent SET seq = %s, prev_hash = %s WHERE id = %s", -seq, digest, pk)
        row = AuditEvent.objects.values_list(*COLUMNS).get(pk=pk)
        digest = row_hash((row[0], seq, *row[2:])) or ""
        tamper("UPDATE audit_auditevent SET hash = %s WHERE id = %s", digest, pk)
    tamper("UPDATE audit_auditevent SET seq = -seq WHERE chain = %s AND seq < 0", chain)
    tamper("UPDATE audit_chainhead SET seq = %s, hash = %s WHERE chain = %s", seq, digest, chain)


def forge_last(chain: str, *, prev_hash: str) -> None:
    """Give the last row of a chain another predecessor, with a hash and a head that agree."""
    row = AuditEvent.objects.filter(chain=chain).order_by("seq").values_list(*COLUMNS).last()
    assert row is not None
    digest = row_hash((*row[:2], prev_hash, *row[3:])) or ""
    where = (chain, row[1])
    tamper(
        "UPDATE audit_auditevent SET prev_hash = %s, hash = %s WHERE chain = %s AND seq = %s",
        prev_hash,
        digest,
        *where,
    )
    tamper("UPDATE audit_chainhead SET hash = %s WHERE chain = %s AND seq = %s", digest, *where)


def reroll() -> None:
    """Make every daily root agree with the chains as they read now, as a forger with all rights would."""
    prev_root = ""
    for root in DailyRoot.objects.order_by("on"):
        ends = {
            chain: AuditEvent.objects.filter(chain=chain, seq__lte=seq).order_by("-seq").first()
            for chain, seq, _digest in heads_of(root)
        }
        heads = heads_text((chain, end.seq, end.hash) for chain, end in ends.items() if end is not None)
        made = root_hash(prev_root, root.on, heads)
        forged = (prev_root, heads, made, root.pk)
        tamper("UPDATE audit_dailyroot SET prev_root = %s, heads = %s, root = %s WHERE id = %s", *forged)
        prev_root = made


def broken_links() -> list[tuple[str, int]]:
    """The first broken link of each broken chain."""
    return [(link.chain, link.seq) for link in verify().breaks]
