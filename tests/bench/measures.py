"""The measurements, each on a database of its own; each gives the lines that say what came out."""

import json
import tempfile
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import mean, median

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from incidents.models import Incident
from outbox.models import Heartbeat
from reporting.actions.clocks import fire_due
from reporting.models import LegCode, Obligation, StageCode, StageEvent
from tests.bench.history import CLOCKS, leave_room, make_past, multiply
from tests.bench.rows import insert_bare, make_bare, now_id, written_since
from tests.bench.timing import ms, timed, times
from tests.support.clocks import OFFICE, deliver, major, reminded_soon
from tests.support.firing import overdue
from tests.support.hospital import URL, Hospital, cluster
from tests.support.people import login
from tests.support.processes import started, web_server
from tests.support.reports import minutes
from tests.support.waiting import until

FIRED = ("reporting_stageevent", "audit_auditevent", "outbox_message")


@dataclass(frozen=True)
class Sizes:
    """How much of everything."""

    incidents: int = 100
    posts: int = 60
    few_armed: int = 1_000
    many_armed: int = 1_000_000
    sweeps: int = 300
    few_past: int = 100
    many_past: int = 100_000
    pages: int = 15
    single_stages: int = 40


SMALL = Sizes(
    incidents=3,
    posts=3,
    few_armed=8,
    many_armed=40,
    sweeps=3,
    few_past=100,
    many_past=200,
    pages=2,
    single_stages=2,
)


def firing(sizes: Sizes) -> Iterator[str]:
    """Stages fired per second, against inserting the same rows."""
    anchor = overdue(sizes.incidents)[0].known_at
    yield _fired("two stages of each of a hundred incidents", at=anchor + minutes(15))
    yield _fired("ten stages of each of a hundred incidents", at=database_now())


def _fired(label: str, *, at: datetime) -> str:
    begun, count = now_id(), 0
    with timed() as firing_took:
        while more := fire_due(source="bench", at=at):
            count += more
    rows = written_since(begun, FIRED)
    make_bare(FIRED)
    with timed() as bare_took:
        insert_bare(rows)
    rates = f"{count / firing_took.s:,.0f}/s, bare insert of the same rows {count / bare_took.s:,.0f}/s"
    return f"{label}: {rates}, 1 : {firing_took.s / bare_took.s:.1f}"


def sweeping(sizes: Sizes) -> Iterator[str]:
    """What it costs to find nothing due, and to fire one incident, among few and among many armed clocks."""
    waiting = Obligation.objects.filter(next_due_at__isnull=False)
    for armed in (sizes.few_armed, sizes.many_armed):
        now = database_now()
        found = major(at=now, place_text=uuid.uuid4().hex)
        copies = (armed - waiting.count()) // waiting.filter(incident=found).count()
        multiply([found.pk], copies, step=timedelta(seconds=1), tables=CLOCKS)
        label = f"{waiting.count():>9,} armed"
        idle = times(lambda: fire_due(source="bench"), repeats=sizes.sweeps)
        yield f"{label}, nothing due: {ms(idle)}"
        alone = [_fire_one(moment=now) for _ in range(sizes.pages)]
        yield f"{label}, two stages of one incident due: {ms(alone)}"


def _fire_one(*, moment: datetime) -> float:
    major(at=moment - minutes(15), place_text=uuid.uuid4().hex)
    with timed() as span:
        fired = fire_due(source="bench")
    if fired != 2:
        raise AssertionError(f"{fired} stages fired where two were due")
    return span.s


def posting(sizes: Sizes) -> Iterator[str]:
    """A hospital's report over HTTP, against inserting the rows it wrote."""
    for label, ill in (
        ("that opens an incident below Ⅳ", 5),
        ("that opens one at Ⅲ and starts its clocks", 120),
    ):
        with tempfile.TemporaryDirectory() as folder, web_server(Path(folder) / "web.log") as address:
            hospital = Hospital()
            for _ in range(3):
                _post(address, hospital, ill)
            begun = now_id()
            spans = [_post(address, hospital, ill) for _ in range(sizes.posts)]
        rows = written_since(begun)
        make_bare({table for written in rows for table in written})
        with timed() as bare_took:
            insert_bare(rows)
        written = sum(len(json.loads(of_table)) for each in rows for of_table in each.values()) / sizes.posts
        bare_ms = bare_took.s / sizes.posts * 1000
        ratio = mean(spans) * 1000 / bare_ms
        yield f"report {label}: {ms(spans)}; bare insert of its {written:.0f} rows {bare_ms:.2f} ms, 1 : {ratio:.1f}"


