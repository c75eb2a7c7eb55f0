"""`make sakai`: a school-lunch outbreak of 6,000 patients, sent badly, hit in the middle, and counted."""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from functools import partial
from pathlib import Path
from threading import Thread

from ops.binaries import Missing
from ops.machine import machine, write_document
from ops.postgres import CannotStart
from ops.run import ROOT
from ops.sakai.books import Books, Step, count_books
from ops.sakai.cohort import HOSPITALS, Cohort, Message
from ops.servers import exit_when_told
from ops.storm.faults import FAULTS, blow
from ops.storm.hospitals import Sender, Sent
from ops.storm.house import StormHouse, is_empty, storm_house
from ops.supervisor import Died
from ops.terminal import done, prepare_terminal, say

SENDING_LIMIT_S = 3600.0
OUTDATED = '"revision_outdated"'
BLOWS = {0.35: "kill -9 web", 0.5: "restart PostgreSQL, immediate", 0.65: "kill -9 PostgreSQL"}
DOUBLES = """
from incidents.doubles import likely_doubles
from incidents.models import Fact
print(len(likely_doubles(list(Fact.objects.filter(is_retraction=False, corrected_by__isnull=True)))))
"""

INTRODUCTION = """
    # Sakai, 1996

    In Sakai some 6,000 schoolchildren fell ill from one school lunch. `make sakai` starts web, workers, beat and clocks by the
    commands of `make run`, on a PostgreSQL and a broker of their own, and lets ten hospitals send the line lists of 60 schools
    over HTTP: 6,000 invented patients, fed by one kitchen, 15 in 100 of them sent by two hospitals, 15 in 100 records without
    an identity number. Half of the lists come first with a part of the patients, misspelt numbers and somebody who was none,
    and then corrected. All ten send at once and out of order, also a correction before what it corrects, and repeat what is
    not answered, and one in five that is. Meanwhile the web server is killed, PostgreSQL is restarted as if it crashed, and
    killed.

    Then the books are counted by SQL. Every step is counted anew from the evidence log: which lists stood when the machine
    proposed a level, how many different numbers and how many records without one they hold, and `manage.py classify` says
    what level that is. At the end the numbers have to be those of the invented patients, and every pair of records of one
    patient of which no number says so has to be proposed to a person, and no other pair.

    Written by `python -m ops.sakai --write`.
"""


class ListSender(Sender):
    """A hospital that sends its lists, in whatever order they come to it."""

    give_up_s = 900.0
    answer_limit_s = 60.0

    def __init__(self, messages: list[Message], *, port: int, key: str, sent: Sent, seed: int) -> None:
        super().__init__(port=port, key=key, sent=sent, seed=seed)
        self.messages = messages

    def run(self) -> None:
        """Send all of it."""
        for message in self.messages:
            self.deliver(message.name, message.body, str(uuid.uuid4()))


def main(options: argparse.Namespace) -> int:
    """Run the outbreak; 1 unless every count that has to be zero is."""
    output = [*machine(), f"seed {options.seed}", ""]
    rng = random.Random(options.seed)  # noqa: S311  an outbreak, not a secret
    cohort = Cohort(options.schools, rng)
    cohort.fall_ill(options.patients)
    messages = list(cohort.messages())
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ningbo-sakai-") as folder:
        with storm_house(Path(folder), {}) as house:
            lines, faults = outbreak(house, cohort, messages, rng)
        faults |= {"processes left": int(not is_empty(Path(folder)))}
    output += [*lines, "", "has to be zero", *(f"{number:>8,}  {name}" for name, number in faults.items())]
    has_failed = any(faults.values())
    output += ["", f"{time.monotonic() - began:.0f} s in all", "FAILED" if has_failed else "all zeros"]
    say("\n" + "\n".join(output))
    if options.write:
        write_document("sakai.md", INTRODUCTION, "\n".join(output))
    return int(has_failed)


