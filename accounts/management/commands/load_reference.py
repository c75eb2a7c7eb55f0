"""`manage.py load_reference`: the jurisdictions and organisations every installation starts with."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.actions.reference import load_reference
from accounts.actors import SYSTEM
from audit.clock import database_now


class Command(BaseCommand):
    """Creates what is missing and changes nothing that is there, so it may run at every start."""

    help = "Load the city, its counties and zones, and the organisations the plan names."

    def handle(self, *args: Any, **options: Any) -> None:
        created = load_reference(by=SYSTEM, at=database_now())
        self.stdout.write(f"{len(created)} created")
