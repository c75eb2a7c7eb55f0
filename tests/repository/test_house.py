"""The house rules that a machine can check in the source itself: sizes, names, docstrings, the shape of actions."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("plan", *settings.HOUSE_APPS, "config", "ops")
# Made on the spot, never committed; hidden folders but `.ci` likewise.
NOT_SOURCE = {"var", "staticfiles", "__pycache__", "node_modules"}

LONGEST_MODULE = 250
LONGEST_BODY = 30
LONG_MODULES = {
    "tests/repository/coverage_rows.py": "one line for each of 191 rows",
    "response/chronicle_labels.py": "one line for each action that the log knows",
}

PART = "a part of an action that has its own `by`"
NO_ACTION = "changes nothing by itself"
STEP = "a step of a change below: the list calls it by position, with `by` and `at` last"
BELOW_ACCOUNTS = "outbox stands below accounts and knows no Actor, only who and which office by name"
SENDER = "the sender acts, named by `source`; time is the database's"
CLOCKS = "the clock acts, named by `source`; only a replay gives `at`"
OTHER_SHAPES = {
    "accounts/actions/logins.py:record_login": "the person who logs in is the one who acts",
    "accounts/actions/logins.py:record_logout": "the person who logs out is the one who acts",
    "accounts/actions/walls.py:open_wall": "the screen that brings the token is the one who acts",
    "accounts/actions/logins.py:record_failed_login": "nobody has been let in who could have acted",
    "accounts/actions/logins.py:hashed": NO_ACTION,
    "incidents/actions/assessing.py:lock": NO_ACTION,
    "incidents/actions/assessing.py:lock_families": NO_ACTION,
    "incidents/actions/assessing.py:lock_with_whole": NO_ACTION,
    "incidents/actions/incidents.py:lock_numbers": NO_ACTION,
    "outbox/actions/messages.py:owe": PART,
    "outbox/actions/messages.py:note_change": PART,
    "outbox/actions/messages.py:note_changes": PART,
    "outbox/actions/messages.py:mark_read": BELOW_ACCOUNTS,
    "outbox/actions/messages.py:acknowledge": BELOW_ACCOUNTS,
    "outbox/actions/messages.py:at_least": NO_ACTION,
    "outbox/actions/receipts.py:note_letter_arrival": BELOW_ACCOUNTS,
    "outbox/actions/receipts.py:open_letter": BELOW_ACCOUNTS,
    "outbox/actions/giving_up.py:give_up": PART,
    "outbox/actions/sending.py:send_due": SENDER,
    "outbox/actions/posting.py:post_next": SENDER,
    "outbox/actions/outcomes.py:note_sent": SENDER,
    "outbox/actions/outcomes.py:note_failed": SENDER,
    "outbox/actions/outcomes.py:entry_of": NO_ACTION,
    "outbox/actions/outcomes.py:leased": NO_ACTION,
    "outbox/actions/climbing.py:climb_due": CLOCKS,
    "reporting/actions/asking_again.py:ask_again_due": CLOCKS,
    "response/actions/reopening.py:flag_patients": PART,
    "response/actions/reopening.py:flag_condition": PART,
    "reporting/actions/clocks.py:arm_after_assessment": STEP,
    "reporting/actions/arming.py:supersede": PART,
    "reporting/actions/arming.py:limb_clocks": NO_ACTION,
    "reporting/actions/arming.py:locked": NO_ACTION,
    "reporting/actions/duties.py:settle_duties": STEP,
    "response/actions/carrying.py:carry_at_split": STEP,
    "response/actions/commands.py:lock_addressee": NO_ACTION,
    "response/actions/reopening.py:flag_reopened": STEP,
    "response/actions/reopening.py:check_nothing_runs": NO_ACTION,
    "reporting/actions/evidence.py:obligation_entries": NO_ACTION,
    "reporting/actions/evidence.py:delivery_entries": NO_ACTION,
    "reporting/actions/evidence.py:entered": NO_ACTION,
    "reporting/actions/evidence.py:explanation_entries": NO_ACTION,
    "reporting/actions/evidence.py:retraction_entry": NO_ACTION,
    "reporting/actions/evidence.py:attempt_entries": NO_ACTION,
    "reporting/actions/evidence.py:stage_entries": NO_ACTION,
    "reporting/actions/documents.py:lock_document": NO_ACTION,
    "response/actions/accountability_log.py:lock_suspected": NO_ACTION,
    "response/actions/accountability_log.py:lock_file": NO_ACTION,
    "response/actions/accountability_log.py:sent_before": NO_ACTION,
    "response/actions/deciding.py:lock_whole": NO_ACTION,
    "response/actions/deciding.py:lock_response": NO_ACTION,
    "response/actions/deciding.py:lock_response_of": NO_ACTION,
    "response/actions/deciding.py:watchers": NO_ACTION,
    "response/actions/deciding.py:office_of": NO_ACTION,
    "reporting/actions/inheriting.py:inherit_at_split": STEP,
    "reporting/actions/refreshing.py:refresh_clocks": PART,
    "reporting/actions/firing.py:fire_due": CLOCKS,
    "reporting/actions/passing.py:offices": NO_ACTION,
    "reporting/actions/passing.py:reached_here": NO_ACTION,
    "reporting/actions/countersigning.py:ask_to_countersign": PART,
    "reporting/actions/tips.py:tipster": NO_ACTION,
    "reporting/actions/passing.py:regulator_of": NO_ACTION,
}

# A host may be named where nothing is fetched from it.
HOSTS = re.compile(r"\bhttps?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)|\bfile://")
KNOWN_HOSTS = {"127.0.0.1": "this machine", "www.w3.org": "a name space, never fetched"}
RESERVED = re.compile(r"(?:^|\.)example(?:\.org)?$")  # names that no machine may bear (RFC 2606)
MACHINE_PATHS = re.compile(r"(?<![\w.~})-])/(?:work|root|home|tmp|opt|mnt)/\w")
PACKAGE_INDEX = re.compile(r"(?:index-url|find-links|trusted-host)\s*=?\s*\S*[:/]")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files(suffix: str = "") -> tuple[Path, ...]:
    """Every source file of the checkout, as paths from its root."""

    def walk(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            hidden = path.name.startswith(".") and path.name != ".ci"
            if path.is_dir() and not hidden and path.name not in NOT_SOURCE:
                yield from walk(path)
            elif path.is_file() and path.suffix != ".pyc":
                yield path.relative_to(ROOT)

    return tuple(path for path in walk(ROOT) if path.name.endswith(suffix))


@cache
def modules() -> dict[str, ast.Module]:
    """Every module but migrations, by its path."""
    return {
        path.as_posix(): ast.parse((ROOT / path).read_text(encoding="utf-8"))
        for path in files(".py")
        if "migrations" not in path.parts
    }


def public_functions(tree: ast.Module) -> Iterator[Function]:
    for node in tree.body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def length_of_body(function: Function) -> int:
    """Lines from the first statement on: a signature of many arguments and a docstring don't count."""
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - statements[0].lineno + 1 if statements else 0


