"""What the database holds in the end, counted by SQL and held against the cohort."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString

import psycopg

from ops.sakai.cohort import Cohort, Message
from ops.storm.books import value

# What stands: of each list the latest revision, read from the evidence log in its order, as each assessment found it.
VIEWS: LiteralString = """
    CREATE TEMP TABLE sent (name text, ref uuid);
    CREATE TEMP VIEW told AS SELECT seq, action, payload::jsonb AS said FROM audit_auditevent
        WHERE action IN ('incidents.record_facts', 'incidents.reassess');
    CREATE TEMP VIEW list AS SELECT t.seq, f.id, f.source_id, f.series
        FROM told t CROSS JOIN LATERAL jsonb_array_elements(t.said -> 'facts') AS e
        JOIN incidents_fact f ON f.id = (e ->> 'id')::bigint
        WHERE t.action = 'incidents.record_facts' AND f.kind = 'illness_count';
    CREATE TEMP VIEW step AS SELECT seq, (said ->> 'assessment')::bigint AS assessment FROM told
        WHERE action = 'incidents.reassess';
    CREATE TEMP VIEW standing AS SELECT DISTINCT ON (s.seq, l.source_id, l.series) s.assessment, l.id AS fact
        FROM step s JOIN list l ON l.seq < s.seq ORDER BY s.seq, l.source_id, l.series, l.seq DESC;
    CREATE TEMP TABLE counted AS SELECT s.assessment,
            count(DISTINCT coalesce(nullif(c.person, ''), c.id::text)) AS ill,
            count(DISTINCT coalesce(nullif(c.person, ''), c.id::text)) FILTER (WHERE c.outcome = 'dead') AS dead
        FROM standing s JOIN incidents_case c ON c.fact_id = s.fact GROUP BY s.assessment;
    CREATE TEMP VIEW final AS SELECT c.* FROM standing s JOIN incidents_case c ON c.fact_id = s.fact
        WHERE s.assessment = (SELECT max(assessment) FROM step);"""

COUNTS: dict[str, LiteralString] = {
    "reports acknowledged": "SELECT count(*) FROM sent",
    "messages kept as they came": "SELECT count(*) FROM reporting_intake",
    "records of patients kept, of all revisions": "SELECT count(*) FROM incidents_case",
    "records that stand": "SELECT count(*) FROM final",
    "patients by identity number": "SELECT count(DISTINCT person) FROM final WHERE person <> ''",
    "records without a number": "SELECT count(*) FROM final WHERE person = ''",
    "发病人数": """SELECT (counted ->> 'illness_count')::bigint FROM incidents_assessmentrecord ORDER BY id DESC LIMIT 1""",
    "死亡人数": """SELECT (counted ->> 'death_count')::bigint FROM incidents_assessmentrecord ORDER BY id DESC LIMIT 1""",
    "assessments": "SELECT count(*) FROM step",
}
ZEROS: dict[str, LiteralString] = {
    "incidents beside the one": "SELECT count(*) - 1 FROM incidents_incident",
    "reports acknowledged and missing": """SELECT count(*) FROM sent s LEFT JOIN reporting_report r
        ON r.ref = s.ref AND r.reference || '#' || r.revision = s.name WHERE r.id IS NULL""",
    "reports nobody was told of": """SELECT count(*) FROM reporting_report r LEFT JOIN sent s USING (ref)
        WHERE s.ref IS NULL""",
    "reports without the message they came in": """SELECT count(*) FROM reporting_report WHERE intake_id IS NULL""",
    "assessments with another number ill than their lists": """SELECT count(*) FROM incidents_assessmentrecord a
        JOIN counted c ON c.assessment = a.id WHERE (a.counted ->> 'illness_count')::bigint <> c.ill""",
    "assessments with another number dead than their lists": """SELECT count(*) FROM incidents_assessmentrecord a
        JOIN counted c ON c.assessment = a.id WHERE (a.counted ->> 'death_count')::bigint <> c.dead""",
    "assessments not on record": """SELECT count(*) FROM incidents_assessmentrecord a
        LEFT JOIN counted c ON c.assessment = a.id WHERE c.assessment IS NULL""",
}
STEPS: LiteralString = """SELECT c.ill, c.dead, a.level FROM counted c
    JOIN incidents_assessmentrecord a ON a.id = c.assessment ORDER BY a.id"""


@dataclass(frozen=True)
class Step:
    """What stood when the machine proposed a level, counted anew, and what it proposed."""

    ill: int
    dead: int
    level: str


@dataclass(frozen=True)
class Books:
    """The books, and every step on the way."""

    counts: dict[str, int]
    zeros: dict[str, int]
    steps: list[Step]


def count_books(
    address: str, cohort: Cohort, messages: list[Message], acknowledged: Mapping[str, str]
) -> Books:
    """Count everything in one snapshot; `acknowledged` are the refs that hospitals were given, by message."""
    with psycopg.connect(address) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.execute(VIEWS)
        with connection.cursor().copy("COPY sent FROM STDIN") as copy:
            for pair in acknowledged.items():
                copy.write_row(pair)
        counts = {name: value(connection, query) for name, query in COUNTS.items()}
        zeros = {name: value(connection, query) for name, query in ZEROS.items()}
        steps = [Step(*found) for found in connection.execute(STEPS)]
    return Books(counts, zeros | held_against(cohort, messages, counts), steps)


def held_against(cohort: Cohort, messages: list[Message], counts: dict[str, int]) -> dict[str, int]:
    """How far the books are from who really fell ill and what was sent in the end."""
    last = {each.reference: each for each in sorted(messages, key=lambda each: each.revision)}
    records = sum(len(each.body["cases"]) for each in last.values())
    named, unnamed = len(cohort.named), cohort.unnamed
    return {
        "records lost or doubled": abs(counts["records that stand"] - records),
        "patients by number lost or doubled": abs(counts["patients by identity number"] - named),
        "records without a number lost or doubled": abs(counts["records without a number"] - unnamed),
        "off in 发病人数": abs(counts["发病人数"] - named - unnamed),
        "off in 死亡人数": abs(counts["死亡人数"] - len(cohort.dead)),
    }
