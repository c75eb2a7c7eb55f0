"""`manage.py create_demo_accounts`: accounts for the tour, in the embedded database only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.actions.demo import create_demo_accounts
from accounts.actors import SYSTEM
from audit.clock import database_now


class Command(BaseCommand):
    """Prints name, password and office of each account it creates; a second run changes and prints nothing."""

    help = "Create the demo accounts with random passwords (embedded database only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("Demo accounts are for the embedded database only; see create_account.")
        for one in create_demo_accounts(by=SYSTEM, at=database_now()):
            self.stdout.write(f"{one.name:<24} {one.secret:<54} {one.offices}")