def test_modules_are_short() -> None:
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules()}
    literal = {path for path in lengths if "/data/" in path}
    long = {path for path, length in lengths.items() if length > LONGEST_MODULE} - literal
    assert long - set(LONG_MODULES) == set(), {path: lengths[path] for path in long}
    assert set(LONG_MODULES) - long == set(), "no longer long"


def test_functions_are_short() -> None:
    assert {
        f"{path}:{node.name}": length_of_body(node)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, Function) and length_of_body(node) > LONGEST_BODY
    } == {}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert [
        path for path in modules() if Path(path).stem in {"utils", "util", "helpers", "misc", "common"}
    ] == []


def test_nothing_imports_signals() -> None:
    assert [
        path
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and re.search(r"\bsignals\b|django\.dispatch", ast.unparse(node))
    ] == []


def test_every_public_function_says_what_it_does() -> None:
    assert [
        f"{path}:{function.name}"
        for path, tree in modules().items()
        if path.startswith(PRODUCT)
        for function in public_functions(tree)
        if not ast.get_docstring(function)
    ] == []


def test_actions_take_keywords_and_end_in_by_and_at() -> None:
    other = {
        f"{path}:{function.name}"
        for path, tree in modules().items()
        if re.fullmatch(r"\w+/actions/\w+\.py", path)
        for function in public_functions(tree)
        if not is_shaped_as_action(function)
    }
    assert other - set(OTHER_SHAPES) == set()
    assert set(OTHER_SHAPES) - other == set(), "no longer of another shape"


def is_shaped_as_action(function: Function) -> bool:
    arguments = function.args
    names = [argument.arg for argument in arguments.kwonlyargs]
    return names[-2:] == ["by", "at"] and not (arguments.args or arguments.posonlyargs or arguments.vararg)


@pytest.mark.parametrize(
    ("source", "shaped"),
    [
        ("def end(*, response, by, at): ...", True),
        ("def end(*, by, at): ...", True),
        ("def end(response, *, by, at): ...", False),
        ("def end(*, response, at, by): ...", False),
        ("def end(*, response, by): ...", False),
        ("def end(*responses, by, at): ...", False),
    ],
)
def test_the_shape_of_an_action(source: str, shaped: bool) -> None:
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    assert is_shaped_as_action(function) is shaped


def lines() -> Iterator[tuple[str, str]]:
    """Each line of each text file but files of others, with its place."""
    for path in files():
        if "vendor" in path.parts:
            continue
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            yield f"{path.as_posix()}:{number}", line


def test_no_file_names_a_path_of_one_machine_or_a_package_index() -> None:
    here = "tests/repository/test_house.py"  # holds the patterns
    assert [
        (place, line.strip())
        for place, line in lines()
        if not place.startswith(here) and (MACHINE_PATHS.search(line) or PACKAGE_INDEX.search(line))
    ] == []


def test_no_file_names_a_host_that_is_not_known_here() -> None:
    assert [
        (place, match[0])
        for place, line in lines()
        for match in HOSTS.finditer(line)
        if match[1] not in KNOWN_HOSTS and not RESERVED.search(match[1] or "")
    ] == []
