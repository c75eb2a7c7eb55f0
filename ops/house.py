"""What runs in this house: database, broker, web, worker, beat and clock, and what they are told."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ops import parts, postgres, valkey
from ops.binaries import find_binaries
from ops.keys import Secrets, kept_secrets
from ops.ports import answers, first_free, is_free, private_port
from ops.process import start
from ops.servers import Env, child_env
from ops.supervisor import Died, Supervisor
from ops.terminal import done

DEFAULT_PORT = 8000
PORTS_TRIED = 50
HIGHEST_PORT = 65_535
DEMO_STORY = "demo/longkhanh.yaml"
PYTHON_ALARMS = r"(?<!%)\b(WARNING|ERROR|CRITICAL)\b|^Traceback"
# A refused or mistyped address is a warning to Django and everyday life to a web server.
WEB_ALARMS = r"\b(ERROR|CRITICAL)\b|^Traceback"
POSTGRES_ALARMS = r"\b(FATAL|PANIC):"
BROKER_ALARMS = r"Fatal|can't|Can't|OOM|MISCONF"


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{'127.0.0.1' if self.host == '0.0.0.0' else self.host}:{self.port}/"  # noqa: S104


def choose_address() -> Address:
    """PORT as told, or the first free port from 8000 on; HOST as told, or this machine only."""
    host = os.environ.get("HOST", "127.0.0.1")
    if "PORT" in os.environ:
        told = os.environ["PORT"]
        if not told.isdecimal() or not 0 < int(told) <= HIGHEST_PORT:
            raise Died(f"PORT 不是端口号。PORT is not a port number: {told!r}")
        port = int(told)
        if not is_free(port, host):
            raise Died(
                f"端口 {port} 已被占用。Port {port} is taken; name another one: make run PORT={port + 1}"
            )
        return Address(host, port)
    free = first_free(DEFAULT_PORT, host=host, tries=PORTS_TRIED)
    if free is None:
        raise Died("8000 起的端口都被占用。No free port from 8000 on; name one: make run PORT=9000")
    return Address(host, free)


@dataclass
class House:
    """One checkout's running installation."""

    root: Path
    var: Path
    supervisor: Supervisor
    lock: int
    address: Address
    env: Env = field(default_factory=dict)
    data: Path = field(init=False)

    @property
    def accounts(self) -> Path:
        return self.var / "accounts.txt"

    @property
    def embedded(self) -> bool:
        return "DATABASE_URL" not in os.environ

    def start(self) -> None:
        """Bring everything up in the order in which one needs the other."""
        secrets = kept_secrets(self.var / "secrets.json")
        self.env = self.settings(secrets)
        if self.embedded:
            self.keep_database(secrets)
        if "REDIS_URL" not in os.environ:
            self.keep_broker(secrets)
        self.tell_commands()
        for arguments in parts.PREPARE:
            self.finish(*arguments)
        done("数据表和基础数据 tables and reference data")
        if self.embedded:
            self.make_accounts()
        self.prepare_drills()
        self.keep_processes()
        if self.embedded:
            self.play_demo()

    def settings(self, secrets: Secrets) -> Env:
        """The environment of every child; what the operator set stands."""
        defaults = {"ALLOWED_HOSTS": f"127.0.0.1,localhost,{self.address.host}", "PYTHONUNBUFFERED": "1"}
        if self.embedded:
            defaults |= {"EMBEDDED": "1", "SECURE_COOKIES": "0"}
        defaults |= {name: secrets[name] for name in ("SECRET_KEY", "INTAKE_KEY")}
        return {name: os.environ.get(name, value) for name, value in defaults.items()}

    def keep_database(self, secrets: Secrets) -> None:
        cluster = postgres.cluster(
            bin_=find_binaries().postgres_bin,
            data=self.var / "postgres",
            password=secrets["DATABASE_PASSWORD"],
        )
        self.data = cluster.data
        port = private_port()

        def serve(log: IO[bytes]) -> subprocess.Popen[bytes]:
            return postgres.serve(cluster, port=port, log=log, keep_open=[self.lock])

        self.supervisor.keep(
            "database",
            serve,
            ready=lambda: postgres.is_ready(cluster),
            alarming=POSTGRES_ALARMS,
            stop_signal=signal.SIGINT,
        )
        postgres.create_database(cluster, port=port)
        self.env["DATABASE_URL"] = cluster.url(port)
        done("数据库 PostgreSQL")

    def keep_broker(self, secrets: Secrets) -> None:
        broker = valkey.Broker(
            server=find_binaries().valkey_server,
            data=self.var / "valkey",
            password=secrets["BROKER_PASSWORD"],
        )
        port = private_port()

        def serve(log: IO[bytes]) -> subprocess.Popen[bytes]:
            return valkey.serve(broker, port=port, log=log, keep_open=[self.lock])

        self.supervisor.keep("broker", serve, ready=lambda: answers(port), alarming=BROKER_ALARMS)
        self.env["REDIS_URL"] = broker.url(port)
        done("消息代理 Valkey")

    def tell_commands(self) -> None:
        """Let `manage.py` find the database kept here; for its owner only, and not a word about anybody else's."""
        told = self.var / "env.json"
        told.unlink(missing_ok=True)
        if self.embedded:
            with os.fdopen(os.open(told, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump(self.env, file)

    def keep_processes(self) -> None:
        """The web server and the three processes behind it."""
        parts.BEAT_FILE.parent.mkdir(exist_ok=True)
        self.keep_python("clock", parts.CLOCK)
        self.keep_python("worker", parts.WORKER)
        self.keep_python("beat", parts.BEAT)
        web = parts.web(self.address.host, self.address.port)
        self.keep_python("web", web, ready=lambda: answers(self.address.port), alarming=WEB_ALARMS)
        done("网站、任务、节拍、时钟 web, worker, beat, clock")

    def keep_python(
        self,
        name: str,
        arguments: Sequence[str],
        *,
        ready: Callable[[], bool] = lambda: True,
        alarming: str = PYTHON_ALARMS,
    ) -> None:
        def serve(log: IO[bytes]) -> subprocess.Popen[bytes]:
            return self.python(log, *arguments)

        self.supervisor.keep(name, serve, ready=ready, alarming=alarming)

    def python(self, log: IO[bytes], *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, *arguments]
        return start(command, log=log, env=child_env(self.env), keep_open=[self.lock])

    def finish(self, *arguments: str) -> str:
        return self.supervisor.finish(arguments[1], lambda log: self.python(log, *arguments))

    def make_accounts(self) -> None:
        """Create the demo accounts once, and keep their random passwords where only this user can read them."""
        if self.first_time("demo-accounts"):
            printed = self.finish("manage.py", "create_demo_accounts")
            self.accounts.touch(mode=0o600)
            self.accounts.write_text(printed)
            self.supervisor.log("create_demo_accounts").unlink()
            self.finish("manage.py", "load_demo_places")
            self.mark("demo-accounts")
        done("演示账号 demo accounts")

    def play_demo(self) -> None:
        """Play the demo story into a database that has none yet."""
        if self.first_time("demo-story"):
            self.finish("manage.py", "replay", DEMO_STORY, "--keep", "--shift", "now")
            self.mark("demo-story")
        done("演示事件 demo story")

    def prepare_drills(self) -> None:
        """Make databases ready for drills, beside everything else: nobody waits for them."""
        with self.supervisor.fresh_log("prepare_drills").open("ab") as log:
            self.python(log, *parts.DRILLS)

    def first_time(self, what: str) -> bool:
        """Whether this was never done in this database: the mark lies with the data it speaks of."""
        return not (self.data / what).exists()

    def mark(self, what: str) -> None:
        (self.data / what).touch()

    def welcome(self) -> str:
        """Where to go, as whom, and how to stop."""
        lines = ["", f"打开 Open    {self.address.url}"]
        if self.embedded:
            shown = self.accounts.relative_to(self.root)
            lines += [f"账号 Accounts（保存在 kept in {shown}）", self.accounts.read_text().rstrip()]
        else:
            lines += [
                "账号 Accounts 真实数据库，没有演示账号 none made in a real database: docs/operations.md"
            ]
            if "INTAKE_KEY" not in os.environ:
                lines += ["密钥 Keys    var/secrets.json（请另存一份 keep a copy apart from the database）"]
        lines += ["日志 Logs    var/log/", "停止 Stop    Ctrl-C", ""]
        return "\n".join(lines)
