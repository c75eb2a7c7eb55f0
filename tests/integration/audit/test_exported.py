"""Roots that were kept elsewhere find a log that was rewritten as a whole, its own roots included (5.1)."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.clock import database_now
from audit.exported import Unreadable, as_json, as_page, from_json, from_line
from audit.models import DailyRoot
from audit.roots import roll_daily_root
from tests.support.evidence import age, broken_links, rechain, reroll, tamper, write

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.clause(90)]

TOUCHED, UNTOUCHED = "incident:2026-0001", "incident:2026-0002"
PAGE_LINES, PAGE_COLUMNS = 40, 80


def roll(days: int) -> DailyRoot:
    made = roll_daily_root(at=database_now() + timedelta(days=days))
    assert made is not None
    return made


def said(command: str, *arguments: str) -> tuple[int, list[str]]:
    out = StringIO()
    try:
        call_command(command, *arguments, stdout=out)
    except SystemExit as stopped:
        return int(str(stopped.code)), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def broken(lines: list[str]) -> list[str]:
    return [line.partition(": ")[0] for line in lines if line.startswith("BROKEN")]


@pytest.fixture
def kept(committed_db: str, tmp_path: Path) -> str:
    """The file that an office keeps of a day on which two chains moved."""
    for _ in range(5):
        write(TOUCHED)
        write(UNTOUCHED)
    for chain in (TOUCHED, UNTOUCHED, "system"):
        age(chain, days=2)
    roll(0)
    said("export_root", "--out", str(tmp_path / "root.json"))
    return str(tmp_path / "root.json")


def rewrite() -> None:
    tamper("UPDATE audit_auditevent SET payload = '{}' WHERE chain = %s AND seq = 2", TOUCHED)
    rechain(TOUCHED)
    reroll()


def cut() -> None:
    tamper("DELETE FROM audit_auditevent WHERE chain = %s AND seq > 3", TOUCHED)
    rechain(TOUCHED)
    reroll()


def erase() -> None:
    tamper("DELETE FROM audit_auditevent WHERE chain = %s", TOUCHED)
    tamper("DELETE FROM audit_chainhead WHERE chain = %s", TOUCHED)
    reroll()


@pytest.mark.parametrize(("forge", "place"), [(rewrite, 5), (cut, 3), (erase, 0)])
def test_a_forged_chain_is_found_only_by_the_root_kept_elsewhere(
    forge: Callable[[], None], place: int, kept: str
) -> None:
    forge()
    assert broken_links() == []
    assert said("verify_audit")[0] == 0
    status, lines = said("verify_audit", "--root", kept)
    assert status == 1
    assert broken(lines) == ["BROKEN daily roots #1", f"BROKEN {TOUCHED} #{place}"]


def test_the_hash_alone_finds_that_something_was_forged(kept: str) -> None:
    root = DailyRoot.objects.get()
    rewrite()
    status, lines = said("verify_audit", "--root", f"{root.on}:{root.root}")
    assert (status, broken(lines)) == (1, ["BROKEN daily roots #1"])


def test_a_log_set_back_to_before_the_root_is_found(kept: str) -> None:
    tamper("DELETE FROM audit_auditevent")
    tamper("DELETE FROM audit_chainhead")
    tamper("DELETE FROM audit_dailyroot")
    status, lines = said("verify_audit", "--root", kept)
    assert (status, broken(lines)) == (
        1,
        ["BROKEN daily roots #0", f"BROKEN {TOUCHED} #0", f"BROKEN {UNTOUCHED} #0", "BROKEN system #0"],
    )


def test_what_is_younger_than_the_root_is_told_and_no_fault(kept: str) -> None:
    write(TOUCHED)
    write("incident:2026-0003")
    status, lines = said("verify_audit", "--root", kept)
    assert status == 0
    assert [line.partition(": ")[0] for line in lines if line.startswith("unanchored")] == [
        f"unanchored {TOUCHED} #6–#6",
        "unanchored incident:2026-0003 #1–#1",
        "unanchored system #2–#2",
    ]
    assert not any(line.startswith("unanchored") for line in said("verify_audit")[1])


def test_a_later_root_vouches_for_the_days_before_it(kept: str) -> None:
    later = roll(1)
    assert TOUCHED not in later.heads
    lines = said("verify_audit", "--root", f"{later.on}:{later.root}")[1]
    assert [line.split()[1] for line in lines if line.startswith("unanchored")] == ["system"]


def test_files_of_several_days_name_what_each_day_moved(kept: str, tmp_path: Path) -> None:
    write(UNTOUCHED)
    roll(1)
    said("export_root", "--out", str(tmp_path / "second.json"))
    rewrite()
    one, both = ["--root", str(tmp_path / "second.json")], ["--root", kept]
    assert broken(said("verify_audit", *one)[1]) == ["BROKEN daily roots #2"]
    assert f"BROKEN {TOUCHED} #5" in broken(said("verify_audit", *one, *both)[1])


def test_a_root_is_exported_once_and_by_day(kept: str, tmp_path: Path) -> None:
    first = DailyRoot.objects.get()
    write(TOUCHED)
    roll(1)
    assert from_json("\n".join(said("export_root", "--on", str(first.on))[1])).root == first.root
    with pytest.raises(CommandError, match="not overwritten"):
        call_command("export_root", "--out", kept)
    with pytest.raises(CommandError, match="no root of that day"):
        call_command("export_root", "--on", "2021-09-30")


def test_the_page_fits_on_one_sheet_and_can_be_typed_back(kept: str) -> None:
    root = DailyRoot.objects.get()
    page = as_page(root).splitlines()
    assert len(page) < PAGE_LINES
    assert max(map(len, page)) < PAGE_COLUMNS
    assert said("export_root", "--page")[1] == page
    (line,) = [line for line in page if line.lstrip().startswith(f"{root.on}:")]
    assert from_line(line).root == root.root
    typed = f"{root.on}: {root.root[:8].upper()} {root.root[8:]}"
    assert from_line(typed) == from_line(line)


@pytest.mark.parametrize("field", ["on", "prev_root", "root", "heads", "format"])
def test_a_file_that_was_changed_is_refused(field: str, kept: str) -> None:
    content = json.loads(as_json(DailyRoot.objects.get()))
    changed = {"on": "2026-01-01", "heads": content["heads"][1:]}.get(field, "0" * 64)
    with pytest.raises(Unreadable):
        from_json(json.dumps(content | {field: changed}))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "ningbo-evidence-root/1", "on": 5}'])
def test_what_is_no_exported_root_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        from_json(text)


def test_a_root_that_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="expected a file of export_root"):
        call_command("verify_audit", "--root", "no-such-file")
    (tmp_path / "root.json").write_text("{}")
    with pytest.raises(CommandError, match="it is no exported root"):
        call_command("verify_audit", "--root", str(tmp_path / "root.json"))
