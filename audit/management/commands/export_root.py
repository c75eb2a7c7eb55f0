"""`manage.py export_root`: a daily root to keep outside the database, as a file or as one page to print."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.exported import as_json, as_page
from audit.models import DailyRoot


class Command(BaseCommand):
    """Writes to standard output, or to a file that must not be there yet."""

    help = (
        "Export a daily root of the evidence log: keep it where nobody who runs the database can change it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="the day (default: the newest root)")
        parser.add_argument("--out", type=Path, help="a new file (default: standard output)")
        parser.add_argument("--page", action="store_true", help="one page to print, not JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        roots = DailyRoot.objects.order_by("-on")
        root = (roots.filter(on=options["on"]) if options["on"] else roots).first()
        if root is None:
            raise CommandError("There is no root of that day: a day is closed after its midnight.")
        text = as_page(root) if options["page"] else as_json(root)
        if options["out"] is None:
            self.stdout.write(text, ending="")
            return
        try:
            with options["out"].open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            raise CommandError(f"{options['out']} is there already; roots are not overwritten.") from None
        self.stdout.write(f"{root.on}:{root.root}")
