"""What templates say about the plan: level badges, clauses with their words, Beijing time."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import moments
from accounts.actors import Actor
from accounts.managers import is_city_manager
from accounts.permissions import actor_has
from accounts.rights import Right
from incidents.models import Fact
from incidents.wording import agent_in_words, interval, value_in_words
from plan.clauses import clause, has_clause, in_english
from plan.levels import IncidentLevel
from plan.terms import TERMS

register = template.Library()


@register.inclusion_tag("_components/level_badge.html")
def level_badge(level: str, size: str = "") -> dict[str, object]:
    """Show an incident level as shape, numeral and word, never as a colour alone (预案 2)."""
    return {"level": IncidentLevel(level or IncidentLevel.BELOW), "size": size}


@register.inclusion_tag("_components/clause.html")
def cite(ref: str) -> dict[str, object]:
    """Cite a place of the plan with its words as printed behind it (甬政办发〔2021〕60号)."""
    return {"ref": ref, "clause": clause(ref) if has_clause(ref) else None, "english": _english(ref)}


@register.inclusion_tag("_components/clause.html")
def term(name: str) -> dict[str, object]:
    """Show a term of the plan with the clause that founds it and its words behind it."""
    ref = TERMS[name]
    return {"term": name, "ref": ref, "clause": clause(ref), "english": _english(ref)}


@register.inclusion_tag("_components/quote.html")
def quote(ref: str) -> dict[str, object]:
    """Show the words of a clause as printed, and what they say in the reader's language."""
    return {"clause": clause(ref), "english": _english(ref)}


def _english(ref: str) -> str:
    return in_english(ref) if get_language() == "en" else ""


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Show an instant in Beijing time (A58); the hover gives year and second."""
    if value is None:
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        value.isoformat(),
        _("北京时间 %(time)s") % {"time": moments.whole_second(value)},
        moments.minute(value),
    )


@register.filter
def clock(value: datetime, now: datetime) -> SafeString | str:
    """Show an instant as an hour and minute, with its day unless that is today."""
    local = timezone.localtime(value)
    if local.date() != timezone.localtime(now).date():
        return moment(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), moments.time_of_day(value))


@register.filter
def time_of_day(value: datetime | None) -> str:
    """Return the hour and minute of a day, nothing where the plan names no target or limit (A19)."""
    return moments.time_of_day(value) if value else ""


register.filter("minute", moments.minute)
register.filter("whole_minute", moments.whole_minute)
register.filter("whole_day", moments.whole_day)
register.filter("second_of_day", moments.second_of_day)
register.filter("grouped", moments.grouped)
register.filter("yuan", moments.yuan)


@register.simple_tag
def occurred(earliest: datetime | None, latest: datetime | None) -> str:
    """Show when something occurred: an instant, an interval (A48), or that it is not known yet (5.2)."""
    return interval(earliest, latest) if earliest and latest else _("暂不清楚")


@register.filter
def stated(fact: Fact) -> str:
    """Show what a fact states, in words."""
    return value_in_words(fact.kind, fact.value)


@register.filter
def agent_name(value: str) -> str:
    """Show an agent by its name, whether its code or words were stated (预案 6.4.2(1))."""
    return agent_in_words(value)


@register.filter
def field_instant(value: datetime | None) -> str:
    """Return an instant as a datetime-local field holds it, in Beijing time."""
    return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}" if value else ""


@register.filter
def has_right(actor: Actor, right: str) -> bool:
    """Tell whether the actor's office carries a right at all, to offer it in the menu."""
    return actor_has(actor, Right(right))


@register.filter
def manages_city(actor: Actor) -> bool:
    """Tell whether the actor manages for the whole city, to offer it in the menu."""
    return is_city_manager(actor)


@register.filter
def whole_minutes(seconds: float) -> int:
    """Return whole minutes of a number of seconds."""
    return int(seconds // 60)


@register.filter
def minutes(value: float | None) -> str:
    """Show a number of minutes, or a share, as short as it goes; a dash where there is none."""
    return "–" if value is None else f"{value:.10g}"
