"""`manage.py run_clock`: fire the stages of the clocks and send what is owed, with or without Celery."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reporting.clock_process import ClockProcess


class Command(BaseCommand):
    """Run one clock process; any number may run, each under a name of its own."""

    help = "Fire due stages (5.1(8)) and send the outbox until told to stop (SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name that stage events and the heartbeat carry."""
        parser.add_argument("--name", default="clock-1", help="stable name of this process, e.g. clock-2")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGTERM or Ctrl-C; a round begun is finished."""
        process = ClockProcess(options["name"])
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda _number, _frame: process.stop())
        process.run()
