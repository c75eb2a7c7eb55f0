"""The command log: a form for each kind of entry, and what the issuer does about one (3.1, 3.2)."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import MomentField, line, tick, words
from accounts.models import Organisation
from accounts.rights import Right
from incidents.permissions import involved_counties
from plan.command_log import LOG_KINDS, LogKind
from response.actions.commands import issue_command
from response.actions.tracking import chase_command, note_receipt, review_execution
from response.doings.doing import Doing, Fields, Target, several, yes_no
from response.measure_forms import field_of
from response.models import CommandAddressee, CommandEntry, CommandKind, Response
from response.permissions import check_actor_may_on
from response.policies.command import check_is_running
from response.policies.command_log import check_can_chase, check_waits_for_review

# A handover is entered by the change of command itself (A63).
BY_HAND = [kind for kind in CommandKind if kind is not CommandKind.HANDOVER]


def _check(target: Target) -> None:
    check_actor_may_on(target.actor, Right.COMMAND, target.response)
    check_is_running(target.response, "3.1")


def _bodies(target: Target) -> list[tuple[str, str]]:
    """Return whom an entry may name: for a county its own bodies first; the city's, and those of the counties concerned."""
    concerned = Q(jurisdiction__kind="city") | Q(jurisdiction__in=involved_counties(target.incident))
    found = list(Organisation.objects.filter(concerned).select_related("jurisdiction__host").order_by("pk"))
    own = target.response.county
    found.sort(key=lambda each: own is not None and each.jurisdiction.county != own)
    return [(each.code, each.name) for each in found]


def _fields(spec: LogKind) -> Callable[[Target], Fields]:
    def fields(target: Target) -> Fields:
        optional: Fields = {
            "origin": line(
                label=_("指令来源"), max_length=60, help_text=_("例如：市委、市政府、市应急指挥部。")
            ),
            "number": line(label=_("文号"), max_length=60),
            "to_members": tick(label=_("发全体成员单位")),
            "must_act": tick(label=_("须报告办理情况（不选的，只须签收）")),
            "due_at": MomentField(label=_("办结时间"), required=False),
        }
        shown = {
            "origin": spec.has_origin,
            "number": spec.has_number,
            "to_members": spec.to_members,
            "must_act": spec.acts is None,
            "due_at": spec.acts is not False,
        }
        return {
            **{name: optional[name] for name in ("origin", "number") if shown[name]},
            "title": line(label=_("标题"), max_length=120, required=True),
            "text": words(label=spec.text_zh, required=True),
            **{asked.name: field_of(asked, []) for asked in spec.asks},
            **{name: optional[name] for name in ("to_members", "must_act", "due_at") if shown[name]},
            "addressees": several(label=_("由谁办理或知悉"), choices=_bodies(target)),
            "form_token": forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False),
        }

    return fields


def _issue(spec: LogKind) -> Callable[[Target, dict[str, Any]], object]:
    def issue(target: Target, said: dict[str, Any]) -> object:
        details = {asked.name: said.pop(asked.name) for asked in spec.asks}
        said["details"] = {name: value for name, value in details.items() if value}
        said["addressees"] = list(_named(said["addressees"]))
        kind = CommandKind(spec.code)
        return issue_command(response=target.response, kind=kind, **said, by=target.actor, at=target.at)

    return issue


def _named(codes: list[str]) -> Any:
    return Organisation.objects.filter(code__in=codes).select_related("jurisdiction__host").order_by("pk")


def _addressee(target: Target) -> CommandAddressee:
    rows = CommandAddressee.objects.filter(entry__response__incident__in=target.family)
    return target.one(
        rows.select_related("organisation", "entry__response__incident", "entry__response__county")
    )


def _entry(target: Target) -> CommandEntry:
    rows = CommandEntry.objects.filter(response__incident__in=target.family)
    return target.one(rows.select_related("response__incident", "response__county"))


def _on(response: Response, target: Target) -> None:
    check_actor_may_on(target.actor, Right.COMMAND, response)


def _check_chase(target: Target) -> None:
    entry = _entry(target)
    _on(entry.response, target)
    check_can_chase([row for row in entry.addressees.all() if row.is_behind])


def _check_review(target: Target) -> None:
    addressee = _addressee(target)
    _on(addressee.entry.response, target)
    check_waits_for_review(addressee)


LOG = (
    *(
        Doing(
            slug=kind.value,
            title=kind.label,
            clause=LOG_KINDS[kind].clause,
            lead=LOG_KINDS[kind].lead_zh,
            done=_("已记入指挥日志并通知收件单位。"),
            check=_check,
            fields=_fields(LOG_KINDS[kind]),
            perform=_issue(LOG_KINDS[kind]),
        )
        for kind in BY_HAND
    ),
    Doing(
        slug="receipt",
        title=_("登记接收情况"),
        clause="3.1",
        lead=_("没有账号的单位，由发出单位登记接收人和时间。"),
        done=_("接收情况已登记。"),
        check=lambda target: _on(_addressee(target).entry.response, target),
        fields=lambda _target: {
            "receiver": line(label=_("接收人"), max_length=60, required=True),
            "received_at": MomentField(label=_("接收时间")),
        },
        perform=lambda target, said: note_receipt(
            addressee=_addressee(target), **said, by=target.actor, at=target.at
        ),
        of_row=True,
    ),
    Doing(
        slug="chase",
        title=_("催办"),
        clause="3.2",
        lead=_("向尚未签收或尚未报告办理情况的单位各发一条催办消息。"),
        done=_("已催办。"),
        check=_check_chase,
        perform=lambda target, _said: chase_command(entry=_entry(target), by=target.actor, at=target.at),
        of_row=True,
    ),
    Doing(
        slug="review",
        title=_("办结或退回"),
        clause="3.2",
        lead=_("答复充分的办结；不充分的写明理由退回重办，原答复保留。"),
        done=_("已处理。"),
        check=_check_review,
        fields=lambda _target: {
            "answer": yes_no(_("办结"), _("退回重办")),
            "opinion": words(label=_("意见（退回须写明理由）"), rows=2),
        },
        perform=lambda target, said: review_execution(
            addressee=_addressee(target),
            is_enough=said["answer"] == "yes",
            opinion=said["opinion"],
            by=target.actor,
            at=target.at,
        ),
        of_row=True,
    ),
)
