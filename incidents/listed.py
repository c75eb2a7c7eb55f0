"""Rows of line lists, and the persons behind them: what counting and the outbreak's picture need of them (A12)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from incidents.definitions import Stated, Verdict, certainty_of, stated_by, verdict
from incidents.models import CaseDefinition, Certainty, Sex


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One row of a line list: what counting needs of it. `person` is empty where the hospital did not say who it is."""

    fact_id: int
    key: str
    person: str
    onset_at: datetime | None
    is_dead: bool
    is_severe: bool
    local_id: str = ""
    certainty: str = Certainty.SUSPECTED
    is_secondary: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)
    sex: str = Sex.UNKNOWN
    age: int | None = None
    is_inpatient: bool = False


@dataclass
class Patient:
    """One person, as the lists that count state them."""

    cases: list[ListedCase] = field(default_factory=list)

    @cached_property
    def stated(self) -> Stated:
        """What these lists state together; asked for when they are complete."""
        rows = ((case.certainty, case.is_secondary, case.onset_at, case.details) for case in self.cases)
        return stated_by(rows)

    def judged_by(self, definition: CaseDefinition | None) -> Verdict:
        """Return whether this person is a case; without a definition everybody listed is (A12)."""
        if definition is None:
            return Verdict(certainty_of(self.stated, None))
        return verdict(self.stated, definition)

    @property
    def onsets(self) -> list[datetime]:
        """Return the onsets stated for this person, the earliest first."""
        return sorted(case.onset_at for case in self.cases if case.onset_at is not None)

    @property
    def sex(self) -> str:
        """The sex stated for this person, unknown where no record says."""
        return next((case.sex for case in self.cases if case.sex != Sex.UNKNOWN), Sex.UNKNOWN)

    @property
    def age(self) -> int | None:
        """The age stated for this person, None where no record says."""
        return next((case.age for case in self.cases if case.age is not None), None)
