"""What is watched, the hazards found, the warnings issued, and what was shared of it (预案 4, 8.2)."""

from monitoring.models.hazards import Hazard, HazardAct, HazardActKind
from monitoring.models.observations import Finding, Observation, RiskyFood, Way
from monitoring.models.sharing import Sharing, SharingWay
from monitoring.models.warnings import (
    Answer,
    AnswerKind,
    Bulletin,
    BulletinKind,
    FoodWarning,
    WarningDraft,
    WarningSignature,
    WarningState,
)

__all__ = [
    "Answer",
    "AnswerKind",
    "Bulletin",
    "BulletinKind",
    "Finding",
    "FoodWarning",
    "Hazard",
    "HazardAct",
    "HazardActKind",
    "Observation",
    "RiskyFood",
    "Sharing",
    "SharingWay",
    "WarningDraft",
    "WarningSignature",
    "WarningState",
    "Way",
]
