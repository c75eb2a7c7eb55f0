"""Keep what a hospital sends first, alone and encrypted, so that even a refused report remains as evidence (5.1).

Its envelope is bound to its sender, a key or a person signed in, and to the hash of what was sent.
"""

import hashlib
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import HospitalKey
from audit.envelopes import opened, sealed
from audit.record import Entry, record
from audit.seals import seals
from reporting.models import IntakeRecord


def keep_raw_body(
    *, raw: bytes, content_type: str, key: HospitalKey, by: Actor, at: datetime
) -> IntakeRecord:
    """Store a body as it came, encrypted, with its hash in the evidence log (5.1: 不得隐匿、伪造、毁灭有关证据)."""
    return _keep(IntakeRecord(key=key, content_type=content_type[:80]), raw, by, at)


def keep_raw_file(*, raw: bytes, content_type: str, by: Actor, at: datetime) -> IntakeRecord:
    """Store a workbook as somebody signed in sent it, as a system's body is stored (5.1)."""
    kept = IntakeRecord(office=by.organisation, sent_by=by.ref, content_type=content_type[:80])
    return _keep(kept, raw, by, at)


def open_raw_body(kept: IntakeRecord) -> bytes:
    """Return what was sent in clear; raises InvalidTag if the row was tampered with, LookupError for another key."""
    return opened(bytes(kept.ciphertext), bound_to=_place(kept))


@transaction.atomic
def _keep(kept: IntakeRecord, raw: bytes, by: Actor, at: datetime) -> IntakeRecord:
    kept.body_sha256 = hashlib.sha256(raw).hexdigest()
    kept.ciphertext = sealed(raw, bound_to=_place(kept))
    kept.save(force_insert=True)
    record(
        Entry(
            chain=f"org:{by.office}",
            action="reporting.keep_raw_body",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"intake:{kept.pk}",
            payload={"sha256": kept.body_sha256, "bytes": len(raw), "rows": seals([kept])},
        )
    )
    return kept


def _place(kept: IntakeRecord) -> str:
    return f"{kept.key_id or kept.sent_by}:{kept.body_sha256}"
