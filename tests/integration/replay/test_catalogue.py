"""Every action of the product can be played."""

import ast
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from response.replay.catalogue import Action, actions, find_action

ROOT = Path(__file__).resolve().parents[3]


def written() -> set[str]:
    """The actions as their source says: public functions of `actions/` modules that are told the moment."""
    return {
        f"{path.parts[-3]}.{path.stem}.{node.name}"
        for path in ROOT.glob("*/actions/*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if "at" in {each.arg for each in [*node.args.args, *node.args.kwonlyargs]}
    }


def test_every_action_is_listed_as_json() -> None:
    out = StringIO()
    call_command("replay", "--actions", stdout=out)
    listed = json.loads(out.getvalue())
    assert {action["name"] for action in listed["actions"]} == written()
    named = next(each for each in listed["actions"] if each["name"] == "reporting.reports.file_first_report")
    assert named["arguments"] == [
        {"name": "stated", "type": "StatedReport", "required": True},
        {"name": "form_token", "type": "UUID | None", "required": False},
    ]
    assert named["by_and_at"] == ["at", "by"]
    assert named["meaning"]
    assert {"name": "known_at", "type": "datetime", "required": True} in listed["types"]["StatedReport"][
        "fields"
    ]
    assert listed["types"]["IncidentLevel"] == {"one_of": ["I", "II", "III", "IV", "below"]}


@pytest.mark.parametrize("action", actions().values(), ids=lambda action: f"{action.module}.{action.name}")
def test_action_can_be_reached_from_a_storyline(action: Action) -> None:
    assert action.call.__doc__
    for argument in action.arguments:
        assert callable(action.reader(argument))


def test_action_is_found_by_its_bare_name() -> None:
    assert find_action("file_first_report") is find_action("reporting.reports.file_first_report")


def test_unknown_action_is_told() -> None:
    with pytest.raises(LookupError):
        find_action("file_last_report")
