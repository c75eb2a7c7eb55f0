"""Reminding by hand who owes an answer or a paper (6.2, 6.4, A59)."""

from django.utils.translation import gettext_lazy as _

from accounts.rights import Right
from incidents.permissions import check_actor_may_with
from response.actions.urging import urge_answer
from response.doings.doing import Doing, Target
from response.models import Decision
from response.policies.urging import check_can_urge


def _decision(target: Target) -> Decision:
    rows = Decision.objects.filter(incident__in=target.family)
    return target.one(rows.select_related("incident"))


def _check(target: Target) -> None:
    check_actor_may_with(target.actor, Right.ASSESS, target.incident)
    check_can_urge(_decision(target), target.waits, target.actor)


URGING = (
    Doing(
        slug="urge",
        title=_("催办答复或书面文件"),
        clause="6.2",
        lead=_("向欠答复或欠书面文件的单位发一条催办消息；预案未定时限，没有答复不等于同意。"),
        done=_("已催办。"),
        check=_check,
        perform=lambda target, _said: urge_answer(decision=_decision(target), by=target.actor, at=target.at),
        of_row=True,
    ),
)
