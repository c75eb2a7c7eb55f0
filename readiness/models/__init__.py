"""What stands ready: registers, what was used and held, what incidents ask for."""

from readiness.models.entries import (
    SHORT_OF_STOCK,
    Enterprise,
    Entry,
    Helper,
    Hospital,
    Stock,
    Team,
    TechnicalBody,
)
from readiness.models.records import CheckInterval, DrillEvaluation, HeldDrill, Replenishment, StockUse
from readiness.models.support import SupportRequest
from readiness.models.years import Activity, Budget

__all__ = [
    "SHORT_OF_STOCK",
    "Activity",
    "Budget",
    "CheckInterval",
    "DrillEvaluation",
    "Enterprise",
    "Entry",
    "HeldDrill",
    "Helper",
    "Hospital",
    "Replenishment",
    "Stock",
    "StockUse",
    "SupportRequest",
    "Team",
    "TechnicalBody",
]
