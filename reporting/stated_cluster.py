"""From a hospital's cluster to a stated report: what it continues, what it counts, when it happened."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Organisation
from incidents.actions.facts import NewFact
from incidents.counting import COUNTED_KINDS
from incidents.models import CountyRole, Fact, FactKind, Incident, IncidentStatus, Place
from incidents.places import find_place
from incidents.selectors import current_facts, family_ids
from plan.refusal import PlanRefusal
from reporting.cluster import Cluster, FieldRefusal
from reporting.models import Report, ReportState
from reporting.stated import NUMBER, OCCURRED, PLACE, StatedReport


def stated_report(cluster: Cluster, *, hospital: Organisation, at: datetime) -> StatedReport:
    """Return what the cluster states, the year's counter locked (5.1(3), 5.2, A51).

    Refused: a revision that exists or is outdated (409); one that counts otherwise or of an earlier time than the last, or a
    total of reports that don't stand or belong to several incidents (422).
    """
    own = hospital.jurisdiction.county
    area = cluster.county or own
    place = find_place(area, name=cluster.place_name, registry_code=cluster.registry_code)
    earlier = _earlier(cluster, hospital, at)
    included = _included(cluster)
    occurred_at = cluster.first_onset_at or cluster.last_onset_at
    return StatedReport(
        area=area,
        # The county knows when the report reaches it; when the hospital found out starts its own leg (A19, A49).
        known_at=at,
        found_at=cluster.found_at,
        place=place,
        place_text=cluster.place_name,
        address=cluster.address,
        place_kind=cluster.place_kind,
        occurred_earliest=occurred_at,
        occurred_latest=occurred_at,
        facts=tuple(_facts(cluster, included, is_first=earlier is None, at=at)),
        # What an earlier revision said stands until a later one says otherwise.
        unknown=_unknown(cluster, place) if earlier is None else frozenset(),
        suspect_food=cluster.suspect_food,
        note=cluster.note,
        counties=((own, CountyRole.HARM),),
        join=_continued(earlier, included),
        is_drill=cluster.is_drill,
        is_demo=cluster.is_demo,
    )


def revision_taken() -> PlanRefusal:
    """Return the refusal of a revision that was accepted with other content."""
    return FieldRefusal(
        _("这个编号的这一修订已受理，内容不同。请将revision加1后重发。"),
        field="/revision",
        clause="5.1",
        code="revision_taken",
        status=409,
    )


def revision_outdated(accepted: int) -> PlanRefusal:
    """Return the refusal of a revision older than one accepted."""
    return FieldRefusal(
        _("已受理更新的修订（revision %d），旧修订不能再替换它。") % accepted,
        field="/revision",
        clause="5.1",
        code="revision_outdated",
        status=409,
    )


def _unknown(cluster: Cluster, place: Place | None) -> frozenset[str]:
    known = {
        OCCURRED: bool(cluster.first_onset_at or cluster.last_onset_at),
        PLACE: bool(place or cluster.place_name),
        NUMBER: FactKind.ILLNESS in cluster.counts,
    }
    return frozenset(code for code, is_known in known.items() if not is_known)


def _earlier(cluster: Cluster, hospital: Organisation, at: datetime) -> Report | None:
    """Return the hospital's last revision of this reference, checked that the new one can follow it."""
    of_reference = Report.objects.filter(organisation=hospital, reference=cluster.reference)
    earlier = of_reference.select_related("incident__merged_into").order_by("-revision").first()
    if earlier is None:
        return None
    if earlier.revision == cluster.revision:
        raise revision_taken()
    if earlier.revision > cluster.revision:
        raise revision_outdated(earlier.revision)
    _check_follows(cluster, _counts_of([earlier]), at)
    return earlier


def _check_follows(cluster: Cluster, before: Sequence[Fact], at: datetime) -> None:
    if any(fact.count_kind != cluster.count_kind for fact in before):
        raise FieldRefusal(
            _(
                "同一编号的修订不能在本单位人数与合计之间变更。合计请用新的reference，并在includes中列出原报告。"
            ),
            field="/count_kind",
            clause="5.1",
            code="count_kind_changed",
        )
    if any(fact.as_of > (cluster.as_of or at) for fact in before):
        raise FieldRefusal(
            _("人数的截止时间早于上一修订，不能替换它。"),
            field="/as_of",
            clause="5.1",
            code="as_of_went_back",
        )


def _included(cluster: Cluster) -> list[Report]:
    if not cluster.includes:
        return []
    standing = Report.objects.filter(ref__in=cluster.includes, state=ReportState.ACCEPTED)
    found = list(standing.select_related("incident__merged_into"))
    if len(found) < len(cluster.includes):
        raise FieldRefusal(
            _("includes中有%d个报告编号不存在或已撤回。") % (len(cluster.includes) - len(found)),
            field="/includes",
            clause="5.2",
            code="included_report_unknown",
        )
    return found


def _continued(earlier: Report | None, included: Iterable[Report]) -> Incident | None:
    """Return the incident the cluster goes on with: its earlier revision's, or that of the reports it counts.

    A revision stays with the part its first report belongs to (A56); None when the whole takes no more reports.
    """
    named = {_whole(report.incident) for report in [*included, *filter(None, [earlier])]}
    if len(named) > 1:
        raise FieldRefusal(
            _("includes中的报告分属不同事故。请向监管部门说明，由其判断是否为同一起事故。"),
            field="/includes",
            clause="5.1(6)",
            code="included_reports_apart",
        )
    whole = named.pop() if named else None
    if whole is None or whole.status != IncidentStatus.OPEN:
        return None
    return earlier.incident if earlier else whole


def _whole(incident: Incident) -> Incident:
    return incident.merged_into or incident


def _counts_of(reports: Sequence[Report]) -> list[Fact]:
    if not reports:
        return []
    facts = current_facts(family_ids(_whole(reports[0].incident)))
    refs = [str(report.ref) for report in reports]
    return list(facts.filter(report_ref__in=refs, kind__in=COUNTED_KINDS))


def _facts(
    cluster: Cluster, included: Sequence[Report], *, is_first: bool, at: datetime
) -> Iterable[NewFact]:
    """Return the counts dated as A17 reads them: by the last onset, the stated time of the count, else the 事发 of a
    first report.
    """
    counted = _counts_of(included)
    dated = cluster.as_of or (None if is_first else at)
    for kind, number in cluster.counts.items():
        is_illness = kind == FactKind.ILLNESS
        yield NewFact(
            kind=kind,
            value=number,
            as_of=cluster.as_of or at,
            happened_latest=cluster.last_onset_at or dated if is_illness else dated,
            count_kind=cluster.count_kind,
            includes=tuple(fact.statement_id for fact in counted if fact.kind == kind),
            series=cluster.reference,
            cases=cluster.cases if is_illness else (),
        )
    if cluster.suspect_agent:
        yield NewFact(kind=FactKind.SUSPECT_AGENT, value=cluster.suspect_agent, as_of=at)
    if cluster.place_name and not is_first:
        yield NewFact(kind=FactKind.PLACE, value={"text": cluster.place_name}, as_of=at)
