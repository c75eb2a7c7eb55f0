"""What stands of the measures taken about an incident, and who is the regulator of a stage (6.3, 3.4.2)."""

from collections import defaultdict

from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import actor_has
from accounts.rights import Right
from incidents.models import FactKind, Incident, Stage
from incidents.permissions import involved_counties
from incidents.selectors import current_facts, family_ids
from plan.offices import OfficeKind
from response.measure_permissions import Ground
from response.models import DisputeEntry, GroupMember, MeasureRecord, StageRegulator, WorkingGroup
from response.selectors.running import responses_of

# Until somebody keeps another: what is grown is agriculture's, what is made, stored, sold or served the market regulator's.
USUAL_REGULATORS = {
    **dict.fromkeys(Stage, "city-regulator"),
    Stage.PLANTING: "city-agriculture",
    Stage.BREEDING: "city-agriculture",
}


def all_measures(incident: Incident) -> list[MeasureRecord]:
    """Return every record of an incident and of what was merged into it, retracted ones too, in order."""
    records = MeasureRecord.objects.filter(incident__in=family_ids(incident), retracts__isnull=True)
    return list(
        records.select_related("organisation", "retracted_by__organisation").order_by("done_at", "pk")
    )


def standing_measures(incident: Incident) -> list[MeasureRecord]:
    """Return the records that stand, in the order in which they were carried out."""
    records = MeasureRecord.objects.filter(
        incident__in=family_ids(incident), retracts__isnull=True, retracted_by__isnull=True
    )
    return list(records.select_related("organisation").order_by("done_at", "pk"))


def results_on_record(incident: Incident) -> list[MeasureRecord]:
    """Return the test results that stand, in order (6.3.4)."""
    return [each for each in standing_measures(incident) if each.kind == "sample_result"]


def stage_regulators() -> dict[str, Organisation]:
    """Return the city regulator of each stage of the food chain (3.4.2): as kept, else the usual one."""
    kept = {row.stage: row.organisation for row in StageRegulator.objects.select_related("organisation")}
    usual = {each.code: each for each in Organisation.objects.filter(code__in=set(USUAL_REGULATORS.values()))}
    return {stage.value: kept.get(stage.value) or usual[code] for stage, code in USUAL_REGULATORS.items()}


def stages_of(incident: Incident) -> list[str]:
    """Return the stages that the facts name, each once, in the order of the food chain."""
    facts = current_facts(family_ids(incident)).filter(kind=FactKind.STAGE)
    named = set(facts.values_list("value", flat=True))
    return [stage.value for stage in Stage if stage.value in named]


def ground_of(incident: Incident) -> Ground:
    """Return what decides whose measures are whose: counties, responses, stages, groups (3.4, 6.3)."""
    groups = WorkingGroup.objects.filter(
        headquarters__response__incident__in=family_ids(incident), stood_down_at__isnull=True
    ).values_list("group", "pk", "lead")
    members = GroupMember.objects.filter(group__in=[pk for _group, pk, _lead in groups], left_at__isnull=True)
    people: dict[int, set[int]] = defaultdict(set)
    for pk, organisation in members.values_list("group", "organisation"):
        people[pk].add(organisation)
    in_groups: dict[str, set[int]] = defaultdict(set)
    for group, pk, lead in groups:
        in_groups[group] |= people[pk] | ({lead} if lead else set())
    return Ground(
        incident=incident,
        counties=involved_counties(incident),
        responses=list(responses_of(incident)),
        of_stage={each.pk for each in stage_regulators().values()},
        in_groups=in_groups,
    )


def recipients_of_report(office: Organisation) -> list[Organisation]:
    """Return whom a CDC reports to: food-safety regulator and health department of its own level (6.3.3)."""
    kinds = (
        OfficeKind.CITY_REGULATOR,
        OfficeKind.CITY_HEALTH,
        OfficeKind.COUNTY_REGULATOR,
        OfficeKind.COUNTY_HEALTH,
    )
    peers = Organisation.objects.filter(jurisdiction=office.jurisdiction, kind__in=kinds)
    return list(peers.order_by("pk"))


def disputes_for(actor: Actor, incident: Incident) -> QuerySet[DisputeEntry]:
    """Return the petitions and disputes an actor may see: all for who leads the stability work, else its own (6.3.6)."""
    entries = DisputeEntry.objects.filter(incident__in=family_ids(incident)).order_by("pk")
    entries = entries.select_related("organisation", "in_charge")
    if actor_has(actor, Right.KEEP_DISPUTES):
        return entries
    return entries.filter(in_charge=actor.organisation) if actor.organisation else entries.none()
