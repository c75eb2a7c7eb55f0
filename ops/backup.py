"""`make backup FILE=…`: copy the whole database into one new file: `python -m ops.backup FILE [--with-secrets]`.

The photos of the public, which lie outside the database, go into a second file beside it, FILE.photos.tar.

The keys are not in it: without INTAKE_KEY nobody reads what hospitals sent. `--with-secrets` writes them into a file
of their own beside it, FILE.secrets.json, to be kept apart.
"""

import argparse
import hashlib
import json
import os
import sys
from pathlib import Path

from ops.binaries import Missing
from ops.database import VAR, Database, Refused, beside, is_embedded, reached
from ops.keys import kept_secrets
from ops.photos import archive, pack
from ops.postgres import CannotStart
from ops.servers import exit_when_told
from ops.terminal import prepare_terminal, say

# Owners and rights belong to the server that it will be restored on; whoever was logged in logs in again.
OPTIONS = ("--format=custom", "--no-owner", "--no-privileges", "--exclude-table-data=django_session")
KEYS = ("SECRET_KEY", "INTAKE_KEY")


def main(arguments: list[str]) -> None:
    """Back up, and say what to keep apart."""
    usage = argparse.ArgumentParser(description=__doc__)
    usage.add_argument("file", type=Path)
    usage.add_argument("--with-secrets", action="store_true")
    given = usage.parse_args(arguments)
    file: Path = given.file.resolve()
    for taken in (file, archive(file), beside(file)):
        if taken.exists():
            raise Refused(f"{taken} 已存在，不覆盖。It is there already and is not overwritten.")
    with reached() as database:
        back_up(database, file)
    say(f"{file}  {file.stat().st_size} bytes")
    say(f"sha256 {sha256(file)}")
    photos = pack(archive(file))
    if photos:
        say(f"{archive(file)}  {photos} photos\nsha256 {sha256(archive(file))}")
    if given.with_secrets:
        write_secrets(beside(file))
        say(f"密钥另存于 the keys are in {beside(file)}：请与备份分开保存 keep it apart from the backup")
    else:
        say(
            "不含密钥 keys not included：请另存 keep INTAKE_KEY apart, without it hospitals' messages stay closed"
        )


def back_up(database: Database, file: Path) -> None:
    """Write one consistent copy, whole or not at all, while everything goes on."""
    fresh = file.with_name(file.name + ".part")
    fresh.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        database.run("pg_dump", *OPTIONS, "--file", fresh)
        fresh.rename(file)
    finally:
        fresh.unlink(missing_ok=True)


def write_secrets(path: Path) -> None:
    """Write the keys, readable by their owner alone."""
    kept = kept_secrets(VAR / "secrets.json") if is_embedded() else {}
    keys = {name: os.environ.get(name) or kept.get(name, "") for name in KEYS}
    missing = [name for name, value in keys.items() if not value]
    if missing:
        raise Refused(f"环境中没有 not in the environment: {', '.join(missing)}")
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(keys, file, indent=2)


def sha256(file: Path) -> str:
    """The hash of a file, to be noted with it."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


if __name__ == "__main__":
    prepare_terminal()
    exit_when_told()
    try:
        main(sys.argv[1:])
    except (Missing, Refused, CannotStart) as trouble:
        sys.exit(str(trouble))
