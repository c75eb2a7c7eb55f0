"""What happened: registered places, incidents, facts as reported, assessments, confirmations, proposed joins."""

from incidents.models.cards import OutbreakCard
from incidents.models.cases import Case, Outcome, PatientStated, PersonDecision, Sex
from incidents.models.definitions import CaseDefinition, SymptomRule
from incidents.models.facts import Certainty, CountKind, Fact, FactKind
from incidents.models.families import JoinProposal, JoinState, Lineage, LineageKind
from incidents.models.histories import FoodHistory
from incidents.models.incidents import (
    LEVELS,
    CountyRole,
    Incident,
    IncidentNumber,
    IncidentStatus,
    InvolvedCounty,
)
from incidents.models.levels import AssessmentRecord, LevelConfirmation
from incidents.models.places import Place, PlaceKind, Stage

__all__ = [
    "LEVELS",
    "AssessmentRecord",
    "Case",
    "CaseDefinition",
    "Certainty",
    "CountKind",
    "CountyRole",
    "Fact",
    "FactKind",
    "FoodHistory",
    "Incident",
    "IncidentNumber",
    "IncidentStatus",
    "InvolvedCounty",
    "JoinProposal",
    "JoinState",
    "LevelConfirmation",
    "Lineage",
    "LineageKind",
    "OutbreakCard",
    "Outcome",
    "PatientStated",
    "PersonDecision",
    "Place",
    "PlaceKind",
    "Sex",
    "Stage",
    "SymptomRule",
]
