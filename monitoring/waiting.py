"""What waits for an office: duties of its hazards, drafts to sign, warnings to sign for and to act on (4.1(f), 4.2)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from monitoring.hazard_page import duties_of, open_hazards
from monitoring.models import (
    Answer,
    AnswerKind,
    Bulletin,
    FoodWarning,
    WarningDraft,
    WarningSignature,
    WarningState,
)
from response.desk.todo import ToDo


def monitoring_waits(actor: Actor, at: datetime) -> Iterator[ToDo]:
    """Yield what of this app waits for the actor's office; the plan gives none of it hours (A19)."""
    for hazard in open_hazards(actor).filter(recorded_at__lte=at):
        for duty in duties_of(hazard, hazard.acts.all()):
            if duty.done_at is None:
                yield ToDo(
                    key=f"hazard-{hazard.pk}-{duty.duty}",
                    what=_("%(duty)s：%(title)s") % {"duty": duty.duty.label_zh, "title": hazard.title},
                    url=reverse("monitoring:hazard", args=[hazard.pk]),
                    since=duty.since,
                    clause="4.1",
                )
    for draft in drafts_to_sign(actor):
        yield _warning_todo("sign", draft.warning, _("签发预警文稿：%s"), draft.prepared_at)
    for warning in warnings_to_confirm(actor):
        yield _warning_todo("confirm", warning, _("签收预警：%s"), warning.changed_at)
    for warning in warnings_to_act_on(actor):
        yield _warning_todo("act", warning, _("采取控制措施并登记：%s"), warning.changed_at)


def drafts_to_sign(actor: Actor) -> QuerySet[WarningDraft]:
    """Return the drafts that the office has still to sign and that this person did not write (4.2.1)."""
    signed = WarningSignature.objects.filter(
        draft=OuterRef("pk"), organisation=actor.organisation, sha256=OuterRef("sha256")
    )
    rows = WarningDraft.objects.filter(~Exists(signed), is_open=True, issuers__contains=[actor.office])
    return rows.exclude(prepared_by=actor.ref).select_related("warning").order_by("pk")


def warnings_to_confirm(actor: Actor) -> QuerySet[FoodWarning]:
    """Return the warnings whose latest bulletin the office has not signed for (4.2.1(b))."""
    got = Answer.objects.filter(
        bulletin=OuterRef("latest"), organisation=actor.organisation, kind=AnswerKind.RECEIPT
    )
    return _sent_to(actor).filter(~Exists(got)).order_by("changed_at", "pk")


def warnings_to_act_on(actor: Actor) -> QuerySet[FoodWarning]:
    """Return the warnings in force against which the office has recorded no measure (4.2.1(b))."""
    measured = Answer.objects.filter(
        warning=OuterRef("pk"), organisation=actor.organisation, kind=AnswerKind.MEASURE
    )
    rows = _sent_to(actor).filter(~Exists(measured), state=WarningState.IN_FORCE)
    return rows.order_by("changed_at", "pk")


def _sent_to(actor: Actor) -> QuerySet[FoodWarning]:
    of_warning = Bulletin.objects.filter(warning=OuterRef("pk"))
    sent = of_warning.filter(content__departments__contains=[actor.office])
    latest = of_warning.order_by("-serial").values("pk")[:1]
    return FoodWarning.objects.annotate(latest=Subquery(latest)).filter(Exists(sent))


def _warning_todo(key: str, warning: FoodWarning, what: str, since: datetime) -> ToDo:
    return ToDo(
        key=f"warning-{warning.pk}-{key}",
        what=what % warning.headline,
        url=reverse("monitoring:warning", args=[warning.pk]),
        since=since,
        note=warning.number,
        clause="4.2",
    )
