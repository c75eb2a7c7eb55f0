"""What a hospital states about a cluster of cases (5.1(3), 5.2), already read and checked field by field."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import Jurisdiction
from audit.worlds import in_drill
from incidents.line_lists import NewCase
from incidents.models import CountKind, FactKind
from plan.refusal import PlanRefusal


class FieldRefusal(PlanRefusal):
    """A refusal that rests on one field of the body; `field` is a JSON pointer (RFC 6901)."""

    def __init__(self, message_zh: str, *, field: str, clause: str, code: str, status: int = 422) -> None:
        super().__init__(message_zh, clause=clause, code=code, status=status)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """One cluster report.

    `counts` holds only the numbers that are known. `as_of` is the time they hold for, if stated. `found_at` is the
    hospital's 发现. A total counts the reports named in `includes`. Without a `county` the hospital's own is meant.
    """

    reference: str
    revision: int = 1
    count_kind: CountKind = CountKind.OWN
    includes: tuple[uuid.UUID, ...] = ()
    counts: dict[FactKind, int]
    cases: tuple[NewCase, ...] = ()
    as_of: datetime | None = None
    found_at: datetime | None = None
    first_onset_at: datetime | None = None
    last_onset_at: datetime | None = None
    county: Jurisdiction | None = None
    place_name: str = ""
    registry_code: str = ""
    address: str = ""
    place_kind: str = ""
    suspect_food: str = ""
    suspect_agent: str = ""
    note: str = ""
    is_drill: bool = field(default_factory=in_drill)
    is_demo: bool = False
