"""What of 6.4.1(2) the records show of an incident by themselves: a school or nursery, an important event of the calendar."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.moments import whole_minute
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.adjustment import Element
from reporting.second_limb import within_event


def grounds_on_record(incident: Incident, at: datetime) -> dict[Element, str]:
    """Return the elements of 6.4.1(2) that stand on record, each with where it does (A22, A31)."""
    return dict(_grounds(incident, at))


def _grounds(incident: Incident, at: datetime) -> Iterator[tuple[Element, str]]:
    family = family_ids(incident)
    if Incident.objects.filter(pk__in=family, is_school_or_nursery=True).exists():
        yield Element.SCHOOL_OR_NURSERY, _("登记的事故场所为学校或托幼机构食堂。")
    within = within_event(family, at)
    if within is not None:
        event = within.event
        yield (
            Element.IMPORTANT_EVENT,
            _("重要活动日历：%(name)s，%(start)s至%(end)s。")
            % {
                "name": event.name,
                "start": whole_minute(event.starts_at),
                "end": whole_minute(event.ends_at),
            },
        )
