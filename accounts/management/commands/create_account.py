"""`manage.py create_account USERNAME NAME ORGANISATION...`: a person's account in a real installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.actions.offices import grant_office
from accounts.actions.users import create_user
from accounts.actors import SYSTEM
from accounts.models import Organisation
from accounts.passwords import readable_password
from audit.clock import database_now
from plan.refusal import PlanRefusal


class Command(BaseCommand):
    """Prints the random first password once; the person must change it at the first login."""

    help = "Create a person's account and the offices it holds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("display_name", help="the person's name as pages show it")
        parser.add_argument("organisations", nargs="+", help="codes, e.g. 330212-regulator")
        parser.add_argument("--title", default="值班员")
        parser.add_argument(
            "--manager", action="store_true", help="may manage people and keys from these offices"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        organisations = [find_organisation(code) for code in options["organisations"]]
        password, at = readable_password(), database_now()
        try:
            user = create_user(
                username=options["username"],
                display_name=options["display_name"],
                password=password,
                must_change_password=True,
                by=SYSTEM,
                at=at,
            )
            for organisation in organisations:
                grant_office(
                    user=user,
                    organisation=organisation,
                    title=options["title"],
                    is_manager=options["manager"],
                    by=SYSTEM,
                    at=at,
                )
        except PlanRefusal as refusal:
            raise CommandError(refusal.message_zh) from refusal
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.username} {password}")


def find_organisation(code: str) -> Organisation:
    """Return the organisation of this code or end the command with what is wrong."""
    try:
        return Organisation.objects.get(code=code)
    except Organisation.DoesNotExist:
        raise CommandError(f"No organisation has the code {code!r}.") from None
