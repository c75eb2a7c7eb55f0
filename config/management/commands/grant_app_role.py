"""`manage.py grant_app_role`: a database role for the running product that owns nothing.

Run it as the owner of the tables, after `migrate`. Only an owner can switch off the triggers that keep the evidence.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from psycopg import sql

from config.environment import required

# The day's root is made under a lock that PostgreSQL gives only to who may update; the trigger refuses the update itself.
LOCKED = "audit_dailyroot"
APPEND_ONLY = """SELECT DISTINCT relname FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE proname = 'audit_refuse_change' AND NOT tgisinternal AND tgtype & 16 <> 0"""
GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
)


class Command(BaseCommand):
    """May be run again at any time: after an upgrade it grants what is new."""

    help = "Create or renew the role that the product runs as; its password is APP_DATABASE_PASSWORD."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", default="ningbo_app", help="its name (default: ningbo_app)")

    def handle(self, *args: Any, **options: Any) -> None:
        role = sql.Identifier(options["role"])
        password = hashed(required("APP_DATABASE_PASSWORD"), options["role"])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [options["role"]])
            verb = "ALTER" if cursor.fetchone() else "CREATE"
            statement = (
                verb + " ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD {password}"
            )
            cursor.execute(sql.SQL(statement).format(role=role, password=sql.Literal(password)))
            for grant in GRANTS:
                cursor.execute(sql.SQL(grant).format(role=role))
            cursor.execute(APPEND_ONLY)
            for (table,) in cursor.fetchall():
                kept = "DELETE" if table == LOCKED else "UPDATE, DELETE"
                revoke = sql.SQL("REVOKE " + kept + " ON {table} FROM {role}")
                cursor.execute(revoke.format(table=sql.Identifier(table), role=role))
        self.stdout.write(f"{options['role']} may use the tables and owns none")


def hashed(password: str, role: str) -> str:
    """Return a password as the server stores it, so that no statement and no log holds it in clear."""
    connection.ensure_connection()
    encoded = connection.connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    )
    return str(encoded.decode())
