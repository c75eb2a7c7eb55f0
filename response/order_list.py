"""The supervision page: what was ordered in all incidents, who has signed, answered, or is behind (3.1, 3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.permissions import actor_has, is_city_wide, own_county
from accounts.rights import Right
from incidents.selectors import visible_incidents
from plan.command_log import LOG_KINDS
from response.models import CommandAddressee, CommandKind

PER_PAGE: Final = 25
LONGEST_SEARCH: Final = 60
CLOSABLE = [code for code, kind in LOG_KINDS.items() if kind.has_closure]


class Standing(models.TextChoices):
    """How it stands with one addressee; the first that fits."""

    OVERDUE = "overdue", _("逾期")
    UNREAD = "unread", _("未签收")
    OPEN = "open", _("办理中")
    ANSWERED = "answered", _("待办结")
    DONE = "done", _("已办")


@dataclass(frozen=True, slots=True)
class OrderFilters:
    """What the list is narrowed to; an unknown value narrows nothing."""

    kind: str = ""
    state: str = ""
    incident: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One addressee of one entry, and how it stands."""

    addressee: CommandAddressee
    standing: Standing


def orders_page(
    actor: Actor, filters: OrderFilters, number: str, at: datetime
) -> tuple[Page[CommandAddressee], list[OrderRow], Mapping[Standing, int]]:
    """Return a page of what an actor supervises or has to do itself, and how many stand how."""
    found = _narrowed(visible_orders(actor), filters)
    states = _states(at)
    counts = found.aggregate(**{state.value: Count("pk", filter=rule) for state, rule in states.items()})
    if filters.state in Standing.values:
        found = found.filter(states[Standing(filters.state)])
    rows = found.select_related(
        "organisation", "entry__organisation", "entry__response__incident", "entry__response__county"
    )
    ordered = rows.order_by(F("entry__due_at").asc(nulls_last=True), "-entry__issued_at", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(number)
    shown = [OrderRow(each, standing_of(each, at)) for each in page.object_list]
    return page, shown, {state: counts[state.value] for state in Standing}


def standing_of(row: CommandAddressee, at: datetime) -> Standing:
    """Return how it stands with an addressee at a moment; overdue is computed, never stored."""
    if row.must_act and row.executed_at is None:
        if row.entry.due_at is not None and row.entry.due_at < at:
            return Standing.OVERDUE
        return Standing.UNREAD if row.received_at is None else Standing.OPEN
    if row.received_at is None:
        return Standing.UNREAD
    is_waiting = row.must_act and row.closed_at is None and row.entry.kind in CLOSABLE
    return Standing.ANSWERED if is_waiting else Standing.DONE


def _states(at: datetime) -> dict[Standing, Q]:
    """Return the same as a query."""
    to_do = Q(must_act=True, executed_at__isnull=True)
    late = to_do & Q(entry__due_at__lt=at)
    unread = Q(received_at__isnull=True) & ~late
    answered = Q(must_act=True, executed_at__isnull=False, closed_at__isnull=True, entry__kind__in=CLOSABLE)
    return {
        Standing.OVERDUE: late,
        Standing.UNREAD: unread,
        Standing.OPEN: to_do & Q(received_at__isnull=False) & ~late,
        Standing.ANSWERED: answered,
        Standing.DONE: Q(received_at__isnull=False) & ~to_do & ~answered,
    }


def visible_orders(actor: Actor) -> QuerySet[CommandAddressee]:
    """Return what concerns an actor: all of its level for who commands, else what names its own organisation."""
    own = Q(organisation=actor.organisation)
    if not actor_has(actor, Right.COMMAND):
        return CommandAddressee.objects.filter(own)
    seen = Q(entry__response__incident__in=visible_incidents(actor))
    if not is_city_wide(actor):
        seen &= Q(entry__response__county=own_county(actor))
    return CommandAddressee.objects.filter(own | seen)


def _narrowed(rows: QuerySet[CommandAddressee], filters: OrderFilters) -> QuerySet[CommandAddressee]:
    if filters.kind in CommandKind.values:
        rows = rows.filter(entry__kind=filters.kind)
    for name, text in (
        ("entry__response__incident__number", filters.incident),
        ("organisation__name", filters.body),
    ):
        words = text.replace("\x00", "").strip()[:LONGEST_SEARCH]
        if words:
            rows = rows.filter(**{f"{name}__icontains": words})
    return rows
