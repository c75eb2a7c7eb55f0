"""What a line list states of one patient, before it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from incidents.models import Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """One patient of a line list; who it is only as keyed hashes, masked, and encrypted."""

    local_id: str
    sex: str = "unknown"
    age: int | None = None
    onset_at: datetime | None = None
    visit_at: datetime | None = None
    is_severe: bool = False
    outcome: str = "unknown"
    certainty: str = Certainty.SUSPECTED
    is_secondary: bool = False
    is_inpatient: bool = False
    treated_at: datetime | None = None
    stable_since_at: datetime | None = None
    died_at: datetime | None = None
    residence_code: str = ""
    occupation: str = ""
    diagnosis_code: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    person: str = ""
    masked_identity: str = ""
    traits: tuple[str, ...] = ()
    personal: bytes = b""
