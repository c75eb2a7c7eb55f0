"""Record what was done about an incident, and take mistaken records back (6.3)."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.assessing import lock
from incidents.models import Incident
from outbox.actions.messages import Owed, owe
from plan.refusal import PlanRefusal
from response.models import MeasureRecord
from response.policies.measures import Said, check_can_retract, check_can_take
from response.selectors.measures import recipients_of_report, standing_measures
from response.taking import check_may_take, kind_of


@transaction.atomic
def take_measure(
    *,
    incident: Incident,
    kind: str,
    details: Mapping[str, Any],
    note: str = "",
    official: str = "",
    done_at: datetime | None = None,
    about: MeasureRecord | None = None,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> MeasureRecord:
    """Record a measure of 6.3, or a further step of one; before activation and without groups as well (A60).

    kind: a code of `plan.records`, which says what `details` answers. Sent twice, it is one.
    Refused: by an office whose measure it is not (403), out of order (409), incomplete (422).
    """
    (incident,) = lock([incident.pk])
    before = MeasureRecord.objects.filter(form_token=form_token).first() if form_token else None
    if before is not None and before.recorded_by == by.ref:
        return before
    spec = kind_of(kind)
    office = check_may_take(by, incident, spec)
    said = Said(spec, incident, standing_measures(incident), about, details, note, official, done_at or at)
    check_can_take(said, at=at)
    made = MeasureRecord.objects.create(
        incident=incident,
        kind=spec.code,
        about=about,
        details=dict(details),
        official=official,
        note=note,
        done_at=said.done_at,
        organisation=office,
        form_token=form_token if before is None else None,
        recorded_by=by.ref,
        recorded_at=at,
    )
    _write_down("response.take_measure", made, by, at)
    if spec.code == "epidemiology_report":
        _send_report(made, office, at)
    return made


@transaction.atomic
def retract_measure(*, record: MeasureRecord, reason: str, by: Actor, at: datetime) -> MeasureRecord:
    """Take a mistaken record back by a row that says why; the right one is recorded anew (5.1).

    Refused: by another organisation than recorded it (403), twice or with steps after it (409), without a reason (422).
    """
    (incident,) = lock([record.incident_id])
    _check_own(record, by)
    is_retracted = MeasureRecord.objects.filter(retracts=record).exists()
    followed = [one for one in standing_measures(incident) if one.about_id == record.pk]
    check_can_retract(record, is_retracted=is_retracted, followed=followed, reason=reason)
    made = MeasureRecord.objects.create(
        incident=record.incident,
        kind=record.kind,
        retracts=record,
        reason=reason,
        done_at=at,
        organisation=record.organisation,
        recorded_by=by.ref,
        recorded_at=at,
    )
    _write_down("response.retract_measure", made, by, at)
    return made


def _check_own(record: MeasureRecord, by: Actor) -> None:
    if by.organisation is not None and by.organisation.pk == record.organisation_id:
        return
    raise PlanRefusal(
        _("只能由登记这条记录的单位撤回。"),
        clause="5.1",
        code="measure_of_other_office",
        status=403,
        next_step=_("请联系登记单位。"),
    )


def _send_report(report: MeasureRecord, office: Organisation, at: datetime) -> None:
    incident = report.incident
    owe(
        [
            Owed(
                dedupe_key=f"epidemiology-report:{report.pk}:{recipient.code}",
                recipient=recipient.code,
                kind="epidemiology_report",
                title=_("%(who)s提交%(number)s流行病学调查报告")
                % {"who": office.name, "number": incident.number},
                link=f"/incidents/{incident.number}/measures/",
                chain=incident.chain,
                drill=incident.is_drill,
            )
            for recipient in recipients_of_report(office)
        ],
        at=at,
    )


def _write_down(action: str, made: MeasureRecord, by: Actor, at: datetime) -> None:
    record(
        Entry(
            chain=made.incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"measure:{made.retracts_id or made.about_id or made.pk}",
            payload={"measure": made.kind, "rows": seals([made])},
        )
    )
