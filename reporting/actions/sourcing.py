"""Propose to a person that clusters of one source are one outbreak, with the level they would have together (A12, A56)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from incidents.actions.incidents import propose_join
from incidents.families import levels_together
from incidents.models import Incident, InvolvedCounty
from outbox.actions.messages import Owed, owe
from plan.levels import IncidentLevel
from plan.offices import OfficeKind
from reporting.public_record import take_turns
from reporting.signalling.sources import common_sources

LONGEST_GROUND = 200


@transaction.atomic
def propose_common_sources(*, by: Actor, at: datetime) -> int:
    """Propose each pair of recent incidents whose cases name one source, once; how many were new (A12, 4.1).

    The offices that decide joins are told, with the level the two would have as one; nothing is merged here.
    """
    pairs = common_sources(at=at)
    if not pairs:
        return 0
    # Two processes that look at the same time propose a pair once.
    take_turns("sources")
    number = 0
    for later, earlier, name in pairs:
        ground = (_("共同来源：%s") % name)[:LONGEST_GROUND]
        if propose_join(incident=later, other=earlier, ground=ground, by=by, at=at):
            together = levels_together(later, [earlier])[earlier.pk]
            owe(_news(later, earlier, together), at=at)
            number += 1
    return number


def _news(later: Incident, earlier: Incident, together: IncidentLevel) -> list[Owed]:
    counties = InvolvedCounty.objects.filter(incident__in=[later, earlier]).values("county")
    desks = Organisation.objects.filter(kind=OfficeKind.COUNTY_REGULATOR, jurisdiction__in=counties)
    desks = desks | Organisation.objects.filter(kind=OfficeKind.CITY_COMMISSION_OFFICE)
    words = {"first": earlier.number, "second": later.number, "level": together.label_zh}
    title = _("【可能为同一起】%(first)s与%(second)s：病例有共同来源")
    body = _("合并后按现有事实为%(level)s。系统提示，不是认定；请判断是否合并。")
    return [
        Owed(
            dedupe_key=f"sources:{earlier.pk}:{later.pk}:{each.code}",
            recipient=each.code,
            kind="common_source",
            title=title % words,
            body=body % words,
            link=f"/incidents/{later.number}/",
            chain=later.chain,
            drill=later.is_drill,
        )
        for each in desks.order_by("code")
    ]
