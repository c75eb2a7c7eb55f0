"""The embedded broker: Valkey, reached only from this machine and only with its password."""

import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ops.process import start


@dataclass(frozen=True)
class Broker:
    server: Path
    data: Path
    password: str
    durable: bool = True

    def url(self, port: int, database: int = 0) -> str:
        return f"redis://:{self.password}@127.0.0.1:{port}/{database}"


def serve(
    broker: Broker, *, port: int, log: IO[bytes], keep_open: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start the broker. It writes every command to disk and forgets nothing for want of memory, or tasks are lost."""
    broker.data.mkdir(parents=True, exist_ok=True)
    config = broker.data / "valkey.conf"
    config.touch(mode=0o600)
    # In a file, because a command line shows in the list of processes.
    config.write_text(
        f'bind 127.0.0.1\nport {port}\ndir "{broker.data}"\nrequirepass {broker.password}\n'
        f'appendonly {"yes" if broker.durable else "no"}\nsave ""\nmaxmemory-policy noeviction\n'
    )
    command = [broker.server, config]
    return start(command, log=log, death_signal=signal.SIGTERM, keep_open=keep_open)
