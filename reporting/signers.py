"""What signing a report looks at beside its text: who else could, by the roster, and the call it records (5.1(8))."""

from collections.abc import Iterable
from datetime import datetime

from accounts.duty import on_duty
from accounts.models import Organisation
from reporting.alerts import Addressees
from reporting.models import Delivery, Document
from reporting.verdicts import as_corrected


def others_on_duty(bearer: Organisation, person: str, at: datetime) -> frozenset[str]:
    """Return who else the rosters of a bearer's side name at a moment: each of them may sign (architecture: at 2 a.m.)."""
    return on_duty(Addressees([bearer]).side_of(bearer), at) - {person}


def call_of(document: Document, deliveries: Iterable[Delivery]) -> Delivery | None:
    """Return the receipt that a 电话记录 is the record of, as it was corrected last; None for any other report (5.1(8))."""
    return None if document.delivery is None else as_corrected(document.delivery, deliveries)
