"""What the inboxes are told about clocks: number, level, place and time limit, never a patient (预案 5.1(8))."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.moments import minute
from incidents.models import Incident
from outbox.actions.messages import Owed
from outbox.models import Message
from plan.duties import PHONE, WRITTEN
from plan.levels import IncidentLevel
from plan.offices import BY_NAME_ALONE, OUTSIDE, OfficeKind
from reporting.models import Delivery, LegCode, Obligation, OralExplanation, Report, StageCode, StageEvent

BEIJING = ZoneInfo("Asia/Shanghai")
# The column holds 200, a drill's mark included.
LONGEST_TITLE = 190
# They do the work and may report 代县政府 (A50).
COUNTY_DESK = (OfficeKind.COUNTY_COMMISSION_OFFICE, OfficeKind.COUNTY_REGULATOR)
_ALSO_TOLD: dict[str, tuple[OfficeKind, ...]] = {
    StageCode.REMINDER: (),
    StageCode.TARGET_MISSED: (OfficeKind.CITY_COMMISSION_OFFICE,),
    StageCode.LIMIT_PASSED: (OfficeKind.CITY_COMMISSION_OFFICE, OfficeKind.DUTY_ROOM),
}


class Addressees:
    """Which organisations hear of a leg: the bearer's own side, and the city's offices as it grows late."""

    def __init__(self, bearers: Iterable[Organisation]) -> None:
        """Read every organisation that may be told, with one query."""
        areas = {bearer.jurisdiction_id for bearer in bearers if bearer.kind == OfficeKind.COUNTY_GOVERNMENT}
        desk = Q(kind__in=COUNTY_DESK, jurisdiction__in=areas)
        city = Q(kind__in=[OfficeKind.CITY_COMMISSION_OFFICE, OfficeKind.DUTY_ROOM])
        self._known = list(Organisation.objects.filter(desk | city).order_by("code"))

    def side_of(self, bearer: Organisation) -> list[str]:
        """Return the codes of the bearer and, for a county government, of the desks that act for it (A50)."""
        if bearer.kind in BY_NAME_ALONE:
            return []
        if bearer.kind != OfficeKind.COUNTY_GOVERNMENT:
            return [bearer.code]
        desk = [each for each in self._known if each.kind in COUNTY_DESK]
        return [
            bearer.code,
            *(each.code for each in desk if each.jurisdiction_id == bearer.jurisdiction_id),
        ]

    def of_stage(self, obligation: Obligation, stage: str) -> list[str]:
        """Return the codes of those told that a stage of a clock has fired, each once.

        Of an operator or unit, which has no inbox, the regulator that waits for its report hears.
        """
        bearer = obligation.bearer
        if bearer.kind in OUTSIDE:
            return [obligation.recipient.code]
        also = [each.code for each in self._known if each.kind in _ALSO_TOLD[stage]]
        return list(dict.fromkeys([*self.side_of(bearer), *also]))


def stage_messages(event: StageEvent, incident: Incident, addressees: Addressees) -> list[Owed]:
    """Return the messages that say a stage has fired; the reminder is labelled as not from the plan (A19)."""
    obligation = event.obligation
    words = _words(obligation, incident, urgent=event.stage == StageCode.REMINDER)
    title = {
        StageCode.REMINDER: _("【提醒】%(number)s：尚未向%(recipient)s作%(leg)s"),
        StageCode.TARGET_MISSED: _("【力争时限已过】%(number)s：%(bearer)s尚未向%(recipient)s作%(leg)s"),
        StageCode.LIMIT_PASSED: _("【法定时限已过】%(number)s：%(bearer)s尚未向%(recipient)s作%(leg)s"),
    }[StageCode(event.stage)]
    body = _(
        "%(area)s，%(level)s。%(bearer)s应力争%(target)s、最迟%(limit)s向%(recipient)s作%(leg)s（预案5.1(8)）。"
    )
    if obligation.bearer.kind in OUTSIDE:
        body = _("%(area)s，%(level)s。%(bearer)s应最迟%(limit)s向%(recipient)s报告（预案%(clause)s）。")
    if event.stage == StageCode.REMINDER:
        body += _("此提醒由系统设定，不是预案规定的时限。")
    elif event.stage == StageCode.LIMIT_PASSED:
        body += _("时限已过仍须立即报告。")
    text = title % words, body % words
    return [
        _alarm(
            code,
            f"stage:{obligation.pk}:{event.stage}",
            f"clock_{event.stage}",
            text,
            incident,
            legs=[obligation],
        )
        for code in addressees.of_stage(obligation, event.stage)
    ]


def armed_messages(
    obligations: Iterable[Obligation], incident: Incident, addressees: Addressees
) -> list[Owed]:
    """Return one message per bearer's side that says its clocks have started or moved, with every time limit."""
    owed: list[Owed] = []
    legs: dict[Organisation, list[Obligation]] = {}
    for obligation in obligations:
        legs.setdefault(obligation.bearer, []).append(obligation)
    for bearer, theirs in legs.items():
        title = _("【报告时限】%(number)s：%(bearer)s须按5.1(8)报告") % {
            "number": incident.number,
            "bearer": bearer.name,
        }
        place = _("%(area)s，%(level)s。") % _words(theirs[0], incident, urgent=True)
        line = _("向%(recipient)s作%(leg)s：力争%(target)s，最迟%(limit)s。")
        body = "\n".join([place, *(line % _words(each, incident, urgent=True) for each in theirs)])
        owed += [
            _alarm(code, f"armed:{theirs[0].pk}", "clock_armed", (title, body), incident, legs=theirs)
            for code in addressees.side_of(bearer)
        ]
    return owed


