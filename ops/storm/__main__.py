"""`make storm`: start the real processes, arm thousands of stages, report, strike, count: `python -m ops.storm`."""

import argparse
import math
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from ops.binaries import Missing
from ops.machine import machine, write_document
from ops.postgres import CannotStart
from ops.servers import exit_when_told
from ops.storm.books import ALLOWED, Books, count_books, is_settled, waiting
from ops.storm.faults import Blow, storm
from ops.storm.hospitals import Hospital, Plan, Sent
from ops.storm.house import StormHouse, is_empty, storm_house
from ops.storm.receivers import SECRET, SETTINGS, Letters, receivers
from ops.supervisor import Died
from ops.terminal import done, prepare_terminal, say

HOSPITALS = ("hosp-yinzhou-people", "hosp-first", "hosp-cixi-people")
ARMED_PER_S = 5.0
ARMING_LIMIT_S = 300.0
SETTLING_LIMIT_S = 120.0

INTRODUCTION = """
    # The storm

    `make storm` starts web, two workers, beat and two clocks by the commands of `make run`, on a PostgreSQL and a broker of
    their own with the settings of `make run`. Three hospitals arm incidents at Ⅲ through the API, with 事发 placed so that
    stages of 5.1(8) fall due during the run, and go on reporting without a pause; what gets no answer or a 5xx is sent again
    under the same Idempotency-Key. A receiver of webhooks and a mail server take what goes outside, refuse one in fifty and
    answer one in fifty late. Meanwhile one fault after the other strikes, in random order. Then everything settles and
    the books are counted by SQL, from the legs' own times and not from what the clocks said they did.

    A stage is late from the moment it is due, its clock committed, and the database there (for a stage that fell due within
    {allowed:g} s before the database went away, or while it was away, from the moment the server takes connections again), until the
    commit of its event. “With outages” counts the outages too.

    Written by `python -m ops.storm --write`.
"""


@dataclass(frozen=True)
class Outcome:
    """What came of it: the books, what the hospitals saw, whether the evidence verifies, who is left."""

    books: Books
    sent: Sent
    verified: str
    is_whole: bool


def main(options: argparse.Namespace) -> int:
    """Run the storm; 1 unless every count that has to be zero is, and nothing was late."""
    output = [*machine(), f"seed {options.seed}, {options.seconds:g} s of faults", ""]
    rng = random.Random(options.seed)  # noqa: S311  a storm, not a secret
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ningbo-storm-") as folder:
        with receivers(options.seed) as letters, storm_house(Path(folder), told_where(letters)) as house:
            outcome = weather(house, options, rng, letters)
        is_left = not is_empty(Path(folder))
    faults = zeros(outcome) | {"processes left": int(is_left)}
    is_late = outcome.books.late > ALLOWED.total_seconds()
    output += told(outcome, faults)
    output += ["", f"{time.monotonic() - began:.0f} s in all"]
    has_failed = is_late or any(faults.values())
    output += ["FAILED" if has_failed else "all zeros, nothing late"]
    say("\n" + "\n".join(output))
    if options.write:
        write_document("storm.md", INTRODUCTION.format(allowed=ALLOWED.total_seconds()), "\n".join(output))
    return 1 if has_failed else 0


def weather(house: StormHouse, options: argparse.Namespace, rng: random.Random, letters: Letters) -> Outcome:
    """Arm, strike, wait until all is settled, count."""
    done("house 网站、两个任务进程、节拍、两个时钟")
    sent = Sent()
    # Two people, one of whom leads: what nobody acknowledges climbs to the one.
    house.house.finish("manage.py", "create_account", "storm-member", "职员", "city-fso")
    house.house.finish("manage.py", "create_account", "storm-lead", "管理员", "city-fso", "--manager")
    for arguments in addresses(letters):
        house.house.finish("manage.py", "add_contact", *arguments)
    hospitals = send_hospitals(house, options, rng, sent)
    house.tend_until(lambda: all(each.has_armed.is_set() for each in hospitals), ARMING_LIMIT_S)
    done(f"{len(sent.acknowledged)} incidents at Ⅲ")
    blows = storm(house, seconds=options.seconds, rng=rng)
    sent.broke_off = sum(not each.is_alive() or not each.has_armed.is_set() for each in hospitals)
    for hospital in hospitals:
        hospital.is_over.set()
    house.tend_until(lambda: not any(each.is_alive() for each in hospitals), SETTLING_LIMIT_S)
    settle(house)
    done("settled")
    sent.letters = list(letters.taken)
    return count(house, blows, sent)


