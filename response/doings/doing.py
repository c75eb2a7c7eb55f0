"""One act that the response page offers: what it asks for, the check that greys its button, and the action it calls."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from http import HTTPStatus
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.forms.fields import MomentField, choice, line, words
from accounts.forms.plan_form import PlanForm
from accounts.permissions import own_county
from accounts.rights import Right
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.adjustment import Element
from plan.levels import ResponseLevel
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from response.models import AssessmentReport, CommanderAppointment, Decision, MeasureRecord, Response, Step
from response.permissions import check_actor_may_on
from response.policies.spoken import Spoken
from response.selectors.command import commander_of
from response.selectors.grounds import grounds_on_record
from response.selectors.measures import results_on_record
from response.selectors.recovery import Condition, condition_of, latest_report
from response.selectors.running import city_response, county_response, decisions_of
from response.selectors.trends import TrendJudgement, trend_judgements
from response.selectors.waits import Wait, waits_among

Fields = Mapping[str, forms.Field]
Row = TypeVar("Row", bound=Model)
ORAL = "oral"


@dataclass(frozen=True)
class Target:
    """What an act is about: who would do it, to which incident and, where it is one of several, to which row."""

    actor: Actor
    incident: Incident
    at: datetime
    pk: int = 0
    asked: dict[tuple[Right, int], PlanRefusal | None] = field(default_factory=dict)
    commanders: dict[int, CommanderAppointment | None] = field(default_factory=dict)

    @cached_property
    def family(self) -> list[int]:
        """The incident and what was merged into it."""
        return family_ids(self.incident)

    @cached_property
    def decisions(self) -> list[Decision]:
        """Everything decided so far."""
        return decisions_of(self.incident)

    @cached_property
    def assessment(self) -> AssessmentReport | None:
        """The office's current assessment (6.1)."""
        return latest_report(self.incident)

    @cached_property
    def condition(self) -> Condition:
        """How the patients are (6.4.2(1))."""
        return condition_of(self.incident, self.at)

    @cached_property
    def on_record(self) -> dict[Element, str]:
        """What of 6.4.1(2) the records show."""
        return grounds_on_record(self.incident, self.at)

    @cached_property
    def waits(self) -> list[Wait]:
        """Whose answers and papers are waited for (A59)."""
        return waits_among(self.decisions)

    @cached_property
    def trends(self) -> list[TrendJudgement]:
        """How the trend was judged, the newest first (3.4.1)."""
        return trend_judgements(self.incident, self.assessment)

    @cached_property
    def results(self) -> list[MeasureRecord]:
        """The test results on record (6.3.4)."""
        return results_on_record(self.incident)

    @cached_property
    def city(self) -> Response | None:
        """The city's running response."""
        return city_response(self.incident)

    @cached_property
    def own(self) -> Response | None:
        """The running response of the actor's own county."""
        return county_response(self.incident, own_county(self.actor))

    @property
    def response(self) -> Response:
        """The running response this actor's acts are about; a refusal (409) where none runs."""
        found = self.own or self.city
        if found is None:
            raise PlanRefusal(
                gettext("没有正在进行的应急响应。"),
                clause="6.2",
                code="no_response",
                status=HTTPStatus.CONFLICT,
            )
        return found

    @property
    def ending(self) -> Response:
        """The response whose end this actor may propose: a county's headquarters beside the city's ends with that (3.5)."""
        found = self.response
        return self.city or found if found.beside_id is not None else found

    def about(self, pk: int) -> "Target":
        """Return the same with another row; what was read already is not read again."""
        other = replace(self, pk=pk)
        read = ("decisions", "assessment", "condition", "on_record")
        other.__dict__.update({name: getattr(self, name) for name in read})
        return other

    def check_may_on(self, right: Right, response: Response) -> None:
        """Raise a refusal (403) unless the actor has a right on this response; asked once for all rows of a page."""
        key = (right, response.pk)
        if key not in self.asked:
            self.asked[key] = refusal_of(lambda: check_actor_may_on(self.actor, right, response))
        refusal = self.asked[key]
        if refusal is not None:
            raise refusal

    def commander(self, response: Response) -> CommanderAppointment | None:
        """Return who commands a response; asked once for all rows of a page."""
        if response.pk not in self.commanders:
            self.commanders[response.pk] = commander_of(response)
        return self.commanders[response.pk]

    def decision(self, *steps: Step) -> Decision:
        """Return the application, proposal or report that the address names (404 if it is not of this incident)."""
        for one in self.decisions:
            if one.pk == self.pk and one.step in steps and one.response is not None:
                return one
        raise Http404

    def one(self, rows: QuerySet[Row]) -> Row:
        """Return the row the address names (404 if it is not of this incident)."""
        found = rows.filter(pk=self.pk).first()
        if found is None:
            raise Http404
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """An act with its own form page. `of_row`: it is about one row and stands beside it.

    `yes`: why the answer yes can't be given now, of an act that may be answered no as well.
    """

    slug: str
    title: Promise
    clause: str
    lead: Promise | str
    done: Promise
    check: Callable[[Target], object]
    perform: Callable[[Target, dict[str, Any]], object]
    fields: Callable[[Target], Fields] = lambda _target: {}
    of_row: bool = False
    yes: Callable[[Target], object] = lambda _target: None