def again_message(message: Message, obligation: Obligation, incident: Incident) -> Owed:
    """Return the alarm that says that one was acknowledged and the report still has not come (house setting, A19)."""
    words = _words(obligation, incident, urgent=False)
    title = _("【已确认仍未报告】%(number)s：%(bearer)s尚未向%(recipient)s作%(leg)s") % words
    body = _("%(area)s，%(level)s。应力争%(target)s、最迟%(limit)s作%(leg)s（预案%(clause)s）。") % words
    body += _("消息已有人确认，但报告至今没有送达记录。此提醒由系统设定，不是预案规定的时限。")
    about = f"again:{message.pk}"
    return _alarm(message.recipient, about, "clock_again", (title, body), incident, legs=[obligation])


def delivery_messages(delivery: Delivery, incident: Incident, codes: Iterable[str]) -> list[Owed]:
    """Return the messages that say a delivery was entered, corrected or taken back."""
    words = {
        "number": incident.number,
        "bearer": delivery.bearer.name,
        "recipient": delivery.recipient.name,
        "leg": leg_label(delivery.leg),
        "received": moment(delivery.received_at),
    }
    if delivery.is_retraction:
        title = _("【送达撤销】%(number)s：%(bearer)s向%(recipient)s的%(leg)s")
    elif delivery.corrects_id:
        title = _("【送达更正】%(number)s：%(bearer)s向%(recipient)s的%(leg)s")
    else:
        title = _("【已送达】%(number)s：%(bearer)s向%(recipient)s的%(leg)s")
    body = _("登记的送达时间：%(received)s。")
    text = title % words, body % words
    return [_owed(code, f"delivery:{delivery.pk}", "delivery", text, incident) for code in codes]


def explanation_messages(
    explanation: OralExplanation, incident: Incident, codes: Iterable[str], *, is_taken_back: bool = False
) -> list[Owed]:
    """Return the messages that say an oral explanation was entered or taken back; the reason is read on the page (A23)."""
    words = {
        "number": incident.number,
        "bearer": explanation.bearer.name,
        "recipient": explanation.recipient.name,
        "lodged": moment(explanation.lodged_at),
    }
    about = f"explanation:{explanation.pk}"
    title = _("【口头说明】%(number)s：%(bearer)s向%(recipient)s说明书面报告不能按时报送")
    body = _("登记的说明时间：%(lodged)s。书面报告仍应补报，预案未另定时限。")
    if is_taken_back:
        about = f"explanation-retracted:{explanation.pk}"
        title = _("【口头说明撤回】%(number)s：%(bearer)s向%(recipient)s的口头说明")
        body = _("登记于 %(lodged)s 的口头说明已撤回，书面报告的时限重新判断。")
    text = title % words, body % words
    return [_owed(code, about, "explanation", text, incident) for code in codes]


def cluster_messages(report: Report, recipients: Iterable[Organisation]) -> list[Owed]:
    """Return the messages by which both recipients learn of a cluster report (预案 5.1(3))."""
    incident = report.incident
    words = {
        "number": incident.number,
        "hospital": report.organisation.name,
        "area": incident.county.name,
        "level": level_said(incident),
    }
    title = _("【聚集性病例】%(number)s：%(hospital)s报告食源性疾病聚集性病例")
    body = _("事发地%(area)s，%(level)s。已同时送达县级卫生健康部门和县级食品安全监管部门（预案5.1(3)）。")
    text = title % words, body % words
    about = f"cluster:{report.ref}"
    return [_alarm(each.code, about, "cluster", text, incident) for each in recipients]


def leg_label(leg: str) -> str:
    """Return the plan's word for how a report travels (预案 5.1(8))."""
    words = {PHONE.code: PHONE.label_zh, WRITTEN.code: WRITTEN.label_zh}
    return words.get(leg) or str(LegCode(leg).label)


def level_said(incident: Incident) -> str:
    """Return the level that duties follow, as a message says it (预案 2)."""
    level = incident.duty_level
    return level.numeral if level is IncidentLevel.BELOW else _("%s级") % level.numeral


def moment(instant: datetime | None) -> str:
    """Return an instant as a Beijing minute (A58)."""
    return minute(instant) if instant else ""


def _words(obligation: Obligation, incident: Incident, *, urgent: bool) -> dict[str, str]:
    """Return what a message names; what is urged is counted from the earliest 事发, what is found late from the latest."""
    target_at = obligation.urgent_target_at if urgent else obligation.target_at
    limit_at = obligation.urgent_limit_at if urgent else obligation.limit_at
    return {
        "number": incident.number,
        "area": incident.county.name,
        "level": level_said(incident),
        "bearer": obligation.bearer.name,
        "recipient": obligation.recipient.name,
        "leg": leg_label(obligation.leg),
        "clause": obligation.clause,
        "target": moment(target_at),
        "limit": moment(limit_at),
    }


def _alarm(
    recipient: str,
    about: str,
    kind: str,
    text: tuple[str, str],
    incident: Incident,
    *,
    legs: Iterable[Obligation] = (),
) -> Owed:
    """Return a message that somebody has to acknowledge, and that asks again while these legs stay open."""
    pks = ",".join(str(each.pk) for each in legs)
    owed = _owed(recipient, about, kind, text, incident)
    return replace(owed, is_alarm=True, subject=f"obligation:{pks}" if pks else "")


def _owed(recipient: str, about: str, kind: str, text: tuple[str, str], incident: Incident) -> Owed:
    title, body = text
    return Owed(
        dedupe_key=f"{about}:{recipient}",
        recipient=recipient,
        kind=kind,
        title=title[:LONGEST_TITLE],
        body=body,
        # Written out, so that a stage can fire while a page can't even be imported; a test compares it with the address.
        link=f"/incidents/{incident.number}/",
        chain=incident.chain,
        drill=incident.is_drill,
    )
