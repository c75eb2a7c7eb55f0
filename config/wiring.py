"""The only upward path: what apps above do when something below them changes."""

from incidents.steps import AFTER_ASSESSMENT
from reporting.actions.clocks import arm_after_assessment
from reporting.actions.duties import settle_duties


def wire() -> None:
    """Fill the step lists once, at start."""
    AFTER_ASSESSMENT[:] = [settle_duties, arm_after_assessment]
