"""`manage.py verify_photos`: opens every photo of the public and compares it with the hash that the database keeps."""

from typing import Any

from django.core.management.base import BaseCommand

from reporting.photos import unsound


class Command(BaseCommand):
    """Exit status 1 if any is missing, can't be opened or is another."""

    help = "Check that every photo of a public report is there, opens, and is the one that was sent."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        checked, broken = unsound()
        for name, reason in broken:
            self.stdout.write(f"BROKEN photo {name}: {reason}")
        self.stdout.write(f"{checked} photos, {len(broken)} broken")
        if broken:
            raise SystemExit(1)
