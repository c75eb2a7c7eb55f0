"""`make docs`: write the generated documents anew and print which rows of the coverage changed: `python -m ops.coverage`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.repository.plan_coverage import document, problems
from tests.repository.response_docs import documents

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "plan-coverage.md"


def main() -> int:
    """Write the table and the documents on the response, print the lines that differ from the last one, and what is wrong; 1 if anything is."""
    before = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    after = document()
    DOCUMENT.write_text(after, encoding="utf-8")
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
    for line in changes(before, after):
        print(line)
    for trouble in problems():
        print(f"!! {trouble}")
    return 1 if problems() else 0


def changes(before: str, after: str) -> Iterator[str]:
    """Yield a line for each row that changed: what came and what went; says so if no row did."""
    old, new = table(before), table(after)
    changed = [number for number in new if old.get(number) != new[number]]
    for number in changed:
        went, came = set(old.get(number, ())), set(new[number])
        yield f"row {number}: " + "; ".join(
            [f"- {part}" for part in sorted(went - came)] + [f"+ {part}" for part in sorted(came - went)]
        )
    if not changed:
        yield f"{DOCUMENT.name}: no row changed"


def table(text: str) -> dict[str, list[str]]:
    """State, carriers and tests of each row of a written table, by row number."""
    cells = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {row[0]: ", ".join(filter(None, row[3:])).split(", ") for row in cells if row[0].isdigit()}


if __name__ == "__main__":
    sys.exit(main())
