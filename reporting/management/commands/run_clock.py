"""`manage.py run_clock`: fire the stages of the clocks and send what is owed, with or without Celery."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from reporting.clock_process import CONNECT_LIMIT_S, ClockProcess


class Command(BaseCommand):
    """Run one clock process; any number may run, each under a name of its own."""

    help = "Fire due stages (5.1(8)) and send the outbox until told to stop (SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name that stage events and the heartbeat carry."""
        parser.add_argument("--name", default="clock-1", help="stable name of this process, e.g. clock-2")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGTERM or Ctrl-C; a round begun is finished."""
        _connect_directly()
        process = ClockProcess(options["name"])
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda _number, _frame: process.stop())
        process.run()


def _connect_directly() -> None:
    """Each thread of a clock keeps one connection: a pool that finds the database gone waits a second before it looks again."""
    given = connection.settings_dict["OPTIONS"]
    if given.pop("pool", None):
        given["connect_timeout"] = CONNECT_LIMIT_S
