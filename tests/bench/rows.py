"""The rows that transactions wrote, to insert them again bare: same tables and indexes, no triggers, no foreign keys."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db import connection, transaction
from psycopg import sql

Rows = dict[str, str]


def now_id() -> int:
    """The number of a transaction that ends now: later ones have higher numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (number,) = cursor.fetchone()
    return int(number)


def written_since(number: int, tables: Collection[str] = ()) -> list[Rows]:
    """What each later transaction wrote, as JSON by table; all tables unless some are named."""
    written: dict[int, Rows] = defaultdict(dict)
    query = sql.SQL(
        "SELECT xmin::text::bigint, json_agg(t)::text FROM {} t WHERE xmin::text::bigint > %s GROUP BY xmin::text"
    )
    with connection.cursor() as cursor:
        for table in tables or connection.introspection.table_names(cursor):
            cursor.execute(query.format(sql.Identifier(table)), [number])
            for transaction_id, rows in cursor.fetchall():
                written[transaction_id][table] = rows
    return [written[transaction_id] for transaction_id in sorted(written)]


def make_bare(tables: Collection[str]) -> None:
    """Make an empty twin of each table."""
    query = sql.SQL("DROP TABLE IF EXISTS {twin}; CREATE TABLE {twin} (LIKE {table} INCLUDING ALL)")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(query.format(twin=bare(table), table=sql.Identifier(table)))


def insert_bare(transactions: Sequence[Rows]) -> None:
    """Insert what was written into the twins, one statement a table, one transaction for each."""
    query = sql.SQL("INSERT INTO {twin} SELECT * FROM json_populate_recordset(NULL::{twin}, %s)")
    for rows in transactions:
        with transaction.atomic(), connection.cursor() as cursor:
            for table, values in rows.items():
                cursor.execute(query.format(twin=bare(table)), [values])


def bare(table: str) -> sql.Identifier:
    """The name of a table's twin."""
    return sql.Identifier("bare_" + table)
