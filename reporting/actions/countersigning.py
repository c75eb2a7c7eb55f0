"""A report that was signed alone owes another person's signature: asked for at once, and again when it is overdue (house setting)."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from outbox.actions.messages import owe
from outbox.models import Message
from reporting.actions.document_evidence import note_document
from reporting.actions.documents import lock_document
from reporting.alerts import Addressees
from reporting.countersignatures import overdue_countersignatures
from reporting.document_permissions import check_actor_writes
from reporting.document_policies import check_can_countersign
from reporting.models import Countersignature, SignedDocument
from reporting.signature_alerts import LATE, countersign_messages


@transaction.atomic
def countersign_document(*, signed: SignedDocument, by: Actor, at: datetime) -> Countersignature:
    """Sign later, as a second person, a report that was signed alone (architecture: at 2 a.m.).

    Refused: by who signed it or another side (403), where none is owed (409).
    """
    incident, document = lock_document(signed.document)
    check_actor_writes(by, incident, document)
    is_done = Countersignature.objects.filter(signed=signed).exists()
    check_can_countersign(signed, is_done=is_done, person=by.ref)
    made = Countersignature.objects.create(signed=signed, signed_by=by.ref, office=by.office, signed_at=at)
    note_document(
        action="reporting.countersign_document",
        document=document,
        rows=[made],
        by=by,
        at=at,
    )
    return made


def ask_to_countersign(*, signed: SignedDocument, is_late: bool = False, at: datetime) -> None:
    """Tell every office that may countersign, the signer's own too: its other people may (house setting)."""
    bearer = signed.document.bearer
    side = Addressees([bearer]).side_of(bearer)
    owe(countersign_messages(signed, side, is_late=is_late), at=at)


def chase_countersignatures(*, by: Actor, at: datetime) -> int:
    """Ask again for each countersignature that is overdue, once, whichever process comes first; how many (house setting)."""
    return sum(_chase(signed, by, at) for signed in overdue_countersignatures(at))


@transaction.atomic
def _chase(signed: SignedDocument, by: Actor, at: datetime) -> int:
    lock_document(signed.document)
    told = Message.objects.filter(kind=LATE, dedupe_key__startswith=f"{LATE}:{signed.pk}:")
    if told.exists() or not overdue_countersignatures(at).filter(pk=signed.pk).exists():
        return 0
    note_document(action="reporting.chase_countersignature", document=signed.document, by=by, at=at)
    ask_to_countersign(signed=signed, is_late=True, at=at)
    return 1
