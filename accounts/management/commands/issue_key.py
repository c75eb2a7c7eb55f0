"""`manage.py issue_key BODY`: the API key of a hospital, or of a department that watches."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions.keys import issue_key
from accounts.actors import SYSTEM
from accounts.management.commands.create_account import find_organisation
from accounts.models import HOSPITAL_SCOPES, Scope
from audit.clock import database_now
from plan.refusal import PlanRefusal


class Command(BaseCommand):
    """Prints the key this once; only its digest is kept."""

    help = "Issue an API key to a hospital, or to a department that watches, and print it once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("hospital", help="code, e.g. hosp-yinzhou-people")
        parser.add_argument("--label", default="main", help="what the hospital calls it")
        parser.add_argument("--days", type=int, default=365, help="days until it expires")
        parser.add_argument(
            "--test", action="store_true", help="for trying out: nothing comes of its reports"
        )
        parser.add_argument(
            "--scope", action="append", choices=Scope.values, help="default: those of a hospital"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = database_now()
        try:
            issued = issue_key(
                organisation=find_organisation(options["hospital"]),
                label=options["label"],
                expires_at=at + timedelta(days=options["days"]),
                scopes=[Scope(value) for value in options["scope"] or HOSPITAL_SCOPES],
                is_test=options["test"],
                by=SYSTEM,
                at=at,
            )
        except PlanRefusal as refusal:
            raise CommandError(refusal.message_zh) from refusal
        self.stdout.write(issued.clear)