def settle(house: StormHouse) -> None:
    """Wait until nothing waits any more, for as long as less and less does: slow is not lost, what stands still is.

    An address gets one letter at a time, rests after a refusal, and waits for the lease of a sender that was killed.
    """
    before = math.inf
    while not house.tend_until(lambda: is_settled(house.database_url), SETTLING_LIMIT_S):
        left = waiting(house.database_url)
        if left >= before:
            return
        before = left


def told_where(letters: Letters) -> dict[str, str]:
    """The settings by which the house finds the receivers; an alarm climbs within the storm."""
    return {
        **SETTINGS,
        "EMAIL_PORT": str(letters.mail_port),
        "CONTACT_SECRET": SECRET,
        "CLIMB_AFTER_MIN": "1,2",
    }


def addresses(letters: Letters) -> list[tuple[str, ...]]:
    """Offices with an address outside: of the city, which hears of every late leg, and of two counties."""
    web = f"http://127.0.0.1:{letters.http_port}"
    return [
        ("city-duty", "webhook", f"{web}/duty"),
        ("city-fso", "email", "fso@storm.example.org"),
        ("city-fso", "email", "member@storm.example.org", "--person", "storm-member"),
        ("city-fso", "email", "lead@storm.example.org", "--person", "storm-lead"),
        ("330212-gov", "webhook", f"{web}/gov"),
        ("330203-gov", "email", "gov@storm.example.org"),
    ]


def send_hospitals(
    house: StormHouse, options: argparse.Namespace, rng: random.Random, sent: Sent
) -> list[Hospital]:
    """Give each hospital a key and let it begin."""
    arming_s = options.incidents / ARMED_PER_S
    plan = Plan(options.incidents // len(HOSPITALS), arming_s, arming_s + options.seconds)
    keys = [house.house.finish("manage.py", "issue_key", code).split()[-1] for code in HOSPITALS]
    hospitals = [
        Hospital(port=house.port, key=key, plan=plan, sent=sent, seed=rng.randrange(2**32)) for key in keys
    ]
    for hospital in hospitals:
        hospital.start()
    return hospitals


def count(house: StormHouse, blows: list[Blow], sent: Sent) -> Outcome:
    """Count the books by SQL, and let the product verify its own evidence."""
    books = count_books(house.database_url, blows, sent)
    try:
        said, is_whole = house.house.finish("manage.py", "verify_audit"), True
    except Died as broken:
        said, is_whole = str(broken), False
    return Outcome(books, sent, said.strip(), is_whole)


def zeros(outcome: Outcome) -> dict[str, int]:
    """Everything that has to be zero."""
    sent = outcome.sent
    return {
        **outcome.books.zeros,
        "reports refused": len(sent.refused),
        "reports never answered": len(sent.unanswered),
        "reports answered in two ways": len(sent.contradicted),
        "hospitals that broke off": sent.broke_off,
        "verify_audit found the evidence broken": int(not outcome.is_whole),
    }


def told(outcome: Outcome, faults: dict[str, int]) -> list[str]:
    """The outcome in lines."""
    books, sent = outcome.books, outcome.sent
    lines = [f"{number:>8,}  {name}" for name, number in books.counts.items()]
    lines += ["", "has to be zero"]
    lines += [f"{number:>8,}  {name}" for name, number in faults.items()]
    lines += ["", "lateness of stages"]
    lines += [
        f"{books.late_p50:8.3f} s  half of them",
        f"{books.late_p99:8.3f} s  99 of 100",
        f"{books.late:8.3f} s  greatest; {ALLOWED.total_seconds():g} s are allowed",
        f"{books.late_with_outage:8.3f} s  greatest with outages",
    ]
    lines += ["", f"{'fault':32}{'times':>6}{'longest':>10}{'fired':>8}{'latest':>10}"]
    for blow in books.blows:
        latest = f"{blow.latest_s:8.3f} s" if blow.latest_s is not None else "-"
        lines += [f"{blow.what:32}{blow.times:>6}{blow.longest_s:>8.1f} s{blow.fired:>8}{latest:>10}"]
    lines += ["", "fired by  " + ", ".join(f"{name} {number:,}" for name, number in books.sources.items())]
    lines += [
        "answers   " + ", ".join(f"{name}: {number:,}" for name, number in sorted(sent.answers.items()))
    ]
    return [*lines, *(f"evidence  {line}" for line in outcome.verified.splitlines()), *sent.refused]


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m ops.storm", description=__doc__)
    parser.add_argument("--seconds", type=float, default=110, help="how long faults strike (default: 110)")
    parser.add_argument(
        "--incidents", type=int, default=180, help="incidents armed before it begins (default: 180)"
    )
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    parser.add_argument("--write", action="store_true", help="write docs/storm.md")
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
