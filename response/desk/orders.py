"""What others asked of an office: data, orders, group reports, duties, coordination, reports of the public (3.1–3.5, 5.1, 6.1)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import actor_has
from accounts.rights import Right
from audit.worlds import in_drill
from incidents.models import IncidentStatus
from reporting.models import SignalState
from reporting.signal_permissions import visible_signals
from reporting.triage_page import WAITING
from reporting.triage_permissions import listed_reports
from response.desk.todo import ToDo
from response.models import (
    CommandAddressee,
    CoordinationRequest,
    DutyCode,
    ResponseDuty,
    ResponseState,
    WorkingGroup,
)
from response.order_list import Standing, standing_of
from response.selectors.accountability_files import questions_to
from response.selectors.groups import due_of
from response.selectors.requests import requests_to


def data_asked_for(actor: Actor, at: datetime) -> Iterator[ToDo]:
    """Yield the requests for data that the office has not answered (6.1)."""
    rows = requests_to(actor).filter(answered_at__isnull=True, incident__status=IncidentStatus.OPEN)
    for row in rows:
        yield ToDo(
            key=f"request-{row.pk}",
            what=_("提供资料：%s") % row.what,
            url=reverse("response:data_request", args=[row.pk]),
            since=row.asked_at,
            incident=row.incident,
            note=row.asker.name if row.asker else "",
            clause="6.1",
            due_at=row.due_at,
            is_late=row.is_late(at),
            is_house=True,
        )


def explanations_asked_for(actor: Actor, at: datetime) -> Iterator[ToDo]:
    """Yield what the office itself is asked to explain (7.3); nobody else learns of it, one query."""
    for row in questions_to(actor):
        yield ToDo(
            key=f"explanation-{row.pk}",
            what=_("请就有关情况作出说明"),
            url=reverse("response:accused_question", args=[row.pk]),
            since=row.recorded_at,
            incident=row.entry.incident,
            note=row.organisation.name,
            clause="7.3",
            due_at=row.due_at,
            is_late=row.is_overdue(at),
            is_house=True,
        )


def orders_to(actor: Actor, at: datetime) -> Iterator[ToDo]:
    """Yield the entries of the command log that the office has to sign for or to carry out (3.1, 3.2)."""
    to_do = Q(received_at__isnull=True) | Q(must_act=True, executed_at__isnull=True)
    rows = CommandAddressee.objects.filter(to_do, organisation=actor.organisation).select_related(
        "entry__response__incident", "entry__organisation"
    )
    for row in rows.order_by("pk"):
        entry, standing = row.entry, standing_of(row, at)
        what = _("签收：%s") if row.received_at is None else _("办理并报告：%s")
        yield ToDo(
            key=f"order-{row.pk}",
            what=what % entry.title,
            url=reverse("response:order", args=[row.pk]),
            since=entry.issued_at,
            incident=entry.response.incident,
            note=entry.organisation.name,
            clause="3.2",
            due_at=entry.due_at if row.must_act else None,
            is_late=standing == Standing.OVERDUE,
            is_house=True,
        )


def group_reports_due(actor: Actor, at: datetime) -> Iterator[ToDo]:
    """Yield the reports that groups led by the office owe headquarters (3.4)."""
    led = WorkingGroup.objects.filter(
        lead=actor.organisation,
        stood_down_at__isnull=True,
        headquarters__response__state=ResponseState.ACTIVE,
    ).select_related("headquarters__response__incident")
    for due in due_of(led.order_by("pk")):
        incident = due.group.headquarters.response.incident
        yield ToDo(
            key=f"group-{due.group.pk}",
            what=_("%s工作报告") % due.group.name,
            url=reverse("response:group_report", args=[incident.number, due.group.pk]),
            since=due.group.interval_set_at or due.group.set_up_at,
            incident=incident,
            clause="3.4",
            due_at=due.due_at,
            is_late=due.is_overdue(at),
            is_house=True,
        )


def duties_of(actor: Actor) -> Iterator[ToDo]:
    """Yield what running responses oblige the office to (6.2), and the coordination it was asked for (3.5)."""
    owed = ResponseDuty.objects.filter(bearer=actor.organisation, settled_at__isnull=True)
    for duty in owed.exclude(code=DutyCode.SCENE_TEAM).select_related("response__incident").order_by("pk"):
        number = duty.response.incident.number
        yield ToDo(
            key=f"duty-{duty.pk}",
            what=duty.get_code_display(),
            url=reverse("response:act_on", args=[number, "duty", duty.pk]),
            since=duty.opened_at,
            incident=duty.response.incident,
            clause=duty.clause,
        )
    asked = CoordinationRequest.objects.filter(recipient=actor.organisation, answered_at__isnull=True)
    for row in asked.select_related("incident", "sender").order_by("pk"):
        yield ToDo(
            key=f"coordination-{row.pk}",
            what=_("答复协调请求"),
            url=reverse("response:act_on", args=[row.incident.number, "answer-coordination", row.pk]),
            since=row.asked_at,
            incident=row.incident,
            note=row.sender.name,
            clause="3.5",
        )


def public_reports(actor: Actor) -> Iterator[ToDo]:
    """Yield the public's reports that nobody has dealt with yet, as one thing to do (5.1(4))."""
    if not actor_has(actor, Right.TRIAGE):
        return
    waiting = listed_reports(actor).filter(state__in=WAITING)
    oldest = waiting.order_by("pk").first()
    if oldest is not None:
        yield ToDo(
            key="triage",
            what=_("处理公众报告 %s 份") % waiting.count(),
            url=reverse("reporting:triage"),
            since=oldest.received_at,
            clause="5.1(4)",
        )


def signals_to_judge(actor: Actor) -> Iterator[ToDo]:
    """Yield the signals that wait for the office's judgement, as one thing to do (4.1, 8.2); one query."""
    if not actor_has(actor, Right.JUDGE_SIGNAL):
        return
    waiting = visible_signals(actor).filter(state=SignalState.PROPOSED, is_drill=in_drill())
    found = waiting.aggregate(number=Count("pk"), since=Min("changed_at"))
    if found["number"]:
        yield ToDo(
            key="signals",
            what=_("判断聚集信号 %s 个") % found["number"],
            url=reverse("response:signal_list"),
            since=found["since"],
            clause="4.1",
        )
