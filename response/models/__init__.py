"""What is done about incidents: assessments, decisions, responses, command."""

from response.models.activation import Decision, Response, ResponseState, Step, Track
from response.models.assessment import AssessmentReport, ConditionReport, DataRequest
from response.models.command import (
    CommandAddressee,
    CommandEntry,
    CommanderAppointment,
    CommanderBasis,
    CommandKind,
    CoordinationRequest,
    DutyCode,
    Headquarters,
    ResponseDuty,
    SceneTeam,
)

__all__ = [
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
    "DutyCode",
    "Headquarters",
    "Response",
    "ResponseDuty",
    "ResponseState",
    "SceneTeam",
    "Step",
    "Track",
]
