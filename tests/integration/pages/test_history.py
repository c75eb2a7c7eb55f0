"""What the database looks at for a page or an act does not grow with the past."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.clock import database_now
from reporting.actions.clocks import fire_due
from tests.bench.history import leave_room, make_past
from tests.support.clocks import major
from tests.support.hospital import Hospital
from tests.support.people import login
from tests.support.reports import minutes

SOON, LATER = 100, 2_000
# Of plans that change with the tables' statistics; a table read whole would add thousands.
ENOUGH_MORE = 300


def rows_of(plan: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Each table a plan reads, and how many rows of it were looked at."""
    if "Relation Name" in plan:
        removed = sum(value for name, value in plan.items() if name.startswith("Rows Removed"))
        yield plan["Relation Name"], (plan["Actual Rows"] + removed) * plan["Actual Loops"]
    for inner in plan.get("Plans", ()):
        yield from rows_of(inner)


def looked_at(act: Callable[[], object]) -> Counter[str]:
    """How many rows of each table the questions of an act look at; what it wrote is taken back."""
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        act()
        transaction.set_rollback(True)
    rows: Counter[str] = Counter()
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            if query["sql"].startswith("SELECT") and " FROM " in query["sql"]:
                cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + query["sql"])
                (answer,) = cursor.fetchone()
                plans = json.loads(answer) if isinstance(answer, str) else answer
                rows.update(dict(rows_of(plans[0]["Plan"])))
    return rows


@pytest.mark.django_db
def test_pages_reports_and_clocks_look_at_as_much_after_a_long_past_as_after_a_short_one() -> None:
    leave_room()
    now, hospital, city, county = database_now(), Hospital(), Client(), Client()
    login(city, "city-fso")
    login(county, "330212-regulator")
    found = major(at=now - minutes(15))
    acts: dict[str, Callable[[], object]] = {
        "board": lambda: city.get("/board/"),
        "incident": lambda: county.get(f"/incidents/{found.number}/"),
        "report": lambda: major(at=now, place_text="姚江饭店"),
        "firing": lambda: fire_due(source="test"),
    }
    make_past(SOON, hospital)
    soon = {name: looked_at(act) for name, act in acts.items()}
    make_past(LATER, hospital)
    for name, act in acts.items():
        more = {table: rows - soon[name][table] for table, rows in looked_at(act).items()}
        grown = {table: rows for table, rows in more.items() if rows > ENOUGH_MORE}
        assert grown == {}, f"{name} looks at more after a longer past"