class DoingForm(PlanForm):
    """The form of any act, made of the fields that the act asks for."""

    def __init__(self, data: Any, *, fields: Fields, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields.update(fields)
        self.answer_yes = ""

    def grey_yes(self) -> None:
        """Take the answer yes from the choices: it can't be given now; its words stand on the greyed button."""
        answer = self.fields["answer"]
        given = list(answer.choices)  # type: ignore[attr-defined]
        self.answer_yes = next(label for value, label in given if value == "yes")
        answer.choices = [each for each in given if each[0] != "yes"]  # type: ignore[attr-defined]


def response_of(decision: Decision) -> Response:
    """Return the response a decision is about (404 where it is about none)."""
    if decision.response is None:
        raise Http404
    return decision.response


def spoken_fields() -> dict[str, forms.Field]:
    """Ask for a leader's word: who, in what capacity, when, on paper or by mouth (A59)."""
    return {
        "decider": line(label=_("决定人"), max_length=40, required=True),
        "capacity": line(label=_("职务"), max_length=60, required=True, help_text=_("例如：分管副市长。")),
        "given_at": MomentField(label=_("作出决定的时间")),
        "form": choice(
            label=_("形式"), choices=[("paper", _("书面")), (ORAL, _("口头，书面后补"))], required=True
        ),
        "document": line(label=_("文号"), max_length=80, help_text=_("书面决定填写。")),
        "words": words(label=_("原话（口头决定填写）"), rows=2),
        "witness": line(label=_("旁证人"), max_length=40),
    }


def spoken_of(said: Mapping[str, Any]) -> Spoken:
    """Return a leader's word as the valid form says it."""
    names = ("decider", "capacity", "given_at", "document", "words", "witness")
    return Spoken(**{name: said[name] for name in names}, is_oral=said["form"] == ORAL)


def level_field(levels: Iterable[ResponseLevel]) -> forms.Field:
    """Ask for a response level; none is chosen for whoever does not look."""
    known = [(each.value, each.label_zh) for each in levels]
    return choice(label=_("响应级别"), choices=[("", _("请选择")), *known], required=True)


def yes_no(yes: Promise, no: Promise) -> forms.Field:
    """Ask for one of two answers."""
    return choice(label=_("答复"), choices=[("", _("请选择")), ("yes", yes), ("no", no)], required=True)


def several(*, label: Any, choices: Iterable[tuple[str, Any]], help_text: Any = "") -> forms.Field:
    """Ask for any number of the choices."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("请从所列各项中选择。")},
    )


def stated(**given: Any) -> dict[str, Any]:
    """Return what was filled in: an act takes its own default for what was left empty."""
    return {name: value for name, value in given.items() if value is not None}
