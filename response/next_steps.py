"""What the office in use can do next about a response, before the record: answers, papers, duties, the next step of the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.permissions import own_county
from accounts.rights import Right
from incidents.permissions import check_actor_may_with
from plan.levels import IncidentLevel
from reporting.asking import refusal_of
from response.doings import DOINGS
from response.doings.doing import Target
from response.matters import Matter
from response.models import DutyCode, ResponseDuty
from response.owing import Owing
from response.selectors.running import settled_among
from response.way import Way

CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Next:
    """One thing to do: the act, of which row, 0 for none, and what about."""

    title: str
    clause: str
    slug: str
    pk: int = 0
    about: str = ""


def next_steps(
    target: Target,
    *,
    can: Mapping[str, bool],
    matters: Sequence[Matter],
    owed: Iterable[Owing],
    duties: Iterable[ResponseDuty],
    way: Way | None,
    is_led: bool,
) -> Sequence[Next]:
    """Return what this office can do now, what others wait for first.

    can: which acts of the page stand open to it. is_led: whether each running response has its commander.
    """
    own = target.actor.organisation.pk if target.actor.organisation else 0
    found = [
        *_answers(matters),
        *(_of(each.slug, each.pk, each.what) for each in owed if each.slug and each.of == own),
        *_duties(duty for duty in duties if duty.bearer_id == own and duty.settled_at is None),
        *_gate(target, can, way),
    ]
    if can.get("commander") and not is_led:
        found.append(_of("commander"))
    is_proposed = any(each.waiting.slug == "answer-end" for each in matters)
    if can.get("propose-end") and not is_proposed:
        found.append(_of("propose-end"))
    return list({(each.slug, each.pk): each for each in found}.values())


def _of(slug: str, pk: int = 0, about: str = "") -> Next:
    doing = DOINGS[slug]
    return Next(str(doing.title), doing.clause, slug, pk, about)


def _answers(matters: Iterable[Matter]) -> Iterator[Next]:
    for each in matters:
        if each.refusal is None:
            decision = each.waiting.decision
            yield _of(each.waiting.slug, decision.pk, decision.get_act_display())


def _duties(duties: Iterable[ResponseDuty]) -> Iterator[Next]:
    for duty in duties:
        if duty.code == DutyCode.SCENE_TEAM:
            yield _of("team")
        else:
            yield _of("duty", duty.pk, duty.get_code_display())


def _gate(target: Target, can: Mapping[str, bool], way: Way | None) -> Iterator[Next]:
    """The first step that is missing on the way to a response, if it is this office's."""
    duty = IncidentLevel(target.incident.duty_level)
    if duty == IncidentLevel.IV and can.get("activate-county") and not _is_settled(target):
        yield _of("activate-county")
    if way is not None and not way.is_over and duty.at_least(IncidentLevel.III):
        missing = next((step.slug for step in way.steps if step.is_gate and not step.is_taken), "")
        if missing == CONFIRM:
            yield from _confirm(target)
        elif can.get(missing):
            yield _of(missing)
    elif target.incident.confirmed_level == "" and duty == IncidentLevel.IV:
        yield from _confirm(target)


def _is_settled(target: Target) -> bool:
    """Whether the county's own response ended and stays so (6.4.2)."""
    county = own_county(target.actor)
    return county is not None and bool(settled_among([target.incident.pk], county))


def _confirm(target: Target) -> Iterator[Next]:
    """First assess, then fix the level on that (6.1)."""
    if refusal_of(lambda: check_actor_may_with(target.actor, Right.CONFIRM_LEVEL, target.incident)) is None:
        if target.assessment is None:
            yield _of("assess")
        yield Next(_("核定级别"), "6.1", CONFIRM)
