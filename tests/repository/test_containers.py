"""The container files against the Compose specification, a linter, and the commands that `make run` starts.

No container engine is needed, and none has run them here.
"""

import copy
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.core.management import get_commands, load_command_class

from ops import parts

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "tests" / "vendor" / "compose-spec" / "compose-spec.json").read_text())
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMMANDS = {"prepare", "web", "worker", "beat", "clock"}
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)([^}]*)\}")
SECRET = re.compile(r"PASSWORD|KEY$|SECRET|AUTH")
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
KEPT_RUNNING = {name for name, service in OURS.items() if service["restart"] == "unless-stopped"}


def instructions() -> Iterator[tuple[str, str]]:
    for line in DOCKERFILE.replace("\\\n", "").splitlines():
        if line and not line.startswith("#"):
            word, _space, rest = line.partition(" ")
            yield word, rest


def test_the_compose_file_follows_the_specification() -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(COMPOSE)
    for service, key in (("web", "comand"), ("database", "volume")):
        wrong = copy.deepcopy(COMPOSE)
        wrong["services"][service][key] = ["x"]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(SCHEMA).validate(wrong)


# Empty where an installation does without the channel.
OF_CHANNELS = {"EMAIL_HOST_PASSWORD", "SMS_GATEWAY_AUTHORIZATION", "SMS_RECEIPT_SECRET"}


def test_no_secret_has_a_default() -> None:
    named = VARIABLE.findall(TEXT)
    secrets = {name for name, _rest in named if SECRET.search(name)}
    assert secrets == {
        "APP_DATABASE_PASSWORD",
        "OWNER_DATABASE_PASSWORD",
        "REDIS_PASSWORD",
        "SECRET_KEY",
        "INTAKE_KEY",
        *OF_CHANNELS,
    }
    assert {rest[:2] for name, rest in named if name in secrets - OF_CHANNELS} == {":?"}
    assert all(f"${{{name}:-}}" in TEXT for name in OF_CHANNELS)
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            if SECRET.search(name):
                assert VARIABLE.match(value), name


def test_each_service_starts_a_command_that_make_run_knows() -> None:
    assert ("ENTRYPOINT", '["python", "-m", "ops.parts"]') in instructions()
    started = {name: service["command"][0] for name, service in OURS.items() if "command" in service}
    assert set(started.values()) == COMMANDS
    for name in set(OURS) - set(started):
        assert OURS[name]["entrypoint"] == ["python", "-m", f"ops.{name}"]
        assert (ROOT / "ops" / f"{name}.py").is_file()
    assert ("CMD", '["web"]') in instructions()


def test_containers_and_make_run_start_the_same_processes() -> None:
    """`ops.house` starts what `ops.parts` names; so does the entry point, whose words the services use."""
    house = (ROOT / "ops" / "house.py").read_text()
    for part in ("CLOCK", "WORKER", "BEAT", "PREPARE", "web("):
        assert f"parts.{part}" in house
        assert hasattr(parts, part.rstrip("("))


def test_two_workers_two_clocks_and_one_beat() -> None:
    clocks = [service["command"] for service in OURS.values() if service.get("command", [""])[0] == "clock"]
    assert len({tuple(command) for command in clocks}) == len(clocks) == 2
    for command in clocks:
        assert options_of(parts.CLOCK[1], command[1:])["name"] == command[2]
    assert SERVICES["worker"]["deploy"]["replicas"] == 2
    assert [name for name, service in OURS.items() if service.get("command") == ["beat"]] == ["beat"]


def options_of(command: str, arguments: list[str]) -> dict[str, Any]:
    """What a management command makes of these arguments; it exits when it does not know them."""
    loaded = load_command_class(get_commands()[command], command)
    return vars(loaded.create_parser("manage.py", command).parse_args(arguments))


def test_every_process_is_watched_by_a_command_that_exists() -> None:
    assert {"web", "worker", "beat", "clock-1", "clock-2"} == KEPT_RUNNING
    for name in KEPT_RUNNING | {"database", "broker"}:
        check = SERVICES[name]["healthcheck"]["test"]
        assert check[0] in {"CMD", "CMD-SHELL"}
        if "manage.py" in check:
            told = options_of(check[3], check[4:])
            assert told["name"] == (name if name.startswith("clock") else "sweep")


def test_our_containers_may_do_nothing_they_need_not() -> None:
    for service in OURS.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["tmpfs"] == ["/tmp", "/app/var"]  # noqa: S108  inside the container
    assert parts.BEAT_FILE.is_relative_to(ROOT / "var")
    (user,) = [rest for word, rest in instructions() if word == "USER"]
    assert int(user) > 1000


def test_only_the_web_server_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]
    # What sends messages reaches out; nothing is opened for it to be reached by.
    outside = {name for name, service in SERVICES.items() if "outside" in service["networks"]}
    assert outside == {"web", "worker", "clock-1", "clock-2"}
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["web"]["ports"] == ["${WEB_ADDRESS:-127.0.0.1:8000}:8000"]


def test_only_the_owner_may_change_tables() -> None:
    owners = {
        name for name, service in OURS.items() if "ningbo_owner" in service["environment"]["DATABASE_URL"]
    }
    assert owners == {"prepare", "backup", "restore"}
    assert parts.GRANT[1] in get_commands()


def test_the_linter_has_nothing_to_say_about_the_dockerfile() -> None:
    linter = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if linter is None:
        pytest.skip("hadolint comes as a wheel for Linux on x86-64 only")
    done = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_nothing_private_gets_into_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".env", ".git", "var", "backup", "tests"} <= set(ignored)