def outbreak(
    house: StormHouse, cohort: Cohort, messages: list[Message], rng: random.Random
) -> tuple[list[str], dict[str, int]]:
    """Send everything, strike in between, count; what to tell, and what has to be zero."""
    house.house.finish("manage.py", "load_demo_places")
    done("house 网站、任务、节拍、时钟")
    sent = Sent()
    hospitals = list(senders(house, messages, sent, rng))
    began = time.monotonic()
    for share, what in BLOWS.items():
        house.tend_until(partial(is_sent, sent, hospitals, share * len(messages)), SENDING_LIMIT_S)
        blow(house, next(fault for fault in FAULTS if fault.what == what))
        done(f"{what}: {len(sent.acknowledged)} of {len(messages)} lists acknowledged")
    house.tend_until(lambda: not any_alive(hospitals), SENDING_LIMIT_S)
    took = time.monotonic() - began
    books = count_books(house.database_url, cohort, messages, sent.acknowledged)
    proposed = int(house.house.finish("manage.py", "shell", "--command", DOUBLES).split()[-1])
    outdated = [each for each in sent.refused if OUTDATED in each]
    faults = books.zeros | {
        "steps at another level than their numbers": wrong_levels(books.steps),
        "off in doubles proposed": abs(proposed - cohort.doubles),
        "reports refused": len(sent.refused) - len(outdated),
        "reports never answered": len(sent.unanswered),
        "reports answered in two ways": len(sent.contradicted),
        "messages neither acknowledged nor overtaken": len(messages) - len(sent.acknowledged) - len(outdated),
        "verify_audit found the evidence broken": int(not is_whole(house)),
    }
    lines = told(books, sent, cohort, proposed, len(outdated))
    return [*lines, f"sent in {took:.0f} s", *(each for each in sent.refused if OUTDATED not in each)], faults


def senders(house: StormHouse, messages: list[Message], sent: Sent, rng: random.Random) -> list[ListSender]:
    """Give each hospital a key and its messages in a random order, and let all begin."""
    hospitals = []
    for code in HOSPITALS:
        key = house.house.finish("manage.py", "issue_key", code).split()[-1]
        own = [each for each in messages if each.hospital == code]
        shuffled, seed = rng.sample(own, k=len(own)), rng.randrange(2**32)
        sender = ListSender(shuffled, port=house.port, key=key, sent=sent, seed=seed)
        hospitals.append(sender)
    for sender in hospitals:
        sender.start()
    return hospitals


def is_sent(sent: Sent, hospitals: list[ListSender], number: float) -> bool:
    """Whether so many messages are acknowledged, or nobody sends any more."""
    return len(sent.acknowledged) >= number or not any_alive(hospitals)


def any_alive(hospitals: list[ListSender]) -> bool:
    """Whether somebody still sends."""
    return any(map(Thread.is_alive, hospitals))


def wrong_levels(steps: list[Step]) -> int:
    """How many steps have another level than the plan gives their numbers."""
    asked = "".join(
        json.dumps({"illness_count": each.ill, "death_count": each.dead}) + "\n" for each in steps
    )
    command = [sys.executable, "manage.py", "classify"]
    said = subprocess.run(command, cwd=ROOT, env={}, input=asked, capture_output=True, text=True, check=True)
    levels = [json.loads(line)["level"] for line in said.stdout.splitlines()]
    return sum(each.level != level for each, level in zip(steps, levels, strict=True))


def is_whole(house: StormHouse) -> bool:
    """Whether the product finds its own evidence whole."""
    try:
        house.house.finish("manage.py", "verify_audit")
    except Died as broken:
        say(str(broken))
        return False
    return True


def told(books: Books, sent: Sent, cohort: Cohort, proposed: int, outdated: int) -> list[str]:
    """What happened, in lines."""
    counts = {
        "patients who fell ill": len({each.pupil for records in cohort.lists.values() for each in records}),
        "hospitals' lists, one for each school": len(cohort.lists),
        **books.counts,
        "pairs of records proposed as one patient": proposed,
        "lists overtaken by their correction and refused": outdated,
    }
    levels = Counter(each.level for each in books.steps)
    return [
        *(f"{number:>8,}  {name}" for name, number in counts.items()),
        "",
        "steps     " + ", ".join(f"{level}: {number}" for level, number in levels.items()),
        "answers   " + ", ".join(f"{name}: {number:,}" for name, number in sorted(sent.answers.items())),
    ]


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m ops.sakai", description=__doc__)
    parser.add_argument("--patients", type=int, default=6_000)
    parser.add_argument("--schools", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    parser.add_argument("--write", action="store_true", help="write docs/sakai.md")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    prepare_terminal()
    exit_when_told()
    try:
        sys.exit(main(parsed(sys.argv[1:])))
    except (Missing, CannotStart, Died) as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        sys.exit(130)
