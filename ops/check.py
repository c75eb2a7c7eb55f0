"""`make check`: what a machine can say about the code: format, lint, types, import directions, migrations, documents."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ops.binaries import Missing
from ops.postgres import CannotStart
from ops.servers import child_env, exit_when_told, throw_away_servers


def tool(name: str) -> str:
    """A program of this environment."""
    return str(Path(sys.executable).parent / name)


CHECKS = (
    ("format", [tool("ruff"), "format", "--check", "."]),
    ("lint", [tool("ruff"), "check", "."]),
    ("import directions", [tool("lint-imports"), "--no-logo"]),
    ("types", [tool("mypy"), "."]),
    ("settings and models", [sys.executable, "manage.py", "check", "--fail-level", "WARNING"]),
    ("missing migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
    # Without the walk over every address for every role, which is a test like others and takes a minute.
    (
        "rules about the code, documents against code",
        [tool("pytest"), "-q", "tests/repository", "--ignore", "tests/repository/test_access.py"],
    ),
)


def main() -> int:
    """Run every check, whatever the ones before said; 1 if any found something."""
    failed = []
    with (
        tempfile.TemporaryDirectory(prefix="ningbo-check-") as folder,
        throw_away_servers(Path(folder)) as env,
    ):
        for name, command in CHECKS:
            print(f"── {name}", flush=True)
            begun = time.monotonic()
            if subprocess.run(command, env=child_env(env), check=False).returncode != 0:
                failed.append(name)
            print(f"   {time.monotonic() - begun:.1f} s", flush=True)
    print("make check: " + ("failed: " + "; ".join(failed) if failed else "all well"))
    return 1 if failed else 0


if __name__ == "__main__":
    exit_when_told()
    try:
        sys.exit(main())
    except (Missing, CannotStart) as trouble:
        sys.exit(str(trouble))
