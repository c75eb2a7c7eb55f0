"""`manage.py read_intake NUMBER --reason …`: a hospital's message as it came, for an investigation."""

import sys
from argparse import ArgumentParser
from typing import Any

from cryptography.exceptions import InvalidTag
from django.core.management.base import BaseCommand, CommandError

from accounts.actors import SYSTEM
from audit.clock import database_now
from plan.refusal import PlanRefusal
from reporting.actions.intakes import read_raw_body
from reporting.models import IntakeRecord


class Command(BaseCommand):
    """Writes the bytes to standard output, and that they were read, and why, into the evidence log."""

    help = (
        "Open a hospital's message; it may name patients. Its number is in the bundle and in the chronicle."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int)
        parser.add_argument("--reason", required=True, help="kept in the evidence log")

    def handle(self, *args: Any, **options: Any) -> None:
        intake = (
            IntakeRecord.objects.select_related("key__organisation", "office")
            .filter(pk=options["number"])
            .first()
        )
        if intake is None:
            raise CommandError(f"There is no message {options['number']}.")
        try:
            raw = read_raw_body(intake=intake, reason=options["reason"], by=SYSTEM, at=database_now())
        except LookupError as error:
            raise CommandError(f"{error}: name that key in INTAKE_OLD_KEYS.") from None
        except InvalidTag:
            raise CommandError("The message was tampered with: it does not open.") from None
        except PlanRefusal as refusal:
            raise CommandError(str(refusal)) from None
        sys.stdout.buffer.write(raw)
