"""`manage.py check_heartbeat NAME`: whether a process did its round lately, for a container's health check."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from outbox.heartbeat import ages


class Command(BaseCommand):
    """Exit status 1 if the sign of life is too old, or was never given."""

    help = "Tell the age in seconds of a process's last sign of life."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "name", help="as the process calls itself, e.g. clock-1; `sweep` is beat's and the workers'"
        )
        parser.add_argument("--within", type=float, default=30, help="seconds (default: 30)")

    def handle(self, *args: Any, **options: Any) -> None:
        age = ages().get(options["name"])
        self.stdout.write("never" if age is None else f"{age:.1f}")
        if age is None or age > options["within"]:
            raise SystemExit(1)
