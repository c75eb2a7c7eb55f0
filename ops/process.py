"""Start a program so that it cannot outlive this one, and stop it again."""

import contextlib
import ctypes
import enum
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
NOBODY_UID = 65534

libc = ctypes.CDLL(None, use_errno=True)


class RunAs(enum.Enum):
    """The user a program runs as."""

    OURSELVES = "ourselves"
    NOBODY_IN_NAMESPACE = "nobody, in a user namespace of its own"
    NOBODY = "nobody"


def start(
    command: Sequence[str | Path],
    *,
    log: IO[bytes] | int,
    env: Mapping[str, str] | None = None,
    run_as: RunAs = RunAs.OURSELVES,
    death_signal: int = signal.SIGKILL,
    keep_open: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own; it gets `death_signal` when this process dies, however it dies.

    Call it from the main thread only: Linux ties the signal to the thread that started the program.
    """
    # Before `preexec_fn`, and it has to be: a change of user takes the death signal back.
    nobody = NOBODY_UID if run_as is RunAs.NOBODY else None
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        env=dict(env) if env is not None else None,
        start_new_session=True,
        pass_fds=keep_open,
        preexec_fn=before_exec(run_as, death_signal),
        user=nobody,
        group=nobody,
        extra_groups=None if nobody is None else [],
    )


def run(
    command: Sequence[str | Path], *, run_as: RunAs = RunAs.OURSELVES
) -> subprocess.CompletedProcess[str]:
    """Run a short program to its end and keep what it said."""
    nobody = NOBODY_UID if run_as is RunAs.NOBODY else None
    return subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=before_exec(run_as, signal.SIGKILL),
        user=nobody,
        group=nobody,
        extra_groups=None if nobody is None else [],
    )


def before_exec(run_as: RunAs, death_signal: int) -> Callable[[], None]:
    """What the child does between fork and exec."""
    parent, uid, gid = os.getpid(), os.geteuid(), os.getegid()

    def prepare() -> None:
        if run_as is RunAs.NOBODY_IN_NAMESPACE:
            enter_namespace(uid, gid)
        libc.prctl(PR_SET_PDEATHSIG, death_signal)
        # In a new session the parent stays the same process, so another parent means ours died before the call.
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def enter_namespace(uid: int, gid: int) -> None:
    """Become nobody in a user namespace of one user: files stay ours, and no folder need be opened to others."""
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY_UID} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{NOBODY_UID} {gid} 1")


def die_with_parent(death_signal: int) -> None:
    """Ask for `death_signal` when the process that started this one dies."""
    libc.prctl(PR_SET_PDEATHSIG, death_signal)


def is_running(pid: int, program: str) -> bool:
    """Whether this process lives and is that program, and not another one that got its number since."""
    try:
        return program.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def known_to_the_system(uid: int) -> bool:
    """Whether a user has an entry in the password file, without which PostgreSQL does not start."""
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def stop(process: subprocess.Popen[bytes], *, sign: int, wait_s: float) -> None:
    """Ask a program to stop; after `wait_s` make it, and everything it started."""
    stop_together({process: sign}, wait_s=wait_s)


def stop_together(processes: Mapping[subprocess.Popen[bytes], int], *, wait_s: float) -> None:
    """Ask programs to stop, each by its own signal; after `wait_s` make them, and everything they started."""
    for process, sign in processes.items():
        process.send_signal(sign)
    limit = time.monotonic() + wait_s
    try:
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, limit - time.monotonic()))
    finally:
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
