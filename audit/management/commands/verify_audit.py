"""`manage.py verify_audit`: proves that the evidence log is whole, or names the first broken link of each chain."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from audit.verify import verify


def exported_root(text: str) -> tuple[date, str]:
    """Parse DAY:HASH as this command prints it."""
    day, _colon, digest = text.partition(":")
    try:
        return date.fromisoformat(day), digest
    except ValueError:
        raise ArgumentTypeError("expected DAY:HASH as printed by an earlier run") from None


class Command(BaseCommand):
    """Exit status 1 if anything is broken; the last line is the root to keep outside the database."""

    help = "Recompute every chain of the evidence log and every daily root."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--root", type=exported_root, help="DAY:HASH of a root that was kept elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.perf_counter()
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            found = verify(exported=options["root"])
        rate = found.events / max(time.perf_counter() - began, 1e-6)
        for link in found.breaks:
            self.stdout.write(f"BROKEN {link.chain} #{link.seq}: {link.reason}")
        self.stdout.write(
            f"{found.events} rows, {found.chains} chains, {found.roots} daily roots, "
            f"{len(found.breaks)} broken, {rate:.0f} rows/s"
        )
        if found.last_root:
            self.stdout.write(f"last root {found.last_root}")
        if found.breaks:
            raise SystemExit(1)
