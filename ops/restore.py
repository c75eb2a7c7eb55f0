"""`make restore FILE=…`: fill an empty database from a backup, and prove it whole: `python -m ops.restore FILE`.

A database that holds anything is refused. Everything that ran out meanwhile fires once, when the clocks start.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from ops.binaries import Missing
from ops.database import ROOT, VAR, Database, Refused, beside, cluster, reached
from ops.keys import keep_secrets, kept_secrets
from ops.photos import archive, unpack
from ops.postgres import CannotStart
from ops.servers import Env, child_env, exit_when_told
from ops.terminal import done, prepare_terminal, say

OPTIONS = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--no-comments")
HELD = """SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'S', 'v', 'm') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')"""
AFTERWARDS = (("migrate", "--no-input", "--verbosity", "0"), ("verify_audit",), ("verify_photos",))
KEYS = ("SECRET_KEY", "INTAKE_KEY")
# What `make run` does only in a database that it began itself.
BEGUN = ("demo-accounts", "demo-story")


def main(arguments: list[str]) -> int:
    """Restore and verify; the exit status of the verification."""
    usage = argparse.ArgumentParser(description=__doc__)
    usage.add_argument("file", type=Path)
    file: Path = usage.parse_args(arguments).file.resolve()
    if not file.is_file():
        raise Refused(f"{file} 不存在。There is no such file.")
    take_secrets(beside(file))
    with reached() as database:
        if database.query(HELD) != "0":
            raise Refused(
                "数据库不是空的，未作任何改动。The database is not empty; nothing was changed.\n"
                "请新建一个空数据库再恢复。Restore into a new, empty one."
            )
        database.run("pg_restore", *OPTIONS, file)
        database.query("ANALYZE")
        done(f"已恢复 restored from {file.name}")
        if archive(file).exists():
            done(f"照片 {unpack(archive(file))} photos put back")
        if database.embedded:
            mark_as_begun()
        status = verify(database)
    say("时钟启动后，期间到期的时限各触发一次。Start the clocks: what fell due meanwhile fires once.")
    return status


def take_secrets(path: Path) -> None:
    """Let a built-in database that is only now begun use the keys that were backed up beside the file."""
    if not path.exists():
        say("没有随附密钥 no keys beside it: INTAKE_KEY has to be the one in use when the backup was made")
    elif "DATABASE_URL" in os.environ:
        say(f"密钥在 set SECRET_KEY and INTAKE_KEY from {path}")
    elif not (VAR / "secrets.json").exists():
        VAR.mkdir(mode=0o700, exist_ok=True)
        keep_secrets(VAR / "secrets.json", json.loads(path.read_text()))


def verify(database: Database) -> int:
    """Bring the tables to this version's shape, walk the whole evidence log, open every photo; 1 if anything is broken."""
    kept = kept_secrets(VAR / "secrets.json") if database.embedded else {}
    unused = {"REDIS_URL": "redis://127.0.0.1:6379/0"}
    keys: Env = {name: kept[name] for name in KEYS if name in kept}
    env = child_env({**unused, **keys, **os.environ, "DATABASE_URL": database.url})
    for arguments in AFTERWARDS:
        command = [sys.executable, "manage.py", *arguments]
        if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode != 0:
            return 1
    return 0


def mark_as_begun() -> None:
    """Keep `make run` from making demo accounts and playing its story in a restored database."""
    for mark in BEGUN:
        (cluster().data / mark).touch()
    accounts = VAR / "accounts.txt"
    if not accounts.exists():
        accounts.write_text("账号随备份恢复，密码不变。The accounts and passwords of the backup.\n")


if __name__ == "__main__":
    prepare_terminal()
    exit_when_told()
    try:
        sys.exit(main(sys.argv[1:]))
    except (Missing, Refused, CannotStart) as trouble:
        sys.exit(str(trouble))
