"""Database triggers that make a table append-only, for the migrations of every app that keeps evidence."""

from django.db import migrations


def append_only(*tables: str) -> migrations.RunSQL:
    """Return a migration operation after which the tables refuse UPDATE, DELETE and TRUNCATE, in tests too."""
    forward = "".join(
        f"""
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
        """
        for table in tables
    )
    backward = "".join(
        f"DROP TRIGGER {table}_append_only ON {table}; DROP TRIGGER {table}_no_truncate ON {table};"
        for table in tables
    )
    return migrations.RunSQL(forward, backward)
