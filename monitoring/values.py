"""What is given to the actions of this app, whichever door it came by."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Jurisdiction, Organisation
from incidents.models import Stage
from monitoring.models import Finding, Hazard, Observation
from plan.monitoring import Feed, LiftGround, Stream
from reporting.models import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class NewObservation:
    """One observation as it is stated; `reference` is its sender's own number, by which it is recognised when it comes again."""

    feed: Feed
    area: Jurisdiction
    occurred_at: datetime
    reference: str
    # Nothing where nobody can tell yet.
    stream: Stream | None = None
    stage: Stage | None = None
    place_text: str = ""
    food: str = ""
    factor: str = ""
    finding: Finding | None = None
    summary: str = ""
    is_drill: bool = False
    is_demo: bool = False

    def said(self) -> dict[str, Any]:
        """Return what a row keeps of it."""
        return {
            "feed": self.feed.value,
            "stream": self.stream.value if self.stream else "",
            "area": self.area,
            "occurred_at": self.occurred_at,
            "reference": self.reference,
            "stage": self.stage.value if self.stage else "",
            "place_text": self.place_text,
            "food": self.food,
            "factor": self.factor,
            "finding": self.finding.value if self.finding else "",
            "summary": self.summary,
            "is_drill": self.is_drill,
            "is_demo": self.is_demo,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationFate:
    """What became of one observation: `code` says why it was not taken; neither new nor refused, it was known."""

    reference: str
    revision: int = 1
    is_new: bool = False
    code: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHazard:
    """A hazard or problem as a regulator states it (4.1(f)), and what it was found by."""

    title: str
    stream: Stream
    area: Jurisdiction
    found_at: datetime
    stage: Stage | None = None
    place_text: str = ""
    food: str = ""
    note: str = ""
    observation: Observation | None = None
    signal: Signal | None = None
    is_drill: bool = False
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningText:
    """What a bulletin says (4.2): its analysis, its audiences, who issues it; what CAP asks beside is not the plan's.

    ground and judgement: of a lifting alone. house_level: a level of the office's own (A44).
    """

    headline: str
    harm: str = ""
    trend: str = ""
    advice: str = ""
    headline_en: str = ""
    text_en: str = ""
    stream: Stream
    stage: Stage | None = None
    food: str = ""
    areas: tuple[Jurisdiction, ...]
    departments: tuple[Organisation, ...] = ()
    is_public: bool = False
    partners: tuple[Organisation, ...] = ()
    house_level: str = ""
    urgency: str = "Unknown"
    severity: str = "Unknown"
    certainty: str = "Unknown"
    ground: LiftGround | None = None
    judgement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningBasis:
    """What a warning rests on, and whether it is meant."""

    hazard: Hazard | None = None
    signal: Signal | None = None
    is_drill: bool = False
    is_demo: bool = False
