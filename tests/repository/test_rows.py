"""Every model states whether its rows may change, and the database holds it to that."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

APPS = settings.HOUSE_APPS

APPEND_ONLY = {
    "audit.AuditEvent",
    "audit.DailyRoot",
    "outbox.Climb",
    "incidents.Fact",
    "incidents.Case",
    "incidents.AssessmentRecord",
    "incidents.LevelConfirmation",
    "incidents.Lineage",
    "incidents.PersonDecision",
    "incidents.CaseDefinition",
    "incidents.FoodHistory",
    "incidents.OutbreakCard",
    "reporting.IntakeRecord",
    "reporting.StageEvent",
    "reporting.ClusterClosing",
    "reporting.Delivery",
    "reporting.OralExplanation",
    "reporting.Learning",
    "reporting.PreliminaryCheck",
    "reporting.Leap",
    "reporting.LeapReview",
    "reporting.PublicStatement",
    "reporting.PublicPhoto",
    "reporting.PublicPassing",
    "reporting.ImportantEvent",
    "reporting.SingleCase",
    "reporting.SignalEvidence",
    "reporting.SignalDecision",
    "reporting.SignedDocument",
    "reporting.DocumentFile",
    "reporting.Countersignature",
    "reporting.DocumentDispatch",
    "reporting.DocumentReceipt",
    "reporting.ExplanationRetraction",
    "reporting.AttemptRetraction",
    "response.AccountabilityEntry",
    "drills.Drill",
    "drills.DrillTurn",
    "drills.DrillJoining",
    "drills.InjectReceipt",
    "drills.DrillRefusal",
    "drills.DrillScore",
    "response.AccountabilityEvidence",
    "response.AccountabilityQuestion",
    "response.AccountabilityAnswer",
    "response.Referral",
    "response.ReferralFile",
    "response.ReferralStatus",
    "response.AccountabilityOutcome",
    "response.AccountabilityClosing",
    "monitoring.Observation",
    "monitoring.Hazard",
    "monitoring.HazardAct",
    "monitoring.WarningSignature",
    "monitoring.Bulletin",
    "monitoring.Answer",
    "monitoring.Sharing",
    "reporting.CallAttempt",
    "reporting.HouseTarget",
    "response.AssessmentReport",
    "response.ConditionReport",
    "response.Decision",
    "response.Headquarters",
    "response.CommanderAppointment",
    "response.CommandEntry",
    "response.EpidemicBranch",
    "response.MeasureRecord",
    "response.TaskEntry",
    "response.DisputeEntry",
    "response.GroupReport",
    "response.Patient",
    "response.PatientEvent",
    "response.AgentFinding",
    "response.ExpertAppointment",
    "response.ShiftHandover",
    "response.ShiftTaking",
    "response.FindingEvidence",
    "response.LevelBasis",
    "response.Urging",
    "review.Paper",
    "review.PaperRevision",
    "review.SignedPaper",
    "review.PaperFile",
    "review.PaperDispatch",
    "review.PaperReceipt",
    "review.InvestigationTeam",
    "review.ExchangeAbove",
    "review.Improvement",
    "review.ImprovementStep",
    "aftermath.CareTask",
    "aftermath.Cost",
    "aftermath.Finish",
    "aftermath.InsuranceClaim",
    "aftermath.InsuranceNotice",
    "aftermath.Liability",
    "aftermath.Payment",
    "aftermath.Requisition",
    "readiness.StockUse",
    "readiness.Replenishment",
    "readiness.HeldDrill",
    "readiness.DrillEvaluation",
    "readiness.CheckInterval",
    "editions.CountyPlan",
    "editions.Draft",
    "editions.EffectLine",
    "editions.EffectRun",
    "editions.Finding",
    "editions.FindingStep",
    "editions.Inspection",
    "editions.LawNote",
    "editions.PlanReview",
}
# Moved by the database's own trigger and by nobody else.
GUARDED = {"audit.ChainHead"}
# Follow from append-only rows: what is known now, which clocks run.
PROJECTIONS = {"incidents.Incident", "reporting.Obligation", "reporting.OpenDuty"}
# Change by their own actions, which write the evidence.
OPERATIONAL = {
    "accounts.Jurisdiction",
    "drills.DrillWorld",
    "drills.PlayedStep",
    "accounts.Organisation",
    "accounts.User",
    "accounts.OfficeHolding",
    "accounts.HospitalKey",
    "accounts.WallToken",
    "accounts.KeyUse",
    "accounts.DutyShift",
    "incidents.Place",
    "incidents.IncidentNumber",
    "incidents.InvolvedCounty",
    "incidents.JoinProposal",
    "monitoring.RiskyFood",
    "monitoring.FoodWarning",
    "monitoring.WarningDraft",
    "outbox.Contact",
    "outbox.Message",
    "outbox.Heartbeat",
    "reporting.Report",
    "reporting.TrialReport",
    "reporting.PublicReport",
    "reporting.Signal",
    "reporting.IdempotencyRecord",
    "reporting.CityUnitConcerned",
    "reporting.DeclaredChannel",
    "reporting.ChannelReview",
    "reporting.Document",
    "response.DataRequest",
    "response.Response",
    "response.ResponseDuty",
    "response.SceneTeam",
    "response.CommandAddressee",
    "response.CoordinationRequest",
    "response.UnitCard",
    "response.WorkingGroup",
    "response.Expert",
    "response.GroupMember",
    "response.StageRegulator",
    "readiness.Team",
    "readiness.TechnicalBody",
    "readiness.Hospital",
    "readiness.Stock",
    "readiness.Budget",
    "readiness.Helper",
    "readiness.Enterprise",
    "readiness.Activity",
    "readiness.SupportRequest",
}

# Bits of pg_trigger.tgtype.
ROW, BEFORE, INSERT, DELETE, UPDATE, TRUNCATE = 1, 2, 4, 8, 16, 32


def triggers() -> set[tuple[str, str, int]]:
    """Table, function and kind of every trigger of ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, proname, tgtype FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE NOT tgisinternal AND tgenabled = 'O'"
        )
        return set(cursor.fetchall())


