"""The machine a measurement was made on, in words that name no host and no folder; and the document it goes into."""

import os
import platform
import textwrap
from pathlib import Path

from ops.binaries import find_binaries
from ops.process import RunAs, run
from ops.run import ROOT


def machine() -> list[str]:
    """Cores, memory, kernel, programs, and how busy the machine is now."""
    postgres = run([find_binaries().postgres_bin / "postgres", "--version"], run_as=RunAs.OURSELVES).stdout
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    database = postgres.strip().rpartition("(")[2].replace(")", "")
    return [
        f"{os.cpu_count()} cores, {processor()}, {memory_gb:.0f} GiB",
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, {database}",
        f"load before: {os.getloadavg()[0]:.1f}",
    ]


def processor() -> str:
    """The processor's name as the kernel gives it."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def write_document(name: str, introduction: str, output: str) -> None:
    """Write a page of `docs/`: what was done, and what the command said."""
    text = f"{textwrap.dedent(introduction).strip()}\n\n```\n{output.strip()}\n```\n"
    (ROOT / "docs" / name).write_text(text, encoding="utf-8")
