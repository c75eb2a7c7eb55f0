"""The operators' manual speaks of commands, measurements and variables that exist."""

import re
from pathlib import Path

import yaml
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
METRICS = (ROOT / "config" / "metrics.py").read_text(encoding="utf-8")
ROLES = {"ningbo_owner", "ningbo_app"}
# Only within the containers: what they are told has these names outside.
OF_THE_CONTAINERS = {"OWNER_DATABASE_PASSWORD", "REDIS_PASSWORD", "WEB_ADDRESS", "BACKUP_FOLDER"}


def test_every_command_of_the_manual_exists() -> None:
    named = set(re.findall(r"manage\.py (\w+)", MANUAL)) | {"verify_audit", "export_root", "issue_key"}
    assert len(named) > 4
    assert named <= set(get_commands())
    for module in re.findall(r"-m (ops\.\w+)", MANUAL):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file()
    for target in re.findall(r"make (\w+)", MANUAL):
        assert f"\n{target}:" in (ROOT / "Makefile").read_text()


def test_every_measurement_of_the_manual_is_one_that_is_taken() -> None:
    named = set(re.findall(r"ningbo_[a-z_]+", MANUAL)) - ROLES
    taken = {f"ningbo_{name}" for name in re.findall(r'"([a-z_]+)"', METRICS)}
    assert len(named) > 8
    assert named <= taken


def test_every_variable_of_the_containers_is_explained() -> None:
    compose = (ROOT / "docker-compose.yml").read_text()
    asked = set(re.findall(r"\$\{([A-Z_]+)", compose))
    assert {name for name in asked if name not in README + MANUAL} <= OF_THE_CONTAINERS
    for service in yaml.safe_load(compose)["services"].values():
        for name in service["environment"]:
            assert name in README or name.startswith(("POSTGRES_", "REDISCLI_")), name
