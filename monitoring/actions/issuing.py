"""Every issuer signs; with the last signature a bulletin is issued, told to its audiences and shared (4.2)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.evidence import write_down
from accounts.models import Organisation, User
from monitoring.actions.sharing import note_sharing
from monitoring.content import identifier_of
from monitoring.drafts import issuers_of, lock_warning, open_draft, signed_offices
from monitoring.models import (
    Bulletin,
    BulletinKind,
    FoodWarning,
    SharingWay,
    WarningDraft,
    WarningSignature,
)
from monitoring.permissions import check_actor_issues
from monitoring.policies import check_can_draft, check_can_sign, check_draft_is_open
from outbox.actions.messages import Owed, owe
from reporting.public_record import take_turns

LONGEST_TITLE = 190


@transaction.atomic
def sign_warning(*, warning: FoodWarning, seen: str = "", by: Actor, at: datetime) -> WarningSignature:
    """Sign for one issuer what was read (`seen`, its hash; as it stands if left out); the last issuer's signature issues it (4.2.1).

    Refused: by another than an issuer (403), by who wrote it (422), if it changed meanwhile or is not there (409).
    """
    warning = lock_warning(warning)
    office = check_actor_issues(by, [each.code for each in issuers_of(warning)])
    draft = check_draft_is_open(open_draft(warning))
    check_can_draft(warning, draft.kind)
    check_can_sign(draft, by.ref, seen or draft.sha256)
    signature, is_new = _sign(draft, office, by, at)
    if is_new:
        write_down("monitoring.sign_warning", warning.chain, by, at, rows=[signature])
    if signed_offices(draft) >= set(draft.issuers):
        _issue(warning, draft, by, at)
    return signature


def _sign(
    draft: WarningDraft, office: Organisation, by: Actor, at: datetime
) -> tuple[WarningSignature, bool]:
    before = draft.signatures.filter(organisation=office, sha256=draft.sha256).first()
    if before is not None:
        return before, False
    person = User.objects.filter(pk=by.ident or 0).first()
    row = WarningSignature(
        draft=draft, organisation=office, sha256=draft.sha256, signer=str(person or by.label)[:40]
    )
    row.signed_by, row.signed_at = by.ref, at
    row.save(force_insert=True)
    return row, True


def _issue(warning: FoodWarning, draft: WarningDraft, by: Actor, at: datetime) -> None:
    take_turns("warning-identifiers")
    row = Bulletin(
        warning=warning,
        draft=draft,
        serial=warning.bulletins.count() + 1,
        kind=draft.kind,
        identifier=identifier_of(warning.organisation, at),
        content=draft.content,
        sha256=draft.sha256,
        is_public=draft.content["is_public"],
        issued_at=at,
    )
    row.save(force_insert=True)
    # Read back: the database keeps an object's names in an order of its own, and the seal is over what it keeps.
    row.refresh_from_db()
    draft.is_open = False
    draft.save(update_fields=["is_open"])
    if draft.kind == BulletinKind.ALERT:
        warning.issue()
    elif draft.kind == BulletinKind.LIFT:
        warning.lift()
    warning.changed_at = at
    warning.save()
    write_down("monitoring.issue_bulletin", warning.chain, by, at, rows=[row])
    _tell(warning, row, by, at)


def _tell(warning: FoodWarning, bulletin: Bulletin, by: Actor, at: datetime) -> None:
    departments = list(Organisation.objects.filter(code__in=bulletin.content["departments"]).order_by("code"))
    what = f"{warning.number} {bulletin.content['headline']}"
    shared: list[tuple[SharingWay, Sequence[Organisation | None]]] = [(SharingWay.MESSAGE, departments)]
    if bulletin.is_public:
        shared.append((SharingWay.PUBLIC, [None]))
    for way, receivers in shared:
        note_sharing(
            what=what,
            subject=warning.chain,
            receivers=receivers,
            way=way,
            is_drill=warning.is_drill,
            by=by,
            at=at,
        )
    owe([_message(warning, bulletin, each) for each in departments], at=at)


def _message(warning: FoodWarning, bulletin: Bulletin, office: Organisation) -> Owed:
    issuers = "、".join(each.name for each in issuers_of(warning))
    kind = BulletinKind(bulletin.kind)
    said = {"kind": kind.label, "headline": bulletin.content["headline"]}
    asks = _("请签收并登记采取的措施。") if kind == BulletinKind.ALERT else _("请签收。")
    return Owed(
        dedupe_key=f"warning:{bulletin.identifier}:{office.code}",
        recipient=office.code,
        kind="warning_issued",
        title=(_("食品安全预警（%(kind)s）：%(headline)s") % said)[:LONGEST_TITLE],
        body=_("%(issuers)s发布，编号%(number)s。%(asks)s")
        % {"issuers": issuers, "number": warning.number, "asks": asks},
        link=reverse("monitoring:warning", args=[warning.pk]),
        chain=warning.chain,
        drill=warning.is_drill,
        is_alarm=kind == BulletinKind.ALERT,
    )
