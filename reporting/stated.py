"""What a report states, whichever door it came by: the input of the one action that accepts reports."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from accounts.models import Jurisdiction
from audit.worlds import in_drill
from incidents.actions.facts import NewFact
from incidents.actions.incidents import IncidentDraft
from incidents.models import CountyRole, FactKind, Incident, Place

# What 5.2 asks for; a report may say that it is not known yet.
OCCURRED, PLACE, NUMBER = "occurred", "place", "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedReport:
    """The facts of one report (5.2: 时间、地点和人数).

    `area` is the county or zone of the place, or where the food came from (`area_role`, A51). `facts` are the counts and
    findings; those without a time of their own happened when the incident did, or as of their own time when that is unknown.
    `unknown` lists what the report says is not known yet. `found_at` is when the reporter itself found out, if before the
    county (A49). `counties` are further counties concerned. `join` names the incident it was reported to.
    """

    area: Jurisdiction
    area_role: CountyRole = CountyRole.HARM
    known_at: datetime
    found_at: datetime | None = None
    place: Place | None = None
    place_text: str = ""
    address: str = ""
    place_kind: str = ""
    occurred_earliest: datetime | None = None
    occurred_latest: datetime | None = None
    facts: tuple[NewFact, ...] = ()
    unknown: frozenset[str] = frozenset()
    suspect_food: str = ""
    sensitive_reason: str = ""
    note: str = ""
    counties: tuple[tuple[Jurisdiction, CountyRole], ...] = ()
    join: Incident | None = None
    is_drill: bool = field(default_factory=in_drill)
    is_demo: bool = False

    @property
    def draft(self) -> IncidentDraft:
        """The incident this report opens when it joins none."""
        return IncidentDraft(
            area=self.area,
            role=self.area_role,
            place=self.place,
            place_text=self.place_text,
            address=self.address,
            place_kind=self.place_kind,
            occurred_latest=self.occurred_latest,
            known_at=self.known_at,
            is_drill=self.is_drill,
            is_demo=self.is_demo,
        )

    def entries(self, report_ref: str) -> list[NewFact]:
        """Return everything stated as facts that carry the report's reference, dated as A17 reads them."""
        own = [replace(self._dated(fact), report_ref=report_ref) for fact in self.facts]
        if self.occurred_earliest and self.occurred_latest:
            interval = {
                "earliest": self.occurred_earliest.isoformat(),
                "latest": self.occurred_latest.isoformat(),
            }
            own.append(self._about(FactKind.OCCURRED, interval, report_ref))
        if self.suspect_food:
            own.append(self._about(FactKind.SUSPECT_FOOD, self.suspect_food, report_ref))
        if self.sensitive_reason:
            own.append(self._about(FactKind.SENSITIVE, {"reason": self.sensitive_reason}, report_ref))
        return own

    def _dated(self, fact: NewFact) -> NewFact:
        if fact.happened_latest or not self.occurred_latest:
            return fact
        return replace(fact, happened_earliest=self.occurred_earliest, happened_latest=self.occurred_latest)

    def _about(self, kind: FactKind, value: object, report_ref: str) -> NewFact:
        return self._dated(NewFact(kind=kind, value=value, as_of=self.known_at, report_ref=report_ref))
