"""What is done about incidents: assessments, decisions, responses, command."""

from response.models.accountability import AccountabilityDecision, AccountabilityEntry
from response.models.accountability_files import (
    AccountabilityAnswer,
    AccountabilityClosing,
    AccountabilityEvidence,
    AccountabilityOutcome,
    AccountabilityQuestion,
    Referral,
    ReferralFile,
    ReferralStatus,
)
from response.models.activation import Decision, Response, ResponseState, Step, Track
from response.models.assessment import AssessmentReport, ConditionReport, DataRequest
from response.models.command import (
    CommanderAppointment,
    CommanderBasis,
    CoordinationRequest,
    DutyCode,
    Headquarters,
    ResponseDuty,
    SceneTeam,
)
from response.models.command_log import CommandAddressee, CommandEntry, CommandKind, UnitCard
from response.models.epidemic import EpidemicBranch
from response.models.experts import Expert, ExpertAppointment
from response.models.grounds import FindingEvidence, LevelBasis, Urging
from response.models.groups import GroupMember, GroupReport, WorkingGroup
from response.models.measures import (
    DisputeEntry,
    DisputeKind,
    DisputeState,
    MeasureRecord,
    StageRegulator,
    TaskEntry,
    TaskState,
)
from response.models.patients import AgentFinding, Patient, PatientEvent
from response.models.shifts import ShiftHandover, ShiftTaking

__all__ = [
    "AccountabilityAnswer",
    "AccountabilityClosing",
    "AccountabilityDecision",
    "AccountabilityEntry",
    "AccountabilityEvidence",
    "AccountabilityOutcome",
    "AccountabilityQuestion",
    "AgentFinding",
    "AssessmentReport",
    "CommandAddressee",
    "CommandEntry",
    "CommandKind",
    "CommanderAppointment",
    "CommanderBasis",
    "ConditionReport",
    "CoordinationRequest",
    "DataRequest",
    "Decision",
    "DisputeEntry",
    "DisputeKind",
    "DisputeState",
    "DutyCode",
    "EpidemicBranch",
    "Expert",
    "ExpertAppointment",
    "FindingEvidence",
    "GroupMember",
    "GroupReport",
    "Headquarters",
    "LevelBasis",
    "MeasureRecord",
    "Patient",
    "PatientEvent",
    "Referral",
    "ReferralFile",
    "ReferralStatus",
    "Response",
    "ResponseDuty",
    "ResponseState",
    "SceneTeam",
    "ShiftHandover",
    "ShiftTaking",
    "StageRegulator",
    "Step",
    "TaskEntry",
    "TaskState",
    "Track",
    "UnitCard",
    "Urging",
    "WorkingGroup",
]
