"""A fact's value in words, the same on every page."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.moments import minute
from incidents.counting import COUNTED_KINDS
from incidents.models import FactKind, Stage
from plan.agents import agents
from plan.facts import DeterminingBody, HealthDamage


def interval(earliest: datetime, latest: datetime) -> str:
    """Return an interval of occurrence, one instant where both ends are the same (A48)."""
    if earliest == latest:
        return minute(earliest)
    return _("%(earliest)s至%(latest)s") % {"earliest": minute(earliest), "latest": minute(latest)}


def value_in_words(kind: str, value: Any) -> str:
    """Return what a fact states, in words (预案 5.2)."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if kind in COUNTED_KINDS:
        return str(_("%d人") % value)
    if kind in _WORDS:
        return _WORDS[FactKind(kind)](value)
    return str(value)


def _occurred(value: Mapping[str, str]) -> str:
    return interval(datetime.fromisoformat(value["earliest"]), datetime.fromisoformat(value["latest"]))


def _determined(value: Mapping[str, str]) -> str:
    return f"{DeterminingBody(value['body']).label_zh} {value['document']}"


def agent_in_words(value: str) -> str:
    """Return the agent that a code of the table stands for, or what was said instead of one (预案 6.4.2(1))."""
    known = agents().get(value)
    return known.name_zh if known is not None else value


_WORDS: dict[FactKind, Callable[[Any], str]] = {
    FactKind.OCCURRED: _occurred,
    FactKind.DETERMINATION: _determined,
    FactKind.HEALTH_DAMAGE: lambda value: HealthDamage(value).label_zh,
    FactKind.PLACE: lambda value: str(value["text"]),
    FactKind.STAGE: lambda value: str(Stage(value).label),
    FactKind.SUSPECT_AGENT: agent_in_words,
    FactKind.SENSITIVE: lambda value: str(value["reason"]),
}
