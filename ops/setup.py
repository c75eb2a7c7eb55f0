"""Make `.venv` and install the locked packages into it: `python3 ops/setup.py run|dev`.

Only the standard library, and only syntax that an old Python can still read far enough to be told it is too old.
"""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
OLDEST, NEWEST = (3, 11), (3, 13)
# The lock for development holds every line of the one for running.
COVERED = {"run": ("run",), "dev": ("dev", "run")}


def main(kind: str) -> None:
    """Bring `.venv` to what the lock of this kind (run or dev) says; nothing to do costs nothing."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(
            "需要 Python 3.11、3.12 或 3.13；这里是 {}.{}。\n"
            "Python 3.11 to 3.13 is needed. Name one: make run PYTHON=python3.12".format(
                *sys.version_info[:2]
            )
        )
    (ROOT / "var").mkdir(mode=0o700, exist_ok=True)
    with (ROOT / "var" / "setup.lock").open("w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        bring_up_to_date(kind)


def bring_up_to_date(kind: str) -> None:
    """Install the locked packages of a kind unless this very lock was installed last."""
    wanted = lock_of(kind).read_bytes()
    if works(VENV_PYTHON) and stamp_of(kind).exists() and stamp_of(kind).read_bytes() == wanted:
        return
    if not works(VENV_PYTHON):
        make_venv()
    print("正在安装依赖（首次约一分钟）… Installing the locked packages", flush=True)
    install(lock_of(kind))
    for covered in COVERED[kind]:
        stamp_of(covered).write_bytes(lock_of(covered).read_bytes())


def lock_of(kind: str) -> Path:
    """The lock file of a kind: run or dev."""
    return ROOT / "requirements" / (kind + ".txt")


def stamp_of(kind: str) -> Path:
    """A copy of the lock as it was last installed."""
    return VENV / (kind + ".installed")


def works(python: Path) -> bool:
    """Whether this environment's Python starts and is one of the supported versions."""
    if not python.exists():
        return False
    probe = "import sys, pip; print(*sys.version_info[:2])"
    done = subprocess.run([str(python), "-c", probe], capture_output=True, text=True, check=False)
    return done.returncode == 0 and OLDEST <= tuple(map(int, done.stdout.split())) <= NEWEST


def make_venv() -> None:
    """Create `.venv` afresh, or say which system package is missing."""
    shutil.rmtree(VENV, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if "ensurepip" in done.stdout + done.stderr or "No module named venv" in done.stderr:
        sys.exit(
            "这台机器的 Python 没有 venv。The venv module is missing. On Debian or Ubuntu:\n"
            "    sudo apt-get install python{}.{}-venv".format(*sys.version_info[:2])
        )
    sys.exit("无法建立 .venv。Could not create .venv:\n" + done.stdout + done.stderr)


def install(lock: Path) -> None:
    """Install exactly what the lock names, wheels only, every file checked against its hash."""
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary=:all:", "-r", str(lock)]
    if subprocess.run(command, check=False).returncode != 0:
        sys.exit("依赖安装失败，原因见上。Installing failed, see above; nothing was started.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
