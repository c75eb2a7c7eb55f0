"""Every action the code writes into the evidence log has a name for readers, and no name is left over."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

from response.chronicle_labels import ACTIONS, UNSAID

ROOT = Path(__file__).resolve().parents[2]
APPS = settings.HOUSE_APPS
# In the form of an action but none: the salt of hashed addresses.
OTHERS = {"accounts.logins"}
ACTION = re.compile(rf"({'|'.join(APPS)})\.[a-z_]+")


def sources() -> Iterator[Path]:
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts and path.name != "chronicle_labels.py":
                yield path


def written_actions() -> set[str]:
    """Every string of the code in the form of an action that names neither a model nor a module."""
    models = {model._meta.label_lower for model in apps.get_models()}
    words = {
        node.value
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACTION.fullmatch(node.value)
    }
    return {word for word in words - models - OTHERS if importlib.util.find_spec(word) is None}


def test_every_action_has_a_name_and_every_name_an_action() -> None:
    assert written_actions() == set(ACTIONS)
    assert set(UNSAID) <= set(ACTIONS)
