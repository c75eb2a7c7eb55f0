"""Reports from the public: taken whoever sends them, told to the county regulator at once, added to later (5.1, 5.2)."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from audit.record import Entry, record
from outbox.actions.messages import owe
from reporting.models import PublicReport
from reporting.photos import Photo
from reporting.public_choices import PublicState, ReporterKind
from reporting.public_news import addition_news, received_news
from reporting.public_policies import check_can_add, check_can_be_said
from reporting.public_record import keep, lock_public, note_public, take_turns, wait_anew
from reporting.public_words import PublicStated, Said
from reporting.receipts import receipt_digests, receipt_of
from reporting.sources import WINDOW, is_flooding

# Whose own name says nothing about a person.
NAMED = frozenset(
    {ReporterKind.OPERATOR, ReporterKind.UNIT, ReporterKind.TECHNICAL, ReporterKind.ASSOCIATION}
)
FORGOTTEN_AT_ONCE = 500


@transaction.atomic
def file_public_report(
    *,
    stated: PublicStated,
    form_token: uuid.UUID,
    source: str = "",
    photos: Sequence[Photo] = (),
    by: Actor,
    at: datetime,
) -> PublicReport:
    """Take a report by anybody and tell the county's regulator, whose system it has then reached (5.1(1), (2), (4); A18).

    source: see `source_of`; what comes after the usual number of one source is taken too, without its photos, and set aside.
    Sent twice with one form's token, it is one. Refused (422): times in the future (5.2).
    """
    digests = receipt_digests(receipt_of(form_token))
    # A twin waits here for the first to end; of one source all wait, of others none.
    for name in (digests[0], source):
        take_turns(name)
    before = PublicReport.objects.filter(receipt_digest__in=digests).first()
    if before is not None:
        return before
    check_can_be_said(stated.said, at=at)
    held = is_flooding(source, at=at)
    county = stated.area.county
    report = PublicReport.objects.create(
        receipt_digest=digests[0],
        source=source,
        is_held=held,
        kind=stated.kind,
        is_tip_off=stated.is_tip_off,
        reporter=stated.reporter if stated.kind in NAMED else "",
        area=stated.area,
        county=county,
        filed_in=county,
        received_at=at,
        reached_at=at,
    )
    rows = keep(report, stated.said, () if held else photos, at)
    note_public("reporting.file_public_report", report, by, at, rows=rows, kind=report.kind, held=held)
    owe([received_news(report)], at=at)
    return report


@transaction.atomic
def add_to_public_report(
    *, report: PublicReport, said: Said, photos: Sequence[Photo] = (), by: Actor, at: datetime
) -> PublicReport:
    """Add what the sender has learnt since (5.2); one that was closed is looked at again.

    Refused: nothing said, times in the future (422); no room left (409).
    """
    report = lock_public(report.pk)
    check_can_be_said(said, at=at)
    check_can_add(report, said, photos=len(photos))
    if report.state == PublicState.CLOSED:
        wait_anew(report)
        report.save()
    rows = keep(report, said, photos, at)
    note_public("reporting.add_to_public_report", report, by, at, rows=rows)
    owe([addition_news(report, at)], at=at)
    return report


@transaction.atomic
def forget_sources(*, by: Actor, at: datetime) -> int:
    """Forget where reports came from that count for no flood any more (个人信息保护); so many at once and no more."""
    old = PublicReport.objects.exclude(source="").filter(received_at__lte=at - WINDOW)
    locked = old.select_for_update(skip_locked=True).order_by("pk")[:FORGOTTEN_AT_ONCE]
    found = list(locked.values_list("pk", flat=True))
    if found:
        PublicReport.objects.filter(pk__in=found).update(source="")
        record(
            Entry(
                chain="system",
                action="reporting.forget_sources",
                actor=by.ref,
                office=by.office,
                at=at,
                payload={"from": found[0], "to": found[-1], "count": len(found)},
            )
        )
    return len(found)