def tables(labels: set[str]) -> set[str]:
    return {apps.get_model(label)._meta.db_table for label in labels}


def test_every_model_states_whether_its_rows_may_change() -> None:
    stated = [APPEND_ONLY, GUARDED, PROJECTIONS, OPERATIONAL]
    models = {model._meta.label for model in apps.get_models() if model._meta.app_label in APPS}
    assert set().union(*stated) == models
    assert sum(map(len, stated)) == len(models)


@pytest.mark.django_db
@pytest.mark.clause(90)
def test_the_database_refuses_to_change_exactly_the_rows_that_may_not() -> None:
    refusing = {(table, kind) for table, function, kind in triggers() if function == "audit_refuse_change"}
    change, empty = ROW | BEFORE | UPDATE | DELETE, BEFORE | TRUNCATE
    assert {table for table, kind in refusing if kind == change} == tables(APPEND_ONLY)
    assert {table for table, kind in refusing if kind == empty} == tables(APPEND_ONLY | GUARDED)
    assert {kind for _table, kind in refusing} == {change, empty}


@pytest.mark.django_db
@pytest.mark.clause(90)
def test_no_trigger_does_more_than_refuse_guard_chain_and_tell() -> None:
    others = {found for found in triggers() if found[1] != "audit_refuse_change"}
    assert others == {
        ("audit_chainhead", "audit_guard_head", ROW | BEFORE | INSERT | UPDATE | DELETE),
        ("audit_auditevent", "audit_chain", ROW | BEFORE | INSERT),
        # They tell whoever watches, after the fact, and change nothing.
        ("outbox_message", "outbox_tell_inbox", ROW | INSERT),
        ("outbox_message", "outbox_tell_inbox", ROW | UPDATE),
    }
