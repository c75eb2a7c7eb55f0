#!/usr/bin/env python
"""Django's command line for this project."""

import json
import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import execute_from_command_line

from incidents.management.commands.classify import Command as Classify

HOUSE = Path(__file__).resolve().parent / "var" / "env.json"


def enter_house() -> None:
    """Speak to what `make run` keeps in this folder, unless the environment names a database."""
    if "DATABASE_URL" not in os.environ and HOUSE.exists():
        for name, value in json.loads(HOUSE.read_text()).items():
            os.environ.setdefault(name, value)


def main() -> None:
    """Run a command; grading facts asks for no installation, so it runs without its settings."""
    if sys.argv[1:2] == ["classify"]:
        settings.configure()
        Classify().run_from_argv(sys.argv)
    else:
        enter_house()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
