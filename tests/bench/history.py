"""A long past, or many armed clocks: incidents made by the actions, multiplied by SQL."""

import uuid
from collections.abc import Collection, Iterator
from datetime import timedelta

from django.db import connection
from psycopg import sql

from audit.clock import database_now
from incidents.actions.findings import find_not_an_incident
from incidents.models import Incident
from outbox.actions.messages import mark_read
from outbox.actions.sending import send_due
from outbox.models import Message
from reporting.actions.clocks import fire_due
from reporting.actions.reports import withdraw_report
from reporting.models import LegCode, Report
from tests.support.clocks import DUTY_ROOM, OFFICE, deliver, major
from tests.support.hospital import Hospital, cluster
from tests.support.people import actor
from tests.support.reports import minutes, report

# A hundred thousand of them reach ten years back.
APART = minutes(53)

# A copy's ids lie so far below its original's: no two share one, and what is older has the smaller id, as in life.
STRIDE = 1_000_000
ROOM = 1_000_000 * STRIDE
OF_INCIDENTS = {
    "incidents_incident": "id",
    "incidents_involvedcounty": "incident_id",
    "incidents_fact": "incident_id",
    "incidents_assessmentrecord": "incident_id",
    "incidents_levelconfirmation": "incident_id",
    "reporting_report": "incident_id",
    "reporting_obligation": "incident_id",
    "reporting_delivery": "incident_id",
}
OF_CLOCKS = "obligation_id IN (SELECT id FROM reporting_obligation WHERE incident_id = ANY({}))"
OF_CHAINS = "chain IN (SELECT 'incident:' || number FROM incidents_incident WHERE id = ANY({}))"
CLOCKS = ("incidents_incident", "reporting_obligation")
KEYS = (
    "id",
    "incident_id",
    "crossing_id",
    "assessment_id",
    "obligation_id",
    "report_id",
    "corrects_id",
    "first_id",
)
# What must not be there twice, made different by the number of the copy.
NAMES = {
    "number": "{old} || '-' || k",
    "ref": "md5({old}::text || k)::uuid",
    "reference": "CASE WHEN {old} = '' THEN '' ELSE {old} || '-' || k END",
    "report_ref": "CASE WHEN {old} = '' THEN '' ELSE md5({old} || k)::uuid::text END",
    "dedupe_key": "{old} || '-' || k",
    "chain": "{old} || '-' || k",
    "form_token": "NULL",
}


def leave_room() -> None:
    """Let the ids of all that comes begin high, so that those of a past to be made are smaller, and positive."""
    with connection.cursor() as cursor:
        for table in (*OF_INCIDENTS, "reporting_stageevent", "outbox_message", "audit_auditevent"):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, ROOM])


def make_past(incidents: int, hospital: Hospital) -> None:
    """Make so many past incidents: of a hundred 49 found to be none, 49 withdrawn, two at Ⅲ with every clock met.

    After `leave_room`, whatever else came before or comes after has higher ids.
    """
    templates = {found_to_be_none(hospital): 49, withdrawn(): 49, met(): 2}
    while send_due(source="bench"):
        pass
    for message in Message.objects.filter(read_at__isnull=True):
        mark_read(message=message, by_ref="user:1", office=message.recipient, at=database_now())
    for template, share in templates.items():
        multiply([template], incidents * share // 100 - 1, step=-APART)


def found_to_be_none(hospital: Hospital) -> int:
    """A hospital's cluster that did not come from food."""
    place = {"name": uuid.uuid4().hex, "kind": "restaurant"}
    answer = hospital.send(cluster(5, reference=uuid.uuid4().hex, place=place))
    return no_incident(Report.objects.get(ref=answer.json()["ref"]).incident)


def withdrawn() -> int:
    """A county's report that was a mistake."""
    filed = report(5, at=database_now(), place_text=uuid.uuid4().hex)
    by = actor("330212-regulator")
    return withdraw_report(report=filed, reason="重复报送", by=by, at=database_now()).incident_id


def met() -> int:
    """An incident at Ⅲ, reported to both recipients by both ways, late."""
    found = major(at=database_now() - minutes(60), place_text=uuid.uuid4().hex)
    fire_due(source="bench")
    for to in (DUTY_ROOM, OFFICE):
        for leg in (LegCode.PHONE, LegCode.WRITTEN):
            deliver(found, database_now(), leg, to=to)
    return no_incident(found)


def no_incident(found: Incident) -> int:
    """Close an incident by the finding that it is none."""
    by = actor(OFFICE)
    return find_not_an_incident(incident=found, reason="经查为接触性过敏", by=by, at=database_now()).pk


def multiply(
    incidents: Collection[int], copies: int, *, step: timedelta, tables: Collection[str] = tuple(OF_INCIDENTS)
) -> None:
    """Copy incidents so many times, each copy a step of time further away, checks and indexes standing.

    Triggers and foreign keys are off meanwhile; the copies name only copies and what is there. Evidence is not chained anew.
    """
    chosen = sql.Literal(list(incidents))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in tables:
            where = sql.SQL("{} = ANY({})").format(sql.Identifier(OF_INCIDENTS[table]), chosen)
            copy_rows(table, where, copies, step)
        if "reporting_report" in tables:
            copy_rows("reporting_stageevent", sql.SQL(OF_CLOCKS).format(chosen), copies, step)
            for table in ("outbox_message", "audit_auditevent", "audit_chainhead"):
                copy_rows(table, sql.SQL(OF_CHAINS).format(chosen), copies, step)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")


def copy_rows(table: str, where: sql.Composable, copies: int, step: timedelta) -> None:
    """Copy the chosen rows of one table."""
    columns = dict(copied(table))
    query = sql.SQL(
        "INSERT INTO {table} ({names}) SELECT {values} FROM {table} t CROSS JOIN generate_series(1::bigint, %(copies)s) k WHERE {where}"
    ).format(
        table=sql.Identifier(table),
        names=sql.SQL(", ").join(sql.Identifier(name) for name in columns),
        values=sql.SQL(", ").join(columns.values()),
        where=where,
    )
    with connection.cursor() as cursor:
        cursor.execute(query, {"copies": copies, "step_s": step.total_seconds(), "stride": STRIDE})


def copied(table: str) -> Iterator[tuple[str, sql.Composable]]:
    """The columns of a table, and what a copy has in each."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s",
            [table],
        )
        columns = cursor.fetchall()
    for name, kind in columns:
        old = sql.SQL("t.{}").format(sql.Identifier(name))
        if name in KEYS:
            yield name, sql.SQL("{} - k * %(stride)s").format(old)
        elif name in NAMES:
            yield name, sql.SQL(NAMES[name]).format(old=old)
        elif kind == "timestamp with time zone":
            yield name, sql.SQL("{} + k * make_interval(secs => %(step_s)s)").format(old)
        else:
            yield name, old
