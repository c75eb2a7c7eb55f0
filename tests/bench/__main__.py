"""`python -m tests.bench [--small] [NAME…]`: measure on the servers that DATABASE_URL and REDIS_URL name."""

import logging
import os
import sys
import warnings
from contextlib import redirect_stdout

import django


def main(arguments: list[str]) -> None:
    """Take each measurement on a fresh database, all unless some are named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.bench.measures import MEASURES, SMALL, Sizes  # noqa: PLC0415  models exist only now
    from tests.support import databases  # noqa: PLC0415

    sizes = SMALL if "--small" in arguments else Sizes()
    # What is measured is the product, not its log nor the setting up.
    logging.disable(logging.WARNING)
    warnings.filterwarnings("ignore", "No directory at")
    with redirect_stdout(sys.stderr):
        template = databases.ensure_template()
    for name in [each for each in arguments if each != "--small"] or MEASURES:
        print(name, flush=True)
        database = f"bench_{os.getpid()}"
        with databases.clone(template, database), databases.pointed_at(database):
            for line in MEASURES[name](sizes):
                print("  " + line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
