"""Drafts of a revision and what they would have changed; how the plan was reviewed; the counties' plans and their inspection."""

from editions.models.counties import CountyPlan, Finding, FindingStep, FindingStepKind, Inspection
from editions.models.drafts import Draft, EffectLine, EffectRun, LawNote, PlanReview, ReviewOutcome

__all__ = [
    "CountyPlan",
    "Draft",
    "EffectLine",
    "EffectRun",
    "Finding",
    "FindingStep",
    "FindingStepKind",
    "Inspection",
    "LawNote",
    "PlanReview",
    "ReviewOutcome",
]
