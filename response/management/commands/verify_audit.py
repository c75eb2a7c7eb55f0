"""`manage.py verify_audit`: proves that the evidence log is whole, or names the first broken link of each chain."""

import hashlib
import re
import time
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from accounts.actors import SYSTEM
from audit.clock import database_now
from audit.exported import ExportedRoot, Unreadable, from_json, from_line
from audit.seals import utc
from audit.verify import Verification, verify
from incidents.models import Incident
from reporting.documents.tracing import Traced, trace
from response.actions.evidence import note_export, note_verification
from response.bundle.archive import bundle

MOST_LINES = 20


def exported_root(text: str) -> ExportedRoot:
    """Read a file of `export_root`, or DAY:HASH as its page prints it."""
    try:
        path = Path(text)
        return from_json(path.read_text(encoding="utf-8")) if path.is_file() else from_line(text)
    except (OSError, Unreadable, UnicodeDecodeError) as error:
        raise ArgumentTypeError(f"{text}: {error}") from None


def document_hash(text: str) -> tuple[str, str]:
    """Return what was given and its hash: of a file, or as printed on each page of a report."""
    path = Path(text)
    if path.is_file():
        return text, hashlib.sha256(path.read_bytes()).hexdigest()
    digest = "".join(text.split()).lower()
    if not re.fullmatch("[0-9a-f]{64}", digest):
        raise ArgumentTypeError(f"{text}: expected a file, or the 64 characters printed on a report")
    return text, digest


def find_incident(number: str) -> Incident:
    """Return the incident of this number."""
    found = Incident.objects.select_related("merged_into").filter(number=number).first()
    if found is None:
        raise CommandError(f"There is no incident {number}.")
    return found


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

        parser.add_argument(
            "--document",
            action="append",
            type=document_hash,
            default=[],
            metavar="FILE|HASH",
            help="a report as PDF or DOCX, or the hash in its footer; may be given more than once",
        )
        parser.add_argument("--record", action="store_true", help="write into the log that it was verified")
        parser.add_argument(
            "--bundle", metavar="NUMBER", help="also export this incident's evidence as a ZIP"
        )
        parser.add_argument("--out", type=Path, help="the new ZIP (default: evidence-NUMBER.zip here)")

    def handle(self, *args: Any, **options: Any) -> None:
        incident = find_incident(options["bundle"]) if options["bundle"] else None
        began = time.perf_counter()
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            found = verify(exported=options["root"])
            traced = [(name, trace(digest)) for name, digest in options["document"]]
            packed = bundle(incident) if incident else b""
        self._tell(found, time.perf_counter() - began)
        if options["record"]:
            note_verification(
                events=found.events,
                broken=len(found.breaks),
                root=found.last_root,
                by=SYSTEM,
                at=database_now(),
            )
        if incident is not None:
            self._hand_over(packed, incident, options["out"] or Path(f"evidence-{incident.number}.zip"))
        self._tell_documents(traced)
        if found.breaks or not all(known for _name, known in traced):
            raise SystemExit(1)

    def _tell(self, found: Verification, seconds: float) -> None:
        for link in found.breaks:
            self.stdout.write(f"BROKEN {link.chain} #{link.seq}: {link.reason}")
        self._say_what_is_unanchored(found)
        self.stdout.write(
            f"{found.events} rows, {found.chains} chains, {found.roots} daily roots, "
            f"{found.sealed} evidence rows, {len(found.breaks)} broken, {found.events / max(seconds, 1e-6):.0f} rows/s"
        )
        if found.last_root:
            self.stdout.write(f"last root {found.last_root}")

    def _tell_documents(self, traced: list[tuple[str, Traced | None]]) -> None:
        for name, known in traced:
            if known is None:
                self.stdout.write(f"BROKEN {name}: no signed report has this hash")
                continue
            newest = "the newest version" if known.is_newest else "replaced by a new version"
            self.stdout.write(
                f"{name}: {known.what} of report {known.ref}, signed {utc(known.signed_at)}, "
                f"{known.chain} #{known.seq}, {newest}"
            )

    def _hand_over(self, packed: bytes, incident: Incident, path: Path) -> None:
        """Write the bundle where nothing is yet, and that it left the house into the log."""
        digest = hashlib.sha256(packed).hexdigest()
        try:
            with path.open("xb") as file:
                file.write(packed)
        except FileExistsError:
            raise CommandError(f"{path} is there already; name another file with --out.") from None
        note_export(incident=incident, digest=digest, by=SYSTEM, at=database_now())
        self.stdout.write(f"{path} sha256 {digest}")

    def _say_what_is_unanchored(self, found: Verification) -> None:
        for own in found.unanchored[:MOST_LINES]:
            self.stdout.write(f"unanchored {own.chain} #{own.first}–#{own.last}: younger than the root given")
        if len(found.unanchored) > MOST_LINES:
            self.stdout.write(f"unanchored … and {len(found.unanchored) - MOST_LINES} chains more")
