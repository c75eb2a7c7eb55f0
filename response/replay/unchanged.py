"""What every table holds, so that a refusal can be shown to have changed nothing."""

from django.db import connection
from psycopg import sql

# A refused hospital body is kept on purpose.
KEPT_ON_REFUSAL = frozenset({"reporting_intake"})


def table_hashes() -> dict[str, str]:
    """Return one hash per table of the database, over all its rows."""
    tables = sorted(set(connection.introspection.table_names()) - KEPT_ON_REFUSAL)
    return {table: _hash(table) for table in tables}


def _hash(table: str) -> str:
    query = sql.SQL("SELECT md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) FROM {} t")
    with connection.cursor() as cursor:
        cursor.execute(query.format(sql.Identifier(table)))
        (digest,) = cursor.fetchone()
    return str(digest)
