"""`make messages`: bring the English catalogue up to date and compile it."""

import sys

from tests.repository.catalogue import PO, renew


def main() -> int:
    """Name what still has to be written in English; 1 if there is any."""
    missing = renew()
    for message in missing:
        print(f"!! {PO.name} lacks: {message}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
