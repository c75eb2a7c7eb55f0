"""What the person at the terminal reads."""

import sys
from io import TextIOWrapper


def prepare_terminal() -> None:
    """Let a terminal that can't show Chinese show question marks instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace", line_buffering=True)


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


def done(text: str) -> None:
    """Print that a step is done."""
    say(f"  ✓ {text}")
