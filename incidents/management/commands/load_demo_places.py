"""`manage.py load_demo_places`: registered places for the tour, in the embedded database only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.actors import SYSTEM
from audit.clock import database_now
from incidents.actions.demo_places import load_demo_places


class Command(BaseCommand):
    """Creates what is missing, so it may run at every start."""

    help = "Register the invented places of the demo (embedded database only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("Demo places are for the embedded database only.")
        created = load_demo_places(by=SYSTEM, at=database_now())
        self.stdout.write(f"{len(created)} created")
