"""Grade facts from standard input, one JSON object a line (预案 2.1–2.4); needs no database."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

from plan.jsonl import answers

EXIT_BAD_LINE = 2


class Command(BaseCommand):
    """Read facts as JSON lines, write assessments as JSON lines; exit status 2 if any line was bad."""

    help = "Grade incident facts: reads JSON lines from standard input, writes one assessment a line."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        bad = False
        try:
            for answer in answers(sys.stdin.buffer):
                sys.stdout.buffer.write(answer.text + b"\n")
                bad = bad or answer.bad
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            # the reader has left; nothing more may be written, not even at interpreter exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if bad:
            sys.exit(EXIT_BAD_LINE)
