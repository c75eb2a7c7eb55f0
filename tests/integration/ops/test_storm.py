"""The storm counts what it says it counts, and leaves nothing behind."""

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import LiteralString

import psycopg
from pytest_django import Settings

from ops.storm.books import count_books
from ops.storm.faults import FAULTS, Blow
from ops.storm.hospitals import Sent
from outbox.actions.climbing import climb_due
from outbox.actions.sending import send_due
from outbox.models import Channel
from tests.support.contacts import contact
from tests.support.firing import fire_all, overdue
from tests.support.hospital import Hospital, cluster
from tests.support.letters import outside, post_all
from tests.support.people import holding, manager

ROOT = Path(__file__).resolve().parents[3]

# What may go wrong, done by hand in the order given; each by a statement after which its count is no longer zero.
DAMAGES: dict[str, LiteralString] = {
    "stages lost": "DELETE FROM reporting_stageevent WHERE id = (SELECT min(id) FROM reporting_stageevent)",
    "stages doubled": """ALTER TABLE reporting_stageevent DROP CONSTRAINT reporting_stage_fires_once;
        INSERT INTO reporting_stageevent (obligation_id, stage, due_at, fired_at, source, on_record)
        SELECT obligation_id, stage, due_at, fired_at, source, on_record FROM reporting_stageevent LIMIT 1""",
    "stages fired early": "UPDATE reporting_stageevent SET fired_at = due_at - interval '1 second'",
    "stages of no clock": """INSERT INTO reporting_stageevent (obligation_id, stage, due_at, fired_at, source, on_record)
        SELECT o.id, stage, due_at, fired_at, source, on_record
        FROM reporting_stageevent, reporting_obligation o WHERE o.ground = 'cluster' LIMIT 1""",
    "stages without their audit row": """DELETE FROM audit_auditevent WHERE id =
        (SELECT max(id) FROM audit_auditevent WHERE action = 'reporting.fire_stage')""",
    "audit rows of stages doubled": """INSERT INTO audit_auditevent
        (chain, seq, action, actor, office, subject, at, recorded_at, payload, prev_hash, hash)
        SELECT chain, 1000, action, actor, office, subject, at, recorded_at, payload, prev_hash, hash
        FROM audit_auditevent WHERE action = 'reporting.fire_stage' LIMIT 1""",
    "audit rows without a stage": """UPDATE audit_auditevent SET subject = 'obligation:0' WHERE id =
        (SELECT id FROM audit_auditevent WHERE action = 'reporting.fire_stage' ORDER BY id OFFSET 5 LIMIT 1)""",
    "stages without outbox rows": """DELETE FROM outbox_message WHERE dedupe_key LIKE
        (SELECT 'stage:' || obligation_id || ':' || stage || ':%' FROM reporting_stageevent LIMIT 1)""",
    "outbox rows without a stage": """UPDATE outbox_message SET dedupe_key = 'stage:0:reminder:city-fso' WHERE id =
        (SELECT max(id) FROM outbox_message WHERE channel = 'inapp')""",
    "messages not delivered": """UPDATE outbox_message SET state = 'queued'
        WHERE id = (SELECT min(id) FROM outbox_message WHERE channel = 'inapp')""",
    "messages delivered twice": """INSERT INTO audit_auditevent
        (chain, seq, action, actor, office, subject, at, recorded_at, payload, prev_hash, hash)
        SELECT chain, 2000, action, actor, office, subject, at, recorded_at, payload, prev_hash, hash
        FROM audit_auditevent WHERE action = 'outbox.deliver' LIMIT 1""",
    "letters lost": """INSERT INTO outbox_message (dedupe_key, channel, recipient, contact_id, rank, about, kind, is_alarm, subject,
            chain, title, body, link, drill, created_at, state, attempts, repeats, next_try_at, read_by, acknowledged_by,
            last_error, rungs)
        SELECT 'another', channel, recipient, contact_id, rank, about, kind, is_alarm, subject, chain, title, body, link,
            drill, created_at, state, attempts, repeats, next_try_at, read_by, acknowledged_by, last_error, rungs
        FROM outbox_message WHERE channel = 'webhook' LIMIT 1""",
    "letters not sent": "UPDATE outbox_message SET state = 'failed' WHERE dedupe_key = 'another'",
    "alarms that should have climbed": """UPDATE outbox_message SET climbs_at = now() - interval '1 minute'
        WHERE id = (SELECT min(id) FROM outbox_message WHERE channel = 'inapp')""",
    "turns told twice": """ALTER TABLE outbox_climb DROP CONSTRAINT outbox_climbs_once;
        INSERT INTO outbox_climb (message_id, number, rank, people, due_at, climbed_at, source)
        SELECT message_id, number, rank, people, due_at, climbed_at, source FROM outbox_climb LIMIT 1""",
    "chains with a gap": """DELETE FROM audit_auditevent WHERE id =
        (SELECT min(id) FROM audit_auditevent WHERE chain LIKE 'user:%')""",
    "chains whose head is not their last row": "UPDATE audit_chainhead SET seq = seq + 1",
    "reports acknowledged and missing": "UPDATE reporting_report SET ref = gen_random_uuid() WHERE reference <> ''",
    "reports doubled": """DROP INDEX reporting_natural_key;
        INSERT INTO reporting_report (ref, incident_id, kind, organisation_id, reference, revision, received_at, known_at,
            place_text, note, submitted_by, state, withdrawn_by, withdrawal_reason)
        SELECT gen_random_uuid(), incident_id, kind, organisation_id, reference, revision, received_at, known_at,
            place_text, note, submitted_by, state, withdrawn_by, withdrawal_reason
        FROM reporting_report WHERE reference <> ''""",
    "incidents without a report": "DELETE FROM reporting_report WHERE id = (SELECT min(id) FROM reporting_report)",
}
# Shown by the damages before it.
ALSO = {"reports without their audit row"}
# What only the receivers know, shown by what they say.
TOLD = {"letters of no message", "repeats that do not say so", "repeats without a sender's death"}


