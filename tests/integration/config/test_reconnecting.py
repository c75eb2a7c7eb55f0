"""A web server whose database went away and came back."""

import urllib.error
import urllib.request

import psycopg
from psycopg import sql

from tests.support.databases import admin

OUT_OF_SERVICE = 503


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=30) as answer:  # noqa: S310  our own server
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_the_first_request_after_an_outage_is_answered(committed_db: str, served: str) -> None:
    assert status(served) == 200
    name = psycopg.conninfo.conninfo_to_dict(committed_db)["dbname"]
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with admin() as server:
        server.execute(allow.format(sql.Identifier(str(name)), sql.SQL("false")))
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    assert [status(served) for _ in range(4)] == [OUT_OF_SERVICE] * 4
    with admin() as server:
        server.execute(allow.format(sql.Identifier(str(name)), sql.SQL("true")))
    assert status(served) == 200
