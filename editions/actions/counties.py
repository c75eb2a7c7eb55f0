"""Register a county's plan, inspect it with the emergency bureau, and follow what was found (9.1)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.evidence import write_down
from accounts.models import Jurisdiction, JurisdictionKind
from editions.models import CountyPlan, Finding, FindingStep, FindingStepKind, Inspection
from editions.permissions import check_actor_keeps_county_plan, check_actor_keeps_plan
from editions.policies import check_numbers, check_points, check_step
from plan.county_plans import CountyPoint, InspectionSubject
from plan.refusal import PlanRefusal


@transaction.atomic
def register_county_plan(
    *,
    county: Jurisdiction,
    number: str,
    issued_on: date,
    numbers: Mapping[str, int],
    points: Mapping[CountyPoint, str],
    by: Actor,
    at: datetime,
) -> CountyPlan:
    """Register the edition of a county's plan in force, with how it agrees with the city's point by point (9.1).

    numbers: thresholds and minutes, named as in `plan.edition`; points: each point with nothing if it agrees, else why not.
    Refused: by an office of elsewhere (403); for a number that is none of the plan's, a point left out (422).
    """
    _check_is_county(county)
    check_actor_keeps_county_plan(by, county)
    check_numbers(numbers)
    check_points(points)
    plan = CountyPlan.objects.create(
        county=county,
        number=number,
        issued_on=issued_on,
        numbers=dict(numbers),
        points={point.value: why for point, why in points.items()},
        registered_by=by.ref,
        office=by.office,
        registered_at=at,
    )
    write_down(
        "editions.register_county_plan",
        f"org:{by.office}",
        by,
        at,
        subject=f"county_plan:{plan.pk}",
        rows=[plan],
    )
    return plan


@transaction.atomic
def record_inspection(
    *,
    county: Jurisdiction,
    held_on: date,
    subjects: Sequence[InspectionSubject],
    bureau_people: str,
    summary: str,
    findings: Sequence[str] = (),
    due_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Inspection:
    """Record an inspection of a county's plan held with 市应急管理局, and each thing found wanting (9.1: 会同).

    due_on: the day the inspectors set, none of the plan's. Refused: by another office (403); without the bureau (422).
    """
    _check_is_county(county)
    check_actor_keeps_plan(by)
    if not bureau_people.strip():
        raise PlanRefusal(
            _("监督检查由市食药安办会同市应急管理局进行，请填写市应急管理局参加人员。"),
            clause="9.1",
            code="inspected_alone",
        )
    inspection = Inspection.objects.create(
        county=county,
        held_on=held_on,
        subjects=[subject.value for subject in subjects],
        bureau_people=bureau_people,
        summary=summary,
        recorded_by=by.ref,
        office=by.office,
        recorded_at=at,
    )
    found = Finding.objects.bulk_create(
        [Finding(inspection=inspection, text=text, due_on=due_on) for text in findings if text.strip()]
    )
    subject = f"plan_inspection:{inspection.pk}"
    write_down(
        "editions.record_inspection", f"org:{by.office}", by, at, subject=subject, rows=[inspection, *found]
    )
    return inspection


@transaction.atomic
def follow_finding(
    *, finding: Finding, kind: FindingStepKind, note: str, by: Actor, at: datetime
) -> FindingStep:
    """Say what became of a finding: the county has mended it, the inspectors looked again (9.1).

    Refused: by another side than the step's (403); a step that is not next, or a note left out (409, 422).
    """
    inspection = Inspection.objects.select_related("county").get(pk=finding.inspection_id)
    if kind == FindingStepKind.MENDED:
        check_actor_keeps_county_plan(by, inspection.county)
    else:
        check_actor_keeps_plan(by)
    Jurisdiction.objects.select_for_update().get(pk=inspection.county_id)
    check_step(finding, kind, note)
    step = FindingStep.objects.create(
        finding=finding, kind=kind, note=note, taken_by=by.ref, office=by.office, taken_at=at
    )
    write_down(
        "editions.follow_finding",
        f"org:{by.office}",
        by,
        at,
        subject=f"plan_finding:{finding.pk}",
        rows=[step],
    )
    return step


def _check_is_county(county: Jurisdiction) -> None:
    if county.kind != JurisdictionKind.COUNTY:
        raise PlanRefusal(
            _("请选择区县（市）；功能区适用所在区县（市）的预案。"), clause="9.1", code="not_a_county"
        )
