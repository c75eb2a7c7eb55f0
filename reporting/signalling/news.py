"""What the offices are told of a signal: its number, kind, county and size, never a place, a food or a patient."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import Jurisdiction, Organisation
from outbox.actions.messages import Owed
from plan.offices import OfficeKind
from reporting.models import Signal

# Those who judge it, and those whose hospitals' patients they are; of several counties the city as well.
TOLD = (OfficeKind.COUNTY_REGULATOR, OfficeKind.COUNTY_HEALTH)


def signal_news(signal: Signal, *, cases: int) -> list[Owed]:
    """Return the messages that a signal waits for somebody's judgement; with a severe or dead patient they are alarms."""
    areas = (
        Jurisdiction.objects.filter(pk__in=signal.counties).order_by("code").values_list("name", flat=True)
    )
    words = {
        "number": signal.pk,
        "areas": "、".join(areas),
        "kind": signal.get_kind_display(),
        "units": signal.units,
        "cases": cases,
    }
    title = _("【待判断信号】第%(number)s号，%(areas)s：%(kind)s")
    body = _(
        "可能为同一起食源性疾病：%(cases)s例（户数或人数%(units)s）。系统提示，不是认定；请尽快查看并判断。"
    )
    return [
        Owed(
            dedupe_key=f"signal:{signal.pk}:{signal.units}:{signal.changed_at.isoformat()}:{each.code}",
            recipient=each.code,
            kind="signal",
            title=title % words,
            body=body % words,
            # Written out: the address is of a page above; a test compares it with the address.
            link=f"/signals/{signal.pk}/",
            chain=signal.chain,
            drill=signal.is_drill,
            is_alarm=signal.is_grave,
        )
        for each in _recipients(signal)
    ]


def _recipients(signal: Signal) -> Iterable[Organisation]:
    here = Organisation.objects.filter(jurisdiction__in=signal.counties, kind__in=TOLD)
    if len(signal.counties) > 1:
        here = here | Organisation.objects.filter(kind=OfficeKind.CITY_COMMISSION_OFFICE)
    return here.order_by("code")
