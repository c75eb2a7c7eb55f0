"""`manage.py verify_audit`: proves that the evidence log is whole, or names the first broken link of each chain."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from audit.exported import ExportedRoot, Unreadable, from_json, from_line
from audit.verify import Verification, verify

MOST_LINES = 20


def exported_root(text: str) -> ExportedRoot:
    """Read a file of `export_root`, or DAY:HASH as its page prints it."""
    try:
        path = Path(text)
        return from_json(path.read_text(encoding="utf-8")) if path.is_file() else from_line(text)
    except (OSError, Unreadable, UnicodeDecodeError) as error:
        raise ArgumentTypeError(f"{text}: {error}") from None


class Command(BaseCommand):
    """Exit status 1 if anything is broken."""

    help = "Recompute every chain of the evidence log, every daily root and the hash of every evidence row."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--root",
            action="append",
            type=exported_root,
            default=[],
            metavar="FILE|DAY:HASH",
            help="a root that was kept elsewhere; may be given more than once",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.perf_counter()
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            found = verify(exported=options["root"])
        rate = found.events / max(time.perf_counter() - began, 1e-6)
        for link in found.breaks:
            self.stdout.write(f"BROKEN {link.chain} #{link.seq}: {link.reason}")
        self._say_what_is_unanchored(found)
        self.stdout.write(
            f"{found.events} rows, {found.chains} chains, {found.roots} daily roots, "
            f"{found.sealed} evidence rows, {len(found.breaks)} broken, {rate:.0f} rows/s"
        )
        if found.last_root:
            self.stdout.write(f"last root {found.last_root}")
        if found.breaks:
            raise SystemExit(1)

    def _say_what_is_unanchored(self, found: Verification) -> None:
        for own in found.unanchored[:MOST_LINES]:
            self.stdout.write(f"unanchored {own.chain} #{own.first}–#{own.last}: younger than the root given")
        if len(found.unanchored) > MOST_LINES:
            self.stdout.write(f"unanchored … and {len(found.unanchored) - MOST_LINES} chains more")