def reported(settings: Settings) -> Sent:
    """Stages fired, messages sent, alarms climbed, and a hospital's report acknowledged."""
    settings.CLIMB_AFTER_MIN = ["0"]
    with outside(settings) as (receiver, mail):
        contact("city-fso", Channel.WEBHOOK, receiver.url)
        for user in (holding("city-fso").user, manager("city-fso").user):
            contact("city-fso", Channel.EMAIL, f"{user.pk}@example.org", person=user)
        overdue(2)
        answer = Hospital().send(cluster(120)).json()
        fire_all("test")
        while send_due(source="test"):
            pass
        climb_due(source="test")
        post_all()
        letters = [(one.json["id"], False) for one in receiver.received]
        letters += [
            (str(one["Message-ID"]).rpartition("@")[0].rpartition(".")[2], False) for one in mail.letters
        ]
    return Sent(acknowledged={answer["reference"]: answer["ref"]}, letters=letters)


def test_every_damage_shows_in_its_count_and_in_none_before(committed_db: str, settings: Settings) -> None:
    sent = reported(settings)
    books = count_books(committed_db, [], sent)
    assert set(books.zeros.values()) == {0}
    assert set(DAMAGES) | ALSO | TOLD == set(books.zeros)
    assert books.counts["letters received"] == books.counts["letters owed outside"] > 24
    assert books.counts["alarms that climbed"] > 0
    told_twice = replace(sent, letters=[*sent.letters, sent.letters[0], ("of-nothing", True)])
    shown = {name for name, number in count_books(committed_db, [], told_twice).zeros.items() if number}
    assert shown == TOLD
    assert books.counts["fired"] == books.counts["due"] >= 24
    assert books.counts["reports found"] == books.counts["reports acknowledged"] == 1
    for name, statement in DAMAGES.items():
        before = count_books(committed_db, [], sent).zeros[name]
        with psycopg.connect(committed_db) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(statement)
        assert count_books(committed_db, [], sent).zeros[name] > before, name
    assert count_books(committed_db, [], sent).zeros["reports without their audit row"] > 0


def test_lateness_counts_to_the_commit_and_leaves_out_only_what_a_database_was_away(
    committed_db: str, settings: Settings
) -> None:
    began = time.time()
    sent = reported(settings)
    over = time.time() + 60
    (away, *_rest) = [fault for fault in FAULTS if fault.is_of_database]
    (elsewhere, *_rest) = [fault for fault in FAULTS if not fault.is_of_database]
    usual = count_books(committed_db, [], sent)
    assert 0 < usual.late_p50 <= usual.late == usual.late_with_outage
    assert count_books(committed_db, [Blow(elsewhere, began, over)], sent).late == usual.late
    assert count_books(committed_db, [Blow(away, began - 60, began - 59)], sent).late == usual.late
    struck = count_books(committed_db, [Blow(away, began, over)], sent)
    assert struck.late < 0 < struck.late_with_outage
    assert [(blow.what, blow.times) for blow in struck.blows] == [(away.what, 1)]


def test_a_short_storm_ends_with_zeros_and_nobody_left() -> None:
    command = [sys.executable, "-m", "ops.storm", "--seconds", "1", "--incidents", "6", "--seed", "1"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    zeros = run.stdout.partition("has to be zero\n")[2].partition("\n\n")[0].splitlines()
    assert len(zeros) > len(DAMAGES), run.stdout + run.stderr
    assert [line for line in zeros if not line.strip().startswith("0 ")] == []
    assert "evidence" in run.stdout
