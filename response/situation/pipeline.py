"""How far each report has come: being written, read by a second person, signed, sent, confirmed (5.1(8))."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from incidents.models import Incident
from reporting.document_page import DocumentRow, document_rows
from reporting.models import DocumentKind, DocumentState


class Stage(models.TextChoices):
    """Where a report is, in order."""

    DRAFT = "draft", _("拟稿")
    CHECKED = "checked", _("已核稿")
    SIGNED = "signed", _("已签发，待报送")
    SENT = "sent", _("已报送，待确认")
    CONFIRMED = "confirmed", _("已确认收到")


@dataclass(frozen=True, slots=True)
class InPipeline:
    """One report, its stage, and since when it is there."""

    row: DocumentRow
    stage: Stage
    since: datetime

    @property
    def signed_at(self) -> datetime | None:
        """When it was signed, None while it is not; the record of a call is no report in writing."""
        is_call = self.row.document.kind == DocumentKind.PHONE
        return None if is_call or self.row.signed is None else self.row.signed.signed_at


@dataclass(frozen=True, slots=True)
class UpdateNow:
    """When an incident was last reported on in writing; `last` is None while nothing was signed."""

    incident: Incident
    last: InPipeline | None


def updates_of(incidents: Iterable[Incident], lanes: Mapping[Stage, Sequence[InPipeline]]) -> list[UpdateNow]:
    """Return each incident with the report signed last, what was never reported on first, then the longest ago."""
    latest: dict[int, InPipeline] = {}
    for each in (one for rows in lanes.values() for one in rows if one.signed_at is not None):
        whole = each.row.document.incident.merged_into_id or each.row.document.incident_id
        if whole not in latest or _signed(each) > _signed(latest[whole]):
            latest[whole] = each
    found = [UpdateNow(incident, latest.get(incident.pk)) for incident in incidents]
    return sorted(found, key=lambda each: (each.last is not None, _signed(each.last) if each.last else 0))


def pipeline(incident_ids: Collection[int], actor: Actor) -> dict[Stage, list[InPipeline]]:
    """Return the reports of these incidents by stage, those that have waited longest first; replaced ones are left out."""
    rows = [row for row in document_rows(incident_ids, actor) if not row.is_replaced]
    placed = [InPipeline(row, *_place(row)) for row in rows]
    ordered = sorted(placed, key=lambda each: (each.since, each.row.document.pk))
    return {stage: [each for each in ordered if each.stage == stage] for stage in Stage}


def _signed(each: InPipeline) -> float:
    return each.signed_at.timestamp() if each.signed_at is not None else 0.0


def _place(row: DocumentRow) -> tuple[Stage, datetime]:
    document = row.document
    if row.signed is None:
        is_checked = document.state == DocumentState.CHECKED and document.checked_at is not None
        return (
            (Stage.CHECKED, document.checked_at or document.edited_at)
            if is_checked
            else (Stage.DRAFT, document.edited_at)
        )
    # The record of a call is of a report that has arrived.
    if document.kind == DocumentKind.PHONE:
        return Stage.CONFIRMED, row.signed.signed_at
    if not row.dispatches:
        return Stage.SIGNED, row.signed.signed_at
    return _sent(row)


def _sent(row: DocumentRow) -> tuple[Stage, datetime]:
    receipts = [getattr(each, "receipt", None) for each in row.dispatches]
    confirmed: Sequence[datetime] = [each.confirmed_at for each in receipts if each is not None]
    if len(confirmed) == len(receipts):
        return Stage.CONFIRMED, max(confirmed)
    return Stage.SENT, min(each.sent_at for each in row.dispatches)
