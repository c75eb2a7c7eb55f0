"""What is settled after an incident: entries of the ledger and beside it, and that it was finished."""

from aftermath.models.care import (
    CareTask,
    ClaimState,
    InsuranceClaim,
    InsuranceNotice,
    TaskState,
)
from aftermath.models.entries import Entry
from aftermath.models.finishing import Finish
from aftermath.models.money import Cost, Flow, Liability, LiabilityState, Payment
from aftermath.models.orders import Requisition

__all__ = [
    "CareTask",
    "ClaimState",
    "Cost",
    "Entry",
    "Finish",
    "Flow",
    "InsuranceClaim",
    "InsuranceNotice",
    "Liability",
    "LiabilityState",
    "Payment",
    "Requisition",
    "TaskState",
]
