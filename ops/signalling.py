"""`make signals`: count false alarms of a quiet year, and the time gained on real outbreaks: `python -m ops.signalling [--write]`."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ops.binaries import Missing
from ops.machine import write_document
from ops.postgres import CannotStart
from ops.servers import child_env, exit_when_told, throw_away_servers
from ops.terminal import prepare_terminal, say

INTRODUCTION = """
    # What early detection costs and gains

    `make signals` lets the product's own method (`reporting/signalling/method.py`) watch single cases go by, asked at each as at
    intake. First a year in which nothing happens: cases by county, season, weekday, family and habit, so that every signal is a
    false alarm. Then real outbreaks, each patient a single case of one of several hospitals among other people's cases: how long before
    the first report the signal came, and how long before one hospital alone had seen five of them within a day.

    Meals, numbers, onsets and first reports are as published or as `demo/` has them; the quiet year's figures, when patients seek
    care (6 of 10, four hours after onset in the middle), and that 7 of 10 name the place are assumed: `tests/detection/` holds each. Minus
    means later. "Found" counts draws in which a signal came at all. A hospital that finds a cluster reports it at once whatever a
    signal says (5.1(3)).

    Two choices of the house stand at the end with what the other would cost. *The least household* is four persons of one home and one
    meal, or two with somebody severely ill or dead: three of a home with the same stomach illness are what families have, and made most of
    the false alarms, while a family's outbreak is found not an hour later. What is lost is the family of three, none of them severely ill;
    whoever treats all three sees it without a signal. Two with a severe one stay two, since there an hour counts. *Names of places* are
    compared without width, spaces and punctuation, without 有限公司 and the like behind, and without 浙江省, 宁波市 and the county before; a
    company's also without 宁波 or the county's bare name. The area stays where less than three letters of the place's own would be left once
    words like 第一, 实验, 中心, 医院 and 饭店 are taken away: 余姚市第一医院 and 慈溪市第一医院 are two. That one place is written in
    five ways, and that every tenth name is borne in every county, is assumed (`tests/detection/written.py`). The rule is in
    `reporting/signalling/names.py`; traces are taken at intake, so that cases from before a change of the rule keep the names they had.

    Written by `python -m ops.signalling --write`.
"""


def main(arguments: list[str]) -> int:
    """Measure, and write it down if asked to; the measuring's exit status."""
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="ningbo-signals-") as folder,
        throw_away_servers(Path(folder)) as env,
    ):
        command = [sys.executable, "-m", "tests.detection"]
        run = subprocess.run(command, env=child_env(env), stdout=subprocess.PIPE, text=True, check=False)
    output = f"{run.stdout.rstrip()}\n\n{time.monotonic() - began:.0f} s in all"
    say(output)
    if "--write" in arguments and run.returncode == 0:
        write_document("signals.md", INTRODUCTION, output)
    return run.returncode


if __name__ == "__main__":
    prepare_terminal()
    exit_when_told()
    try:
        sys.exit(main(sys.argv[1:]))
    except (Missing, CannotStart) as trouble:
        sys.exit(str(trouble))
