"""What headquarters and their office do while a response runs (3.1, 3.2, 6.2)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import MomentField, choice, line, words
from accounts.models import OfficeHolding
from accounts.rights import Right
from incidents.permissions import check_actor_may_with
from response.actions.commanders import appoint_commander
from response.actions.teams import dispatch_team, note_arrival, settle_response_duty
from response.doings.doing import Doing, Fields, Target, spoken_fields, spoken_of
from response.models import CommanderBasis, ResponseDuty, SceneTeam
from response.permissions import check_actor_may_on
from response.policies.command import check_can_settle, check_is_running
from response.selectors.command import candidates


def _may(right: Right) -> Any:
    def check(target: Target) -> None:
        check_actor_may_on(target.actor, right, target.response)
        check_is_running(target.response, "3.1")

    return check


def _commander_fields(target: Target) -> Fields:
    people = [
        (str(each.pk), f"{each.organisation.name} {each.user} {each.title}")
        for each in candidates(target.response)
    ]
    return {
        "holding": choice(label=_("总指挥"), choices=people, required=True),
        "basis": choice(label=_("依据"), choices=CommanderBasis.choices, required=True),
        **spoken_fields(),
    }


def _appoint(target: Target, said: dict[str, Any]) -> object:
    holding = OfficeHolding.objects.select_related("organisation", "user").get(pk=said["holding"])
    return appoint_commander(
        response=target.response,
        holding=holding,
        basis=CommanderBasis(said["basis"]),
        spoken=spoken_of(said),
        by=target.actor,
        at=target.at,
    )


def _team_fields(_target: Target) -> Fields:
    return {
        "leader": line(label=_("负责人"), max_length=40, required=True),
        "members": words(label=_("成员（每行一人）"), required=True),
        "left_at": MomentField(label=_("出发时间")),
    }


def _dispatch(target: Target, said: dict[str, Any]) -> object:
    said["members"] = [name.strip() for name in said["members"].splitlines() if name.strip()]
    return dispatch_team(response=target.response, **said, by=target.actor, at=target.at)


def _team(target: Target) -> SceneTeam:
    rows = SceneTeam.objects.filter(response__incident__in=target.family)
    return target.one(rows.select_related("response__incident"))


def _duty(target: Target) -> ResponseDuty:
    rows = ResponseDuty.objects.filter(response__incident__in=target.family)
    return target.one(rows.select_related("response__incident", "response__county"))


def _check_duty(target: Target) -> None:
    duty = _duty(target)
    check_actor_may_on(target.actor, Right.COMMAND, duty.response)
    check_can_settle(duty)


def _may_send(target: Target) -> None:
    check_actor_may_with(target.actor, Right.COMMAND, target.incident)
    check_is_running(target.response, "6.2")


COMMANDING = (
    Doing(
        slug="commander",
        title=_("明确总指挥"),
        clause="3.1",
        lead=_("由政府分管领导，或政府指定的相关单位负责人担任；只有总指挥能同意终止。"),
        done=_("总指挥已明确。"),
        check=_may(Right.APPOINT_COMMANDER),
        fields=_commander_fields,
        perform=_appoint,
    ),
    Doing(
        slug="team",
        title=_("派出现场工作组"),
        clause="6.2",
        lead=_("Ⅰ、Ⅱ、Ⅲ级必须派出；Ⅳ级必要时由市食药安办派出。"),
        done=_("工作组已登记。"),
        check=_may_send,
        fields=_team_fields,
        perform=_dispatch,
    ),
    Doing(
        slug="arrival",
        title=_("登记工作组到达"),
        clause="6.2",
        lead=_("填写到达现场的时间。"),
        done=_("已登记到达时间。"),
        check=_may_send,
        fields=lambda _target: {"arrived_at": MomentField(label=_("到达时间"))},
        perform=lambda target, said: note_arrival(team=_team(target), **said, by=target.actor, at=target.at),
        of_row=True,
    ),
    Doing(
        slug="duty",
        title=_("登记已办事项"),
        clause="3.1",
        lead=_("写明由谁接收。"),
        done=_("已登记。"),
        check=_check_duty,
        fields=lambda _target: {
            "receiver": line(label=_("接收人"), max_length=60, required=True),
            "document": line(label=_("文号"), max_length=80),
        },
        perform=lambda target, said: settle_response_duty(
            duty=_duty(target), **said, by=target.actor, at=target.at
        ),
        of_row=True,
    ),
)
