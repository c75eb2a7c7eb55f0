"""The only upward path: what apps above do when something below them changes."""

from accounts.duty import who_is_told
from aftermath.actions.chasing import chase_aftermath
from aftermath.actions.insurance import tell_insurance_of_incidents
from aftermath.waiting import aftermath_waiting
from drills.actions.playing import go_on_with_drills
from incidents.steps import AFTER_ASSESSMENT, BEFORE_FINDING_NO_INCIDENT, BEFORE_SPLIT
from monitoring.waiting import monitoring_waits
from outbox.steps import WHO_IS_TOLD
from reporting.actions.clocks import arm_after_assessment
from reporting.actions.countersigning import chase_countersignatures
from reporting.actions.duties import settle_duties
from reporting.actions.inheriting import inherit_at_split
from reporting.actions.proposing import sweep_signals
from reporting.actions.sourcing import propose_common_sources
from reporting.documents.material import SAID_ABOVE
from reporting.steps import CHASES
from response.actions.carrying import carry_at_split
from response.actions.chasing import chase_late_answers
from response.actions.group_reports import chase_late_reports
from response.actions.reopening import check_nothing_runs, flag_reopened
from response.actions.urging import chase_late_decisions
from response.bundle.contents import FILES_ABOVE
from response.desk.steps import WAITING_ABOVE
from response.report_text import said_of_response
from review.actions.improving import chase_improvements
from review.selectors import paper_files
from review.waiting import review_waiting


def wire() -> None:
    """Fill the step lists once, at start."""
    AFTER_ASSESSMENT[:] = [settle_duties, arm_after_assessment, flag_reopened]
    BEFORE_FINDING_NO_INCIDENT[:] = [check_nothing_runs]
    BEFORE_SPLIT[:] = [inherit_at_split, carry_at_split]
    WHO_IS_TOLD[:] = [who_is_told]
    CHASES[:] = [
        chase_late_reports,
        chase_late_answers,
        chase_late_decisions,
        chase_countersignatures,
        sweep_signals,
        propose_common_sources,
        go_on_with_drills,
        tell_insurance_of_incidents,
        chase_aftermath,
        chase_improvements,
    ]
    WAITING_ABOVE[:] = [aftermath_waiting, monitoring_waits, review_waiting]
    SAID_ABOVE[:] = [said_of_response]
    FILES_ABOVE[:] = [paper_files]
