"""After the end nothing new joins silently: it reopens the question, and somebody answers it (6.4.2)."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.rights import Right
from audit.models import Sealed
from audit.seals import name_of
from incidents.models import AssessmentRecord, FactKind, Incident, IncidentStatus
from incidents.selectors import family_ids
from incidents.steps import Assessed
from plan.authority import Act
from plan.courses import Turn
from plan.refusal import PlanRefusal
from response.actions.deciding import decide, lock_response, tell, watchers, write_down
from response.models import ConditionReport, Decision, PatientEvent, Response, ResponseState, Step, Track
from response.permissions import check_actor_may_on
from response.selectors.recovery import condition_of
from response.selectors.running import responses_of, running_response

CLAUSE = "6.4.2"
_WATCHED = (FactKind.ILLNESS, FactKind.DEATHS)
_GRAVE = (Turn.DIED, Turn.RELAPSED)


def flag_reopened(incident: Incident, assessed: Assessed, by: Actor, at: datetime) -> None:
    """Flag the response that ended last when more are ill or dead than then (6.4.2): a step after each assessment."""
    ended = _ended_last(incident)
    if ended is not None:
        _ask(
            incident,
            ended,
            why=_what_is_new(incident, ended, assessed.record),
            about=assessed.record,
            by=by,
            at=at,
        )


def flag_patients(incident: Incident, entered: Sequence[PatientEvent], by: Actor, at: datetime) -> None:
    """Flag it when the register tells of a death, a relapse, somebody ill since the end or one more than are reported ill.

    A part of each entry in the register (6.4.2(1)).
    """
    ended = _ended_last(incident)
    if ended is not None and entered:
        why = _what_patients_tell(incident, ended, entered, at)
        _ask(incident, ended, why=why, about=entered[0], by=by, at=at)


def flag_condition(incident: Incident, report: ConditionReport, by: Actor, at: datetime) -> None:
    """Flag it when the sum of the patients tells so: a part of each report on them (6.4.2(1))."""
    ended = _ended_last(incident)
    if ended is None or ended.ended_at is None:
        return
    known = condition_of(incident, at).known
    said = (
        (
            report.patients > known,
            _("患者%(people)d名，多于已报的%(known)d名") % _numbers(report.patients, known),
        ),
        (_is_since(report.stable_since, ended.ended_at), _("有患者病情反复")),
        (_is_since(report.last_onset_at, ended.ended_at), _("有新发病患者")),
    )
    why = "，".join(words for is_so, words in said if is_so)
    _ask(incident, ended, why=why, about=report, by=by, at=at)


def _ended_last(incident: Incident) -> Response | None:
    """Return the response that ended last, unless one runs, the incident is closed or its question is open already."""
    if incident.status != IncidentStatus.OPEN or running_response(incident) is not None:
        return None
    found = responses_of(incident).filter(state=ResponseState.ENDED, beside__isnull=True)
    return found.filter(reopened_at__isnull=True).last()


def _ask(incident: Incident, ended: Response, *, why: str, about: Sealed, by: Actor, at: datetime) -> None:
    if not why:
        return
    ended.reopened_at, ended.reopened_why = at, why
    ended.save()
    write_down(
        incident=incident,
        action="response.reopen_question",
        subject=ended,
        payload={"about": name_of(about)},
        by=by,
        at=at,
    )
    title = _("响应终止后出现新情况，请判断是否重新启动")
    tell(incident=incident, about=about, title=title, body=why, to=watchers(incident), by=by, at=at)


def check_nothing_runs(incident: Incident) -> None:
    """Raise a refusal (409) while a response runs: then it ends as no incident under 6.4.2(4) (A57)."""
    if running_response(incident) is not None:
        raise PlanRefusal(
            _("应急响应进行中，认定不属于食品安全事故须按终止程序办理。"),
            clause="6.4.2(4)",
            code="response_running",
            status=409,
            next_step=_("请提出终止建议，依据6.4.2(4)，报总指挥同意。"),
        )


@transaction.atomic
def answer_reopened(*, response: Response, note: str, by: Actor, at: datetime) -> Decision:
    """Find that what happened after the end needs no new response, with the reason (6.4.2); else it is activated anew.

    Refused: by no headquarters' office (403), where nothing is open (409), without a reason (422).
    """
    incident, response = lock_response(response)
    check_actor_may_on(by, Right.ASSESS, response)
    if response.reopened_at is None:
        raise PlanRefusal(_("没有待答复的问题。"), clause=CLAUSE, code="nothing_reopened", status=409)
    if not note.strip():
        raise PlanRefusal(_("请写明理由。"), clause=CLAUSE, code="answer_without_reason")
    response.reopened_at, response.reopened_why = None, ""
    response.save()
    act = Act.TERMINATE if response.track == Track.CITY else Act.TERMINATE_COUNTY
    return decide(
        incident=incident,
        act=act,
        step=Step.CLOSE,
        fields={"response": response, "note": note},
        by=by,
        at=at,
    )


def _what_is_new(incident: Incident, ended: Response, made: AssessmentRecord) -> str:
    """Return in words what has grown since the end, or since somebody last answered."""
    answered = Decision.objects.filter(response=ended, step=Step.CLOSE).order_by("pk").last()
    since = answered.recorded_at if answered is not None else ended.ended_at
    earlier = AssessmentRecord.objects.filter(
        incident__in=family_ids(incident), at__lte=since, pk__lt=made.pk
    )
    before = earlier.order_by("pk").last()
    if before is None:
        return ""
    counts = [(kind, before.counted[kind], made.counted[kind]) for kind in _WATCHED]
    words = [f"{kind.label}{then}→{now}" for kind, then, now in counts if now > then]
    return "，".join(words)


def _what_patients_tell(
    incident: Incident, ended: Response, entered: Sequence[PatientEvent], at: datetime
) -> str:
    """Return in words what of the entries is new since the end."""
    grave = Counter(
        Turn(each.kind)
        for each in entered
        if each.kind in _GRAVE or (each.kind == Turn.FELL_ILL and _is_since(each.happened_at, ended.ended_at))
    )
    words = [f"{turn.label_zh}{number}" for turn, number in grave.items()]
    condition = condition_of(incident, at)
    if condition.unregistered < 0 and any(each.patient.registered_at == at for each in entered):
        numbers = _numbers(len(condition.people), condition.known)
        words.append(_("登记患者%(people)d名，多于已报的%(known)d名") % numbers)
    return "，".join(words)


def _is_since(moment: datetime | None, ended_at: datetime | None) -> bool:
    return moment is not None and ended_at is not None and moment > ended_at


def _numbers(people: int, known: int) -> dict[str, int]:
    return {"people": people, "known": known}
