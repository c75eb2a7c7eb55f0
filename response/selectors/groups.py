"""The working groups of an incident, who leads them by the plan, and when each owes its next report (3.4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Prefetch, Q, QuerySet

from accounts.models import Organisation
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.groups import COUNTY_EQUIVALENTS, Group, group_of
from plan.offices import OfficeKind
from response.models import GroupMember, GroupReport, Headquarters, ResponseState, Track, WorkingGroup
from response.selectors.measures import stage_regulators, stages_of


@dataclass(frozen=True, slots=True)
class Due:
    """When a group's next report is due, None while no interval is set; an empty report counts (3.4)."""

    group: WorkingGroup
    due_at: datetime | None

    def is_overdue(self, at: datetime) -> bool:
        """Tell whether it is late at this moment."""
        return self.due_at is not None and at > self.due_at


def groups_of(incident: Incident) -> QuerySet[WorkingGroup]:
    """Return the groups of an incident's headquarters, standing ones and others, in order."""
    members = GroupMember.objects.filter(left_at__isnull=True).select_related("organisation").order_by("pk")
    reports = GroupReport.objects.select_related("organisation").order_by("-reported_at", "-pk")
    return (
        WorkingGroup.objects.filter(headquarters__response__incident__in=family_ids(incident))
        .select_related("lead", "headquarters__response__incident", "headquarters__office")
        .prefetch_related(Prefetch("members", members), Prefetch("reports", reports))
        .order_by("pk")
    )


def headquarters_of(incident: Incident) -> list[Headquarters]:
    """Return the headquarters of the responses that run."""
    running = Headquarters.objects.filter(
        response__incident__in=family_ids(incident), response__state=ResponseState.ACTIVE
    )
    return list(running.select_related("response__incident", "response__county", "body", "office"))


def due_of(groups: QuerySet[WorkingGroup]) -> list[Due]:
    """Return when each group owes its next report."""
    last = groups.annotate(last_report_at=Max("reports__reported_at"))
    return [Due(group, _due_at(group, group.last_report_at)) for group in last]


def overdue_groups(at: datetime) -> list[Due]:
    """Return the groups of running responses whose report is overdue (3.4), whichever the incident."""
    standing = WorkingGroup.objects.filter(
        headquarters__response__state=ResponseState.ACTIVE,
        stood_down_at__isnull=True,
        report_every_min__isnull=False,
    ).select_related("lead", "headquarters__response__incident", "headquarters__office")
    return [due for due in due_of(standing.order_by("pk")) if due.is_overdue(at)]


def lawful_leads(headquarters: Headquarters, group: Group) -> Sequence[Organisation]:
    """Return who may lead a group by the plan; for 危害控制组 the regulators of the stages known (3.4.2, A36)."""
    named = group_of(group).lead
    if named is None:
        return ()
    if named is not OfficeKind.CITY_STAGE_REGULATOR or headquarters.kind == Track.COUNTY:
        return organisations_of(headquarters, [named])
    regulators = stage_regulators()
    stages = stages_of(headquarters.response.incident)
    return list(dict.fromkeys(regulators[stage] for stage in stages))


def organisations_of(headquarters: Headquarters, kinds: Iterable[OfficeKind]) -> list[Organisation]:
    """Return the bodies of these kinds beside a headquarters: the city's, or in a county those in their place (3.5)."""
    wanted = set(kinds)
    found = []
    if OfficeKind.CITY_HEADQUARTERS_OFFICE in wanted:
        found.append(headquarters.office)
    if headquarters.kind == Track.COUNTY:
        wanted = {COUNTY_EQUIVALENTS.get(kind, kind) for kind in wanted}
        area = Q(jurisdiction=headquarters.response.county)
    else:
        area = Q(jurisdiction__kind="city")
    others = Organisation.objects.filter(area, kind__in=wanted).exclude(pk=headquarters.office_id)
    return [*found, *others.order_by("pk")]


def _due_at(group: WorkingGroup, last_report_at: datetime | None) -> datetime | None:
    if group.report_every_min is None or group.interval_set_at is None or group.stood_down_at is not None:
        return None
    since = max(filter(None, (group.interval_set_at, last_report_at)))
    return since + timedelta(minutes=group.report_every_min)
