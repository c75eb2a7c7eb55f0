"""Keep a handful of programs running: start them, start them again when they die, stop them in order."""

import contextlib
import re
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ops.process import stop_together
from ops.servers import START_LIMIT_S
from ops.terminal import say

TICK_S = 0.2
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
SETTLED_AFTER_S = 60.0
LINES_PER_TICK = 5

Starter = Callable[[IO[bytes]], subprocess.Popen[bytes]]


class Died(Exception):
    """A program did not come up; its last words are in the message."""


@dataclass
class Child:
    """A program to keep running, and the lines of its log that a person should see at once."""

    name: str
    start: Starter
    log: Path
    alarming: re.Pattern[str]
    stop_signal: int = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause_s: float = FIRST_PAUSE_S
    retry_at: float | None = None
    read_to: int = 0

    def launch(self) -> None:
        with self.log.open("ab") as log:
            self.process = self.start(log)
        self.started, self.retry_at = time.monotonic(), None

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def tend(self) -> None:
        """Start the program again if it died, later each time it dies soon after its start."""
        now = time.monotonic()
        if not self.is_dead():
            return
        if self.retry_at is None:
            self.pause_s = FIRST_PAUSE_S if now - self.started > SETTLED_AFTER_S else self.pause_s
            self.retry_at = now + self.pause_s
            say(f"[{self.name}] 已退出，{self.pause_s:g} 秒后重启 died, starting again")
            self.pause_s = min(self.pause_s * 2, LONGEST_PAUSE_S)
        elif now >= self.retry_at:
            self.launch()

    def report(self) -> None:
        """Show what is alarming among the lines that the log gained."""
        lines = self.new_lines()
        alarming = [line for line in lines if self.alarming.search(line)]
        for line in alarming[:LINES_PER_TICK]:
            say(f"[{self.name}] {line}")
        if len(alarming) > LINES_PER_TICK:
            say(
                f"[{self.name}] … 另有 {len(alarming) - LINES_PER_TICK} 行，见 more in var/log/{self.log.name}"
            )

    def new_lines(self) -> list[str]:
        with self.log.open("rb") as log:
            log.seek(self.read_to)
            whole = log.read().rpartition(b"\n")
        self.read_to += len(whole[0] + whole[1])
        return whole[0].decode(errors="replace").splitlines()

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


@dataclass
class Supervisor:
    logs: Path
    children: list[Child] = field(default_factory=list)

    def keep(
        self,
        name: str,
        start: Starter,
        *,
        ready: Callable[[], bool] = lambda: True,
        alarming: str,
        stop_signal: int = signal.SIGTERM,
    ) -> None:
        """Start a program, wait until it is ready, and keep it running from then on."""
        log = self.fresh_log(name)
        child = Child(name=name, start=start, log=log, alarming=re.compile(alarming), stop_signal=stop_signal)
        self.children.append(child)
        child.launch()
        limit = time.monotonic() + START_LIMIT_S
        while not ready():
            if child.is_dead() or time.monotonic() > limit:
                raise Died(
                    f"{name} 没有启动。{name} did not start. var/log/{log.name}:\n{child.last_words()}"
                )
            time.sleep(TICK_S / 10)

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def fresh_log(self, name: str) -> Path:
        """An empty log; the one of the run before is kept beside it."""
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.log(name)
        if log.exists():
            log.rename(log.with_suffix(".log.1"))
        log.touch(mode=0o600)
        return log

    def finish(self, name: str, start: Starter) -> str:
        """Run a program to its end, tending the others meanwhile; give what it said or raise what went wrong."""
        log = self.fresh_log(name)
        with log.open("ab") as output:
            process = start(output)
        while process.poll() is None:
            self.tend()
        said = log.read_text(errors="replace")
        if process.returncode != 0:
            raise Died(f"{name} 失败。{name} failed. var/log/{log.name}:\n" + said[-3000:])
        return said

    def tend(self) -> None:
        """One round over all programs."""
        for child in self.children:
            child.tend()
            child.report()
        time.sleep(TICK_S)

    def stop(self, *, last: frozenset[str], wait_s: float) -> None:
        """Stop all programs, those that the others need last."""
        for stage in (False, True):
            leaving = [child for child in self.children if (child.name in last) is stage]
            processes = {c.process: c.stop_signal for c in leaving if c.process is not None}
            with contextlib.suppress(KeyboardInterrupt):
                stop_together(processes, wait_s=wait_s)
