"""May this step of a petition or dispute be entered now? (6.3.6)"""

from django.utils.translation import gettext as _

from plan.refusal import PlanRefusal
from response.models import DisputeEntry


def check_can_enter_dispute(*, about: DisputeEntry | None, is_settled: bool, summary: str) -> None:
    """Raise a refusal unless there is something to say (422) of a dispute that is not settled yet (409)."""
    if not summary.strip():
        raise PlanRefusal(_("请写明情况。"), clause="6.3.6", code="dispute_without_summary")
    if is_settled or (about is not None and about.about_id is not None):
        raise PlanRefusal(
            _("这件事项已化解，或不是首条记录。"),
            clause="6.3.6",
            code="dispute_not_open",
            status=409,
            next_step=_("有新情况的，请另行登记。"),
        )
