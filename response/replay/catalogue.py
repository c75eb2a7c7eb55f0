"""Every action of the product, found by looking: what a storyline may `do`."""

import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

from django.conf import settings

from response.replay.kinds import described, type_name, types_within
from response.replay.scope import Reader
from response.replay.values import reader_for

# Said by the step itself, not among its arguments.
GIVEN_BY_STEP = frozenset({"by", "at"})


@dataclass(frozen=True, slots=True)
class Action:
    """One function of an `actions/` module; `arguments` are what a step gives under `with`."""

    name: str
    module: str
    call: Callable[..., Any]
    arguments: Mapping[str, inspect.Parameter]
    types: Mapping[str, Any]
    takes: frozenset[str]

    @property
    def required(self) -> list[str]:
        """The arguments a step can't leave out."""
        return [name for name, given in self.arguments.items() if given.default is inspect.Parameter.empty]

    def reader(self, argument: str) -> Reader:
        """Return what reads this argument from a storyline; raises TypeError when nothing can."""
        return reader_for(self.types[argument])


@cache
def actions() -> Mapping[str, Action]:
    """Return every action by its full name, e.g. `reporting.reports.file_first_report`."""
    return {f"{action.module}.{action.name}": action for action in _found()}


def find_action(name: str) -> Action:
    """Return the action of this full or bare name; raises LookupError that names the candidates."""
    known = actions()
    if name in known:
        return known[name]
    named = [full for full, action in known.items() if action.name == name]
    if len(named) != 1:
        raise LookupError(", ".join(named))
    return known[named[0]]


def describe() -> dict[str, Any]:
    """Return every action with its arguments, their types and meaning, as JSON values."""
    listed = actions()
    within = {
        found for action in listed.values() for kind in action.types.values() for found in types_within(kind)
    }
    return {
        "actions": [_described(full, action) for full, action in sorted(listed.items())],
        "types": {kind.__name__: described(kind) for kind in sorted(within, key=lambda kind: kind.__name__)},
    }


def _found() -> Iterator[Action]:
    for app in settings.HOUSE_APPS:
        if find_spec(f"{app}.actions") is None:
            continue
        for found in iter_modules(import_module(f"{app}.actions").__path__):
            module = import_module(f"{app}.actions.{found.name}")
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ == module.__name__ and _is_action(name, function):
                    yield _action(f"{app}.{found.name}", name, function)


def _is_action(name: str, function: Callable[..., Any]) -> bool:
    """An action happens at a moment it is told; a helper beside it is told none."""
    return not name.startswith("_") and "at" in inspect.signature(function).parameters


def _action(module: str, name: str, function: Callable[..., Any]) -> Action:
    parameters = inspect.signature(function).parameters
    types = typing.get_type_hints(function)
    arguments = {key: given for key, given in parameters.items() if key not in GIVEN_BY_STEP}
    return Action(
        name=name,
        module=module,
        call=function,
        arguments=arguments,
        types={key: types[key] for key in arguments},
        takes=GIVEN_BY_STEP & parameters.keys(),
    )


def _described(full: str, action: Action) -> dict[str, Any]:
    return {
        "name": full,
        "meaning": inspect.getdoc(action.call) or "",
        "arguments": [
            {
                "name": name,
                "type": type_name(action.types[name]),
                "required": given.default is inspect.Parameter.empty,
            }
            for name, given in action.arguments.items()
        ],
        "by_and_at": sorted(action.takes),
    }
