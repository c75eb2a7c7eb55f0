"""The calendar of important events as its page shows it: a constant number of queries (5.1(8), A22)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Jurisdiction, JurisdictionKind
from reporting.clocks import late_from
from reporting.models import ImportantEvent

PER_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class EventRow:
    """An entry as it stands, with the versions before it, the newest first; `tag` is the colour beside the words."""

    event: ImportantEvent
    area: str
    state: str
    tag: str
    earlier: Sequence[ImportantEvent]

    @property
    def may_change(self) -> bool:
        """Whether it may still be changed or cancelled: also after its end, should it have been entered wrongly."""
        return not self.event.is_cancelled


def calendar_page(number: str, at: datetime) -> tuple[Page[ImportantEvent], list[EventRow]]:
    """Return one page of the entries as they stand, the latest event first."""
    newest = ImportantEvent.objects.filter(replaced_by__isnull=True).order_by("-starts_at", "-pk")
    page = Paginator(newest, PER_PAGE).get_page(number)
    shown = list(page.object_list)
    entries = [event.entry_id for event in shown]
    earlier: dict[int, list[ImportantEvent]] = defaultdict(list)
    versions = ImportantEvent.objects.filter(Q(pk__in=entries) | Q(first_id__in=entries))
    for version in versions.exclude(pk__in=[event.pk for event in shown]).order_by("-pk"):
        earlier[version.entry_id].append(version)
    names = county_names()
    return page, [_row(event, names, earlier[event.entry_id], at) for event in shown]


def county_names() -> dict[str, str]:
    """Return the names of the counties by their codes, in the order of the reference data."""
    counties = Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY).order_by("code")
    return dict(counties.values_list("code", "name"))


def _row(
    event: ImportantEvent, names: dict[str, str], earlier: Sequence[ImportantEvent], at: datetime
) -> EventRow:
    area = "、".join(names[code] for code in event.counties) if event.counties else _("全市")
    state, tag = _state(event, at)
    return EventRow(event, f"{area} {event.place_name}".strip(), state, tag, earlier)


def _state(event: ImportantEvent, at: datetime) -> tuple[str, str]:
    if event.is_cancelled:
        return _("已取消"), ""
    if at < event.starts_at:
        return _("未开始"), "tag-warn"
    return (_("进行中"), "tag-run") if at < late_from(event.ends_at) else (_("已结束"), "")
