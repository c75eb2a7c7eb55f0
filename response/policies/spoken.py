"""What somebody with authority said or signed: who, in what capacity, when, in what words (A28, A59)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from plan.refusal import PlanRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A leader's word. On paper it names its document; by mouth its words are written down and the paper is owed."""

    decider: str
    capacity: str
    given_at: datetime
    document: str = ""
    is_oral: bool = False
    words: str = ""
    witness: str = ""


def check_spoken(spoken: Spoken, clause: str, at: datetime) -> None:
    """Raise a refusal (422) unless a leader's word names who gave it and what it was (A59)."""
    if not spoken.decider.strip() or not spoken.capacity.strip():
        raise PlanRefusal(
            _("须写明由谁、以什么身份作出。"),
            clause=clause,
            code="decider_missing",
            next_step=_("请填写姓名和职务。"),
        )
    if spoken.given_at > at:
        raise PlanRefusal(_("作出决定的时间不能晚于现在。"), clause=clause, code="given_in_future")
    if spoken.is_oral and (spoken.document.strip() or not spoken.words.strip()):
        raise PlanRefusal(
            _("口头决定须记录原话，不填文号；书面补到后另行登记。"),
            clause=clause,
            code="oral_without_words",
            next_step=_("请记录原话，有旁证的写明旁证人。"),
        )
    if not spoken.is_oral and not spoken.document.strip():
        raise PlanRefusal(
            _("书面决定须填写文号；尚无书面的，登记为口头决定，书面后补。"),
            clause=clause,
            code="document_missing",
        )
