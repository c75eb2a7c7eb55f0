"""The books after the storm, counted by SQL in one snapshot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import LiteralString, cast

import psycopg

from ops.storm.faults import Blow
from ops.storm.hospitals import Sent

# How long a stage may take once it is due and the database is there.
ALLOWED = timedelta(seconds=2)
VIEWS = Path(__file__).with_name("books.sql")

COUNTS: dict[str, LiteralString] = {
    "armed": "SELECT count(*) FROM stage",
    "due": "SELECT count(*) FROM stage WHERE due_at <= now() - %(allowed)s",
    "fired": """SELECT count(*) FROM fired JOIN stage USING (obligation, code)
        WHERE due_at <= now() - %(allowed)s""",
    "messages": "SELECT count(*) FROM message",
    "messages sent again": "SELECT count(*) FROM message WHERE attempts > 1",
    "letters owed outside": "SELECT count(*) FROM letter",
    "letters received": "SELECT count(DISTINCT ident) FROM taken",
    "letters received again": "SELECT count(*) - count(DISTINCT ident) FROM taken",
    "alarms that climbed": "SELECT count(*) FROM outbox_climb",
    "audit rows": "SELECT count(*) FROM audit_auditevent",
    "chains": "SELECT count(*) FROM audit_chainhead",
    "reports acknowledged": "SELECT count(*) FROM acknowledged",
    "reports found": "SELECT count(*) FROM acknowledged JOIN reporting_report USING (reference, ref)",
}

ZEROS: dict[str, LiteralString] = {
    "stages lost": """SELECT count(*) FROM stage LEFT JOIN fired f USING (obligation, code)
        WHERE due_at <= now() - %(allowed)s AND f.obligation IS NULL""",
    "stages doubled": "SELECT count(*) - count(DISTINCT (obligation, code)) FROM fired",
    "stages fired early": "SELECT count(*) FROM fired f JOIN stage USING (obligation, code) WHERE fired_at < due_at",
    "stages of no clock": """SELECT count(*) FROM fired LEFT JOIN stage s USING (obligation, code)
        WHERE s.obligation IS NULL""",
    "stages without their audit row": """SELECT count(*) FROM fired LEFT JOIN told t USING (obligation, code)
        WHERE t.obligation IS NULL""",
    "audit rows of stages doubled": "SELECT count(*) - count(DISTINCT (obligation, code)) FROM told",
    "audit rows without a stage": """SELECT count(*) FROM told LEFT JOIN fired f USING (obligation, code)
        WHERE f.obligation IS NULL""",
    "stages without outbox rows": """SELECT count(*) FROM fired f WHERE NOT EXISTS (
        SELECT FROM message m WHERE (m.obligation, m.code) = (f.obligation, f.code))""",
    "outbox rows without a stage": """SELECT count(*) FROM message LEFT JOIN fired f USING (obligation, code)
        WHERE code IS NOT NULL AND f.obligation IS NULL""",
    "messages not delivered": "SELECT count(*) FROM message WHERE state <> 'delivered'",
    "messages delivered twice": """SELECT count(*) - count(DISTINCT subject) FROM audit_auditevent
        WHERE action = 'outbox.deliver'""",
    "letters lost": "SELECT count(*) FROM letter LEFT JOIN taken t USING (ident) WHERE t.ident IS NULL",
    "letters not sent": "SELECT count(*) FROM letter WHERE state NOT IN ('sent', 'delivered')",
    "letters of no message": """SELECT count(*) FROM taken LEFT JOIN letter l USING (ident)
        WHERE l.ident IS NULL""",
    "repeats that do not say so": """SELECT count(*) FROM (
        SELECT FROM taken WHERE NOT is_marked GROUP BY ident HAVING count(*) > 1) AS silent""",
    "repeats without a sender's death": """SELECT count(*) FROM (
        SELECT FROM taken JOIN letter USING (ident) GROUP BY ident, repeats HAVING count(*) > 1 + repeats) AS extra""",
    "alarms that should have climbed": """SELECT count(*) FROM outbox_message
        WHERE climbs_at <= now() - %(allowed)s""",
    "turns told twice": "SELECT count(*) - count(DISTINCT (message_id, number)) FROM outbox_climb",
    "chains with a gap": """SELECT count(*) FROM (
        SELECT FROM audit_auditevent GROUP BY chain HAVING max(seq) <> count(*) OR min(seq) <> 1) AS gaps""",
    "chains whose head is not their last row": """SELECT count(*) FROM audit_chainhead h
        LEFT JOIN audit_auditevent e USING (chain, seq, hash) WHERE e.id IS NULL""",
    "reports acknowledged and missing": """SELECT count(*) FROM acknowledged a
        LEFT JOIN reporting_report r USING (reference, ref) WHERE r.id IS NULL""",
    "reports doubled": """SELECT count(*) - count(DISTINCT (organisation_id, reference, revision))
        FROM reporting_report WHERE reference <> ''""",
    "reports without their audit row": """SELECT count(*) FROM reporting_report r WHERE NOT EXISTS (
        SELECT FROM audit_auditevent WHERE action = 'reporting.accept_report' AND subject = 'report:' || r.ref)""",
    "incidents without a report": """SELECT count(*) FROM incidents_incident i WHERE NOT EXISTS (
        SELECT FROM reporting_report WHERE incident_id = i.id)""",
}

LATENESS: LiteralString = """
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds), percentile_cont(0.99) WITHIN GROUP (ORDER BY seconds),
        max(seconds), max(with_outage) FROM late"""
AFTER_BLOWS: LiteralString = """
    SELECT what, count(DISTINCT number), max(extract(epoch FROM over - began))::float, count(seconds), max(seconds)
    FROM (SELECT *, coalesce(lead(began) OVER (ORDER BY number), 'infinity') AS until FROM blow) AS b
    LEFT JOIN late ON visible_at >= began AND visible_at < until
    GROUP BY what ORDER BY what"""
BY_SOURCE: LiteralString = "SELECT source, count(*) FROM fired GROUP BY source ORDER BY source"
UNSETTLED: LiteralString = """
    SELECT EXISTS (SELECT FROM reporting_obligation WHERE next_due_at <= clock_timestamp())
        OR EXISTS (SELECT FROM outbox_message WHERE state = 'queued')
        OR EXISTS (SELECT FROM outbox_message WHERE climbs_at <= clock_timestamp())"""


@dataclass(frozen=True)
class AfterBlows:
    """What a kind of fault did: how often it struck, how long it lasted at most, what fired until the next fault."""

    what: str
    times: int
    longest_s: float
    fired: int
    latest_s: float | None


@dataclass(frozen=True)
class Books:
    """What the database holds after the storm; `late` and `late_with_outage` are the greatest lateness in seconds."""

    counts: dict[str, int]
    zeros: dict[str, int]
    sources: dict[str, int]
    late_p50: float
    late_p99: float
    late: float
    late_with_outage: float
    blows: list[AfterBlows]


def is_settled(address: str) -> bool:
    """Whether nothing is due and nothing waits to be sent; false while the database is away."""
    try:
        with psycopg.connect(address) as connection:
            return not value(connection, UNSETTLED)
    except psycopg.OperationalError:
        return False


def waiting(address: str) -> int:
    """How many messages and letters have not gone yet."""
    with psycopg.connect(address) as connection:
        return value(connection, "SELECT count(*) FROM outbox_message WHERE state = 'queued'")


def count_books(address: str, blows: Sequence[Blow], sent: Sent) -> Books:
    """Count everything in one snapshot, at whose moment `now()` stands still."""
    with psycopg.connect(address) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        allowed = f"interval '{ALLOWED.total_seconds()} seconds'"
        connection.execute(VIEWS.read_text().replace(":allowed", allowed).encode())
        fill(connection, blows, sent)
        p50, p99, late, late_with_outage = row(connection, LATENESS)
        return Books(
            counts={name: value(connection, query) for name, query in COUNTS.items()},
            zeros={name: value(connection, query) for name, query in ZEROS.items()},
            sources={str(source): int(number) for source, number in connection.execute(BY_SOURCE)},
            late_p50=p50 or 0.0,
            late_p99=p99 or 0.0,
            late=late or 0.0,
            late_with_outage=late_with_outage or 0.0,
            blows=[AfterBlows(*found) for found in connection.execute(AFTER_BLOWS)],
        )


def fill(connection: psycopg.Connection[tuple[object, ...]], blows: Iterable[Blow], sent: Sent) -> None:
    """Tell the database what only the storm knows: when it struck, what hospitals were told, what receivers took."""
    with connection.cursor().copy("COPY blow FROM STDIN") as copy:
        for number, blow in enumerate(blows):
            began, over = (datetime.fromtimestamp(at, UTC).isoformat() for at in (blow.began, blow.over))
            copy.write_row((number, blow.fault.what, blow.fault.is_of_database, began, over))
    with connection.cursor().copy("COPY acknowledged FROM STDIN") as copy:
        for pair in sent.acknowledged.items():
            copy.write_row(pair)
    with connection.cursor().copy("COPY taken FROM STDIN") as copy:
        for letter in sent.letters:
            copy.write_row(letter)


def row(connection: psycopg.Connection[tuple[object, ...]], query: LiteralString) -> tuple[float | None, ...]:
    """The only row of an answer."""
    found = connection.execute(query, {"allowed": ALLOWED}).fetchone()
    if found is None:
        raise LookupError(query)
    return cast(tuple[float | None, ...], found)


def value(connection: psycopg.Connection[tuple[object, ...]], query: LiteralString) -> int:
    """The only value of an answer."""
    (found,) = row(connection, query)
    return int(found or 0)
