"""`python -m tests.detection [choices]`: false alarms of a quiet year, the time gained on real outbreaks, what two choices cost."""

import logging
import os
import sys

import django


def main(arguments: list[str]) -> None:
    """Measure, printing each line as it comes; only the choices if that is asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    logging.disable(logging.WARNING)
    django.setup()
    from tests.detection import measures  # noqa: PLC0415  models exist only now

    if "choices" not in arguments:
        print("false alarms of a quiet year, all counties together")
        measures.print_quiet_years()
        print(
            "\nreal outbreaks as single cases, among 40 others a day; medians of so many draws:",
            measures.SEEDS,
        )
        for name, lag in measures.LAGS:
            print(f"cases reported {name}")
            measures.print_outbreaks(lag)
    print(
        "\nthe least household, watched alone at 40 cases a day: false alarms of the year, hours before the report"
    )
    measures.print_households()
    print("\nplaces, watched alone at 40 cases a day: false alarms of the year, hours before the report")
    measures.print_names()


if __name__ == "__main__":
    main(sys.argv[1:])
