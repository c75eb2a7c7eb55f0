"""What is written after an incident: papers of 7.2, the team that investigates, improvements and what became of them."""

from review.models.above import Direction, ExchangeAbove
from review.models.improvements import Improvement, ImprovementStage, ImprovementStep
from review.models.papers import (
    InvestigationTeam,
    Paper,
    PaperDispatch,
    PaperFile,
    PaperReceipt,
    PaperRevision,
    SignedPaper,
)

__all__ = [
    "Direction",
    "ExchangeAbove",
    "Improvement",
    "ImprovementStage",
    "ImprovementStep",
    "InvestigationTeam",
    "Paper",
    "PaperDispatch",
    "PaperFile",
    "PaperReceipt",
    "PaperRevision",
    "SignedPaper",
]
