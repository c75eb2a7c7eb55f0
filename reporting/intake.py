"""Keep a hospital's raw body first, alone and encrypted, so that even a refused report remains as evidence (5.1).

Its envelope is bound to the sender's API key and to the hash of the body.
"""

import hashlib
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import HospitalKey
from audit.envelopes import opened, sealed
from audit.record import Entry, record
from reporting.models import IntakeRecord


@transaction.atomic
def keep_raw_body(
    *, raw: bytes, content_type: str, key: HospitalKey, by: Actor, at: datetime
) -> IntakeRecord:
    """Store a body as it came, encrypted, with its hash in the evidence log (5.1: 不得隐匿、伪造、毁灭有关证据)."""
    digest = hashlib.sha256(raw).hexdigest()
    kept = IntakeRecord.objects.create(
        key=key,
        body_sha256=digest,
        ciphertext=sealed(raw, bound_to=_place(key.pk, digest)),
        content_type=content_type[:80],
    )
    record(
        Entry(
            chain=f"org:{by.office}",
            action="reporting.keep_raw_body",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"intake:{kept.pk}",
            payload={"sha256": digest, "bytes": len(raw)},
        )
    )
    return kept


def open_raw_body(kept: IntakeRecord) -> bytes:
    """Return a kept body in clear; raises InvalidTag if the row was tampered with, LookupError for another key."""
    return opened(bytes(kept.ciphertext), bound_to=_place(kept.key_id, kept.body_sha256))


def _place(api_key_id: int, digest: str) -> str:
    return f"{api_key_id}:{digest}"
