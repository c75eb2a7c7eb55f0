"""Is a stated value one that its kind of fact can have? Refusals name the field, the clause and the way out."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from incidents.counting import COUNTED_KINDS
from incidents.models import FactKind, Stage
from plan.facts import FactError, parse_facts
from plan.refusal import PlanRefusal

# No count of one incident is larger than the city's people; the column and the page stay readable.
MOST_PEOPLE = 10_000_000


def check_value(kind: str, value: object) -> None:
    """Raise a refusal (422) unless the value fits its kind: a count, a yes or no, a word, or a named object."""
    if kind in COUNTED_KINDS:
        _check_count(value)
    elif kind == FactKind.DETERMINATION:
        _check_determination(value)
    elif kind in _OBJECTS:
        _OBJECTS[kind](value)
    else:
        _check_by_plan(kind, value)


def _refuse(message: str, clause: str, code: str, next_step: str = "") -> PlanRefusal:
    return PlanRefusal(message, clause=clause, code=code, next_step=next_step)


def _check_count(value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PEOPLE:
        raise _refuse(
            _("人数须为0至10000000之间的整数。"),
            "5.2",
            "count_out_of_range",
            _("请核对人数；尚不清楚的，选“暂不清楚”。"),
        )


def _check_by_plan(kind: str, value: object) -> None:
    try:
        parse_facts({"illness_count": 0, "death_count": 0, kind: value})
    except FactError as error:
        raise _refuse(error.reason_zh, "2", "fact_value_invalid") from error


def _check_determination(value: object) -> None:
    """A determination names its authority and its document (A13)."""
    body = value.get("body") if isinstance(value, Mapping) else None
    _check_by_plan("determined_by", body)
    if body is None or not isinstance(value, Mapping) or not str(value.get("document", "")).strip():
        raise _refuse(
            _("认定须写明作出认定的政府和文号。"),
            "2.3(3)",
            "determination_incomplete",
            _("口头认定的，写明认定人、时间，并注明补文。"),
        )


def _check_occurred(value: object) -> None:
    moments = [value.get("earliest"), value.get("latest")] if isinstance(value, Mapping) else []
    try:
        earliest, latest = (datetime.fromisoformat(str(moment)) for moment in moments)
        in_order = earliest <= latest
    except (ValueError, TypeError):
        in_order = False
    if not in_order:
        raise _refuse(_("事发时间的最早值不能晚于最晚值。"), "5.2", "occurred_interval_invalid")


def _check_text(value: object) -> None:
    if not isinstance(value, str) or not value.strip() or len(value) > 120:
        raise _refuse(_("请填写1至120个字。"), "5.2", "text_length")


def _check_place(value: object) -> None:
    _check_text(value.get("text") if isinstance(value, Mapping) else None)


def _check_stage(value: object) -> None:
    if value not in Stage.values:
        raise _refuse(_("请从八个环节中选择。"), "4.1", "stage_unknown")


def _check_sensitive(value: object) -> None:
    if not isinstance(value, Mapping) or not str(value.get("reason", "")).strip():
        raise _refuse(_("敏感事故须写明理由。"), "5.1(7)", "sensitive_without_reason")


_OBJECTS: dict[str, Callable[[object], None]] = {
    FactKind.OCCURRED: _check_occurred,
    FactKind.PLACE: _check_place,
    FactKind.STAGE: _check_stage,
    FactKind.SUSPECT_FOOD: _check_text,
    FactKind.SUSPECT_AGENT: _check_text,
    FactKind.SENSITIVE: _check_sensitive,
}