def _post(address: str, hospital: Hospital, ill: int) -> float:
    place = {"name": uuid.uuid4().hex, "kind": "restaurant"}
    body = json.dumps(cluster(ill, reference=uuid.uuid4().hex, place=place)).encode()
    headers = {
        "Authorization": f"Bearer {hospital.clear}",
        "Content-Type": "application/json",
        "Idempotency-Key": uuid.uuid4().hex,
    }
    request = urllib.request.Request(address + URL, body, headers)  # noqa: S310  our own server
    with timed() as span, urllib.request.urlopen(request) as answer:  # noqa: S310
        answer.read()
    return span.s


def paging(sizes: Sizes) -> Iterator[str]:
    """Pages and acts with ten incidents open, after few and after many past ones."""
    leave_room()
    for number in range(10):
        case = major(at=database_now() - minutes(16), place_text=f"{number}号食堂")
    fire_due(source="bench")
    client, hospital = Client(), Hospital()
    login(client, OFFICE)
    acts: dict[str, Callable[[], object]] = {
        "board": lambda: client.get("/board/"),
        "list of incidents": lambda: client.get("/incidents/"),
        "page of an incident": lambda: client.get(f"/incidents/{case.number}/"),
        "hospital's report": lambda: _in_vain(
            lambda: hospital.send(cluster(120, reference=uuid.uuid4().hex, place={"name": uuid.uuid4().hex}))
        ),
        "report and firing": lambda: _in_vain(lambda: _fire_one(moment=database_now())),
    }
    first: dict[str, float] = {}
    for past in (sizes.few_past, sizes.many_past - sizes.few_past):
        make_past(past, hospital)
        yield f"{Incident.objects.exclude(status='open').count():>9,} past incidents"
        for name, act in acts.items():
            yield f"{name:>21}: {_compared(name, act, first, sizes.pages)}"


def _in_vain(act: Callable[[], object]) -> None:
    """Do everything but keep it: what is open stays the same."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def _compared(name: str, act: Callable[[], object], first: dict[str, float], repeats: int) -> str:
    # Once before: that somebody is there again is noted in three queries, at most once a minute, however much lies behind.
    act()
    with CaptureQueriesContext(connection) as queries:
        act()
    count, spans = len(queries), times(act, repeats=repeats)
    ratio = median(spans) / first.setdefault(name, median(spans))
    return f"{count} queries, {ms(spans)}, 1 : {ratio:.2f}"


def lateness(sizes: Sizes) -> Iterator[str]:
    """How late single stages are, fired by one clock process, counted to the commit."""
    with (
        tempfile.TemporaryDirectory() as folder,
        started("manage", "run_clock", log=Path(folder) / "clock.log"),
    ):
        until(Heartbeat.objects.exists, "the first heartbeat", limit_s=60)
        for number in range(sizes.single_stages):
            found = reminded_soon(uuid.uuid4().hex, in_s=4 + number * 0.53)
            deliver(found, database_now(), LegCode.PHONE, to=OFFICE)
        reminders = StageEvent.objects.filter(stage=StageCode.REMINDER)
        until(lambda: reminders.count() == sizes.single_stages, "all reminders", limit_s=120)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - due_at)::float FROM reporting_stageevent"
        )
        spans = [late for (late,) in cursor.fetchall()]
    yield f"{len(spans)} single stages, from due to committed: {ms(spans)}"


MEASURES: dict[str, Callable[[Sizes], Iterator[str]]] = {
    "stages fired": firing,
    "sweeps": sweeping,
    "reports over HTTP": posting,
    "pages": paging,
    "lateness": lateness,
}
