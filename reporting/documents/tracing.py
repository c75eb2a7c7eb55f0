"""Which signed report a file or a printed hash belongs to, by what the evidence log recorded (5.1)."""

import json
from dataclasses import dataclass
from datetime import datetime

from audit.models import AuditEvent
from reporting.models import SignedDocument

SIGNING = "reporting.sign_document"


@dataclass(frozen=True, slots=True)
class Traced:
    """Where the log knows a hash from; `what` is pdf, docx or content, `is_newest` unless a new version replaced it."""

    what: str
    chain: str
    seq: int
    ref: str
    signed_at: datetime
    is_newest: bool


def trace(digest: str) -> Traced | None:
    """Return the signing that recorded this hash, None if no report has it (5.1: 不得伪造)."""
    for event in AuditEvent.objects.filter(action=SIGNING, payload__contains=digest).order_by("pk"):
        payload = json.loads(event.payload)
        known = {payload["sha256"]: "content"} | {own: name for name, own in payload["files"].items()}
        if digest in known:
            ref = event.subject.removeprefix("document:")
            replaced = SignedDocument.objects.filter(replaces__document__ref=ref).exists()
            return Traced(known[digest], event.chain, event.seq, ref, event.at, not replaced)
    return None
