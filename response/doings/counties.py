"""What counties do: start Ⅳ, handle what is below it, share what crosses their borders (3.5, 6.2.4)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import choice, words
from accounts.models import Jurisdiction, Organisation
from accounts.permissions import own_county
from accounts.rights import Right
from incidents.policies import check_is_open
from plan.offices import OfficeKind
from response.actions.activation import activate_county_response
from response.actions.below import close_handling, record_handling
from response.actions.commanders import designate_lead_county
from response.actions.coordination import answer_coordination, request_coordination
from response.actions.counties import set_up_county_headquarters
from response.doings.doing import Doing, Fields, Target, spoken_fields, spoken_of
from response.models import CoordinationRequest
from response.permissions import check_actor_in_city, check_actor_in_county, check_actor_is
from response.policies.activation import check_can_activate_county, check_can_handle_below
from response.policies.command import (
    check_can_lead,
    check_can_stand_beside,
    check_may_coordinate,
    check_waits_for_answer,
)
from response.selectors.command import handling_of

WORDS = {"note": words(label=_("处置情况"), required=True)}


def _check_county(target: Target) -> None:
    check_actor_in_county(target.actor, Right.ACTIVATE, target.incident)
    check_can_activate_county(target.incident, target.city, target.own)


def _check_headquarters(target: Target) -> None:
    check_actor_in_county(target.actor, Right.ACTIVATE, target.incident)
    county = own_county(target.actor)
    harmed = {each.pk for each in handling_of(target.incident).counties}
    check_can_stand_beside(target.city, target.own, county.pk if county else 0, harmed)


def _check_below(target: Target) -> None:
    check_actor_in_county(target.actor, Right.HANDLE_BELOW, target.incident)
    check_can_handle_below(target.incident, target.city or target.own)


def _check_lead(target: Target) -> None:
    check_actor_in_city(target.actor, Right.APPROVE, target.incident)
    counties = {each.pk for each in handling_of(target.incident).counties}
    check_can_lead(next(iter(counties), 0), counties)


def _lead_fields(target: Target) -> Fields:
    names = [(each.code, each.name) for each in handling_of(target.incident).counties]
    return {"county": choice(label=_("牵头区县（市）"), choices=names, required=True), **spoken_fields()}


def _lead(target: Target, said: dict[str, Any]) -> object:
    county = Jurisdiction.objects.get(code=said["county"])
    spoken = spoken_of(said)
    return designate_lead_county(
        incident=target.incident, county=county, spoken=spoken, by=target.actor, at=target.at
    )


def _recipient(target: Target) -> Organisation:
    body = target.actor.organisation
    asks = body is not None and body.kind == OfficeKind.COUNTY_GOVERNMENT
    return Organisation.objects.get(code="city-gov" if asks else "city-commission")


def _check_coordinate(target: Target) -> None:
    sender = check_actor_in_county(target.actor, Right.REQUEST_COORDINATION, target.incident)
    check_is_open(target.incident)
    check_may_coordinate(sender, _recipient(target), target.own)


def _coordinate(target: Target, said: dict[str, Any]) -> object:
    to = _recipient(target)
    return request_coordination(incident=target.incident, recipient=to, **said, by=target.actor, at=target.at)


def _asked(target: Target) -> CoordinationRequest:
    rows = CoordinationRequest.objects.filter(incident__in=target.family)
    return target.one(rows.select_related("incident", "recipient", "sender"))


def _check_asked(target: Target) -> None:
    check_actor_is(target.actor, _asked(target).recipient)
    check_waits_for_answer(_asked(target))


COUNTIES = (
    Doing(
        slug="activate-county",
        title=_("启动Ⅳ级应急响应"),
        clause="6.2.4",
        lead=_("经县级食药安办评估为一般事故的，由县级食药安委启动，县级政府组织实施。"),
        done=_("Ⅳ级应急响应已启动；须报市食药安办，并报市政府备案。"),
        check=_check_county,
        perform=lambda target, _said: activate_county_response(
            incident=target.incident, by=target.actor, at=target.at
        ),
    ),
    Doing(
        slug="county-headquarters",
        title=_("成立县级应急指挥机构"),
        clause="3.5",
        lead=_("市级响应期间，事发地区县（市）参照市级模式成立应急指挥机构，统一领导本行政区域的处置。"),
        done=_("县级应急指挥机构已成立；请由县级政府明确总指挥。"),
        check=_check_headquarters,
        perform=lambda target, _said: set_up_county_headquarters(
            incident=target.incident, by=target.actor, at=target.at
        ),
    ),
    Doing(
        slug="handle",
        title=_("登记县级酌情处置"),
        clause="6.2.4",
        lead=_("未达一般级别的，由县级政府根据有关规定酌情处置。"),
        done=_("处置情况已登记。"),
        check=_check_below,
        fields=lambda _target: WORDS,
        perform=lambda target, said: record_handling(
            incident=target.incident, **said, by=target.actor, at=target.at
        ),
    ),
    Doing(
        slug="close-handling",
        title=_("办结县级酌情处置"),
        clause="6.2.4",
        lead=_("写明结果；有新情况的，再次登记处置即重新打开。"),
        done=_("已办结。"),
        check=_check_below,
        fields=lambda _target: WORDS,
        perform=lambda target, said: close_handling(
            incident=target.incident, **said, by=target.actor, at=target.at
        ),
    ),
    Doing(
        slug="lead-county",
        title=_("指定牵头区县（市）"),
        clause="3.5",
        lead=_("跨区县（市）的事故，没有指定时由有关区县（市）政府共同负责。"),
        done=_("已指定牵头。"),
        check=_check_lead,
        fields=_lead_fields,
        perform=_lead,
    ),
    Doing(
        slug="coordinate",
        title=_("请求市级协调处置"),
        clause="3.5",
        lead=_("县级政府向市政府提出，县级应急指挥机构向市应急指挥机构提出。"),
        done=_("请求已提交。"),
        check=_check_coordinate,
        fields=lambda _target: {"text": words(label=_("请求的事项"), required=True)},
        perform=_coordinate,
    ),
    Doing(
        slug="answer-coordination",
        title=_("答复协调请求"),
        clause="3.5",
        lead=_("由收到请求的市级机构答复。"),
        done=_("已答复。"),
        check=_check_asked,
        fields=lambda _target: {"answer": words(label=_("答复"), required=True)},
        perform=lambda target, said: answer_coordination(
            request=_asked(target), **said, by=target.actor, at=target.at
        ),
        of_row=True,
    ),
)
