"""The product's processes, each by its one command: `python -m ops.parts web|worker|beat|clock|prepare [OPTION…]`.

`make run` starts the same commands under its supervisor; a container or a systemd unit starts one of them by name.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEAT_FILE = ROOT / "var" / "beat" / "schedule"
CELERY = ("-m", "celery", "-A", "config", "--no-color")

PREPARE = (("manage.py", "migrate", "--no-input"), ("manage.py", "load_reference"))
# Where the product runs as a role that owns no table (docs/operations.md).
GRANT = ("manage.py", "grant_app_role")
DRILLS = ("manage.py", "prepare_drills")
CLOCK = ("manage.py", "run_clock")
WORKER = (*CELERY, "worker", "--loglevel", "WARNING", "--concurrency", "2")
BEAT = (*CELERY, "beat", "--loglevel", "WARNING", "--schedule", str(BEAT_FILE), "--pidfile=")


def web(host: str, port: int) -> tuple[str, ...]:
    """The web server. Open streams would hold up its end, so they get five seconds."""
    listen = ("--host", host, "--port", str(port), "--no-access-log")
    # Whether a proxy is to be believed is the settings' to say.
    options = ("--no-proxy-headers", "--timeout-graceful-shutdown", "5")
    return ("-m", "uvicorn", "config.asgi:application", *listen, *options)


def main(part: str, options: list[str]) -> None:
    """Become this part; options are its own, such as a second clock's `--name clock-2`."""
    os.chdir(ROOT)
    BEAT_FILE.parent.mkdir(parents=True, exist_ok=True)
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    commands = {"web": web(host, port), "worker": WORKER, "beat": BEAT, "clock": CLOCK}
    if part == "prepare":
        grants = (GRANT,) if "APP_DATABASE_PASSWORD" in os.environ else ()
        for arguments in (*PREPARE, *grants, DRILLS):
            subprocess.run([sys.executable, *arguments], check=True)
    elif part in commands:
        os.execv(sys.executable, [sys.executable, *commands[part], *options])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main("".join(sys.argv[1:2]), sys.argv[2:])
