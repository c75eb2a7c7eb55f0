"""`manage.py add_contact`: an address outside that whoever runs the installation vouches for."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions.contacts import add_contact
from accounts.actors import SYSTEM
from accounts.models import Organisation, User
from audit.clock import database_now
from outbox.models import OUTSIDE, Channel
from plan.refusal import PlanRefusal


class Command(BaseCommand):
    """The secret is read from the environment: a command line is seen by others."""

    help = (
        "Add an address of an office, or of one of its people; CONTACT_SECRET holds the secret it signs with."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="its code, e.g. city-fso")
        parser.add_argument("channel", choices=[channel.value for channel in OUTSIDE])
        parser.add_argument("where", help="mailbox, number or full address")
        parser.add_argument(
            "--person", default="", help="a username; without it the address is the office's own"
        )
        parser.add_argument("--notices", action="store_true", help="for notices too, not only for alarms")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = (
            Organisation.objects.select_related("jurisdiction__host")
            .filter(code=options["organisation"])
            .first()
        )
        person = User.objects.filter(username=options["person"]).first()
        if organisation is None or (person is None and options["person"]):
            raise CommandError("no such organisation or person")
        try:
            contact = add_contact(
                organisation=organisation,
                channel=Channel(options["channel"]),
                where=options["where"],
                secret=os.environ.get("CONTACT_SECRET", ""),
                person=person,
                for_notices=options["notices"],
                is_verified=True,
                by=SYSTEM,
                at=database_now(),
            )
        except PlanRefusal as refusal:
            raise CommandError(refusal.message_zh) from refusal
        self.stdout.write(f"contact {contact.pk} {contact.hint}")
