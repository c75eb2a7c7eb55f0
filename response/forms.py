"""Forms of the incident page: a fact to record or correct, a level to confirm, a join to decide."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import MomentField, PeopleField, choice, line, offer, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Jurisdiction
from accounts.moments import minute
from incidents.actions.facts import NewFact
from incidents.counting import COUNTED_KINDS
from incidents.models import Certainty, CountKind, CountyRole, Fact, FactKind, Stage
from plan.facts import DeterminingBody, HealthDamage
from reporting.clocks import to_minute
from response.agent_fields import check_one_agent, suspect_fields, suspect_said

UNSET = ("", gettext_lazy("请选择"))
YES_NO = [UNSET, ("yes", gettext_lazy("是")), ("no", gettext_lazy("否"))]
Fields = dict[str, forms.Field]
_TIMES = ("happened_earliest", "happened_latest")


def _people() -> Fields:
    return {"value": PeopleField(label=gettext_lazy("人数"))}


def _places() -> Fields:
    return {"value": PeopleField(label=gettext_lazy("个数（含本地）"))}


def _yes_no() -> Fields:
    return {"value": choice(label=gettext_lazy("认定结果"), choices=YES_NO, required=True)}


def _labelled(kinds: type[HealthDamage | DeterminingBody]) -> list[tuple[str, Any]]:
    return [UNSET, *((each.value, each.label_zh) for each in kinds)]


def _determination() -> Fields:
    return {
        "body": choice(
            label=gettext_lazy("作出认定的政府"), choices=_labelled(DeterminingBody), required=True
        ),
        "document": line(
            label=gettext_lazy("文号"),
            max_length=120,
            required=True,
            help_text=gettext_lazy("口头认定的，写明认定人、时间，并注明补文。"),
        ),
    }


def _interval() -> Fields:
    return {
        "earliest": MomentField(label=gettext_lazy("事发时间（最早可能）")),
        "latest": MomentField(label=gettext_lazy("最晚可能的时间"), required=False),
    }


def _text(label: Any, max_length: int) -> Callable[[], Fields]:
    return lambda: {"value": line(label=label, max_length=max_length, required=True)}


_FIELDS: dict[str, Callable[[], Fields]] = {
    **dict.fromkeys(COUNTED_KINDS, _people),
    **dict.fromkeys((FactKind.PROVINCES, FactKind.CITIES, FactKind.COUNTIES), _places),
    FactKind.HEALTH_DAMAGE: lambda: {
        "value": choice(label=gettext_lazy("程度"), choices=_labelled(HealthDamage), required=True)
    },
    FactKind.DETERMINATION: _determination,
    FactKind.OCCURRED: _interval,
    FactKind.PLACE: _text(gettext_lazy("地点"), 120),
    FactKind.STAGE: lambda: {
        "value": choice(label=gettext_lazy("环节"), choices=[UNSET, *Stage.choices], required=True)
    },
    FactKind.SUSPECT_FOOD: _text(gettext_lazy("可疑食品"), 120),
    FactKind.SUSPECT_AGENT: suspect_fields,
    FactKind.SENSITIVE: _text(gettext_lazy("敏感的理由"), 200),
}


class ValueForm(PlanForm):
    """The value of one kind of fact, asked for as that kind needs it."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = FactKind(kind)
        self.fields = {**_FIELDS.get(kind, _yes_no)(), **self.fields}

    def clean(self) -> dict[str, Any]:
        """Take an agent of the table, or one in words (6.4.2(1))."""
        if self.kind == FactKind.SUSPECT_AGENT:
            check_one_agent(self)
        return self.cleaned_data

    @property
    def value(self) -> Any:
        """The value as the fact stores it."""
        data = self.cleaned_data
        if self.kind == FactKind.OCCURRED:
            latest = data["latest"] or data["earliest"]
            return {"earliest": data["earliest"].isoformat(), "latest": latest.isoformat()}
        if self.kind == FactKind.DETERMINATION:
            return {"body": data["body"], "document": data["document"]}
        if self.kind == FactKind.PLACE:
            return {"text": data["value"]}
        if self.kind == FactKind.SUSPECT_AGENT:
            return suspect_said(data)
        if self.kind == FactKind.SENSITIVE:
            return {"reason": data["value"]}
        return data["value"] if self.kind in _FIELDS else data["value"] == "yes"


class FactForm(ValueForm):
    """A new fact (5.1(6)): its value, as of when it holds, how sure it is; a total says what it includes."""

    as_of = MomentField(
        label=gettext_lazy("截至时间"), help_text=gettext_lazy("这个数或结论在什么时刻成立。")
    )
    happened_at = MomentField(
        label=gettext_lazy("发生时间"),
        required=False,
        help_text=gettext_lazy("例如死亡时间、签署时间；不填即为截至时间。"),
    )
    certainty = choice(label=gettext_lazy("可靠程度"), choices=Certainty.choices, required=True)

    def __init__(self, *args: Any, stated: Sequence[Fact], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, initial={"as_of": at}, **kwargs)
        self.at = at
        self.initial.setdefault("certainty", Certainty.SUSPECTED.value)
        if self.kind not in COUNTED_KINDS:
            return
        self.initial.setdefault("count_kind", CountKind.TOTAL.value)
        asked: Fields = {
            "count_kind": choice(
                label=gettext_lazy("人数口径"),
                choices=[
                    (CountKind.TOTAL.value, gettext_lazy("合计：目前已知的全部")),
                    (CountKind.OWN.value, gettext_lazy("本单位：只是本单位掌握的")),
                ],
                required=True,
            )
        }
        if stated:
            asked["includes"] = forms.TypedMultipleChoiceField(
                label=gettext_lazy("合计已包含下列哪些报告的人数"),
                help_text=gettext_lazy("不包含的会另行相加；说明清楚才不会重复计数。"),
                choices=[(str(fact.statement_id), _statement(fact)) for fact in stated],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": gettext_lazy("所选报告的人数已被更正或撤回，请重新选择。")},
            )
        rest = {name: field for name, field in self.fields.items() if name != "value"}
        self.fields = {"value": self.fields["value"], **asked, **rest}

    def clean_as_of(self) -> datetime:
        """Take the minute that is running as now, so that this statement is younger than those of the same minute."""
        as_of: datetime = self.cleaned_data["as_of"]
        return self.at if as_of == self.at.replace(second=0, microsecond=0) else as_of

    def new_fact(self) -> NewFact:
        """Return what the valid form states."""
        data = self.cleaned_data
        is_total = data.get("count_kind") == CountKind.TOTAL
        happened: datetime | None = data["happened_at"]
        if self.kind == FactKind.OCCURRED:
            happened = data["latest"] or data["earliest"]
        return NewFact(
            kind=self.kind,
            value=self.value,
            as_of=data["as_of"],
            happened_earliest=data["earliest"] if self.kind == FactKind.OCCURRED else happened,
            happened_latest=happened,
            count_kind=data.get("count_kind", ""),
            includes=tuple(data.get("includes", ())) if is_total else (),
            certainty=data["certainty"],
        )


class CorrectionForm(ValueForm):
    """A corrected value or time and why (5.1); the old one stays on record. 事发 is dated by its own value (A16, A48)."""

    happened_earliest = MomentField(
        label=gettext_lazy("发生时间（最早可能）"),
        required=False,
        help_text=gettext_lazy("这件事本身发生的时间，例如死亡时间、签署时间；达到较大级别的时刻由此计算。"),
    )
    happened_latest = MomentField(label=gettext_lazy("发生时间（最晚可能）"), required=False)
    reason = words(label=gettext_lazy("更正理由"), required=True, max_length=300, rows=2)

    def __init__(self, *args: Any, wrong: Fact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wrong = wrong
        for name in _TIMES:
            self.initial.setdefault(name, getattr(wrong, name))
            if self.kind == FactKind.OCCURRED:
                del self.fields[name]

    def happened(self) -> dict[str, datetime]:
        """Return the times that were changed, as the action takes them; a minute left as it stood is not one."""
        return {
            name: self.cleaned_data[name]
            for name in _TIMES
            if self.cleaned_data.get(name) not in {None, to_minute(getattr(self.wrong, name))}
        }


class CountyForm(PlanForm):
    """A further county the incident concerns (A51)."""

    county = choice(label=gettext_lazy("区县（市）"), choices=(), required=True)
    role = choice(label=gettext_lazy("与事故的关系"), choices=[UNSET, *CountyRole.choices], required=True)

    def __init__(self, *args: Any, counties: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counties = {each.code: each for each in counties}
        names = [(code, each.name) for code, each in self.counties.items()]
        offer(self, "county", [UNSET, *names])


class JoinForm(PlanForm):
    """Whether two incidents are one (A12), and why."""

    decision = choice(
        label=gettext_lazy("判断"),
        choices=[
            UNSET,
            ("accept", gettext_lazy("是同一起，合并")),
            ("decline", gettext_lazy("不是同一起，不合并")),
        ],
        required=True,
    )
    reason = words(label=gettext_lazy("理由"), required=True, max_length=300, rows=2)


def _statement(fact: Fact) -> str:
    return _("%(source)s：%(number)d人，截至%(as_of)s") % {
        "source": fact.source or _("来源不明"),
        "number": fact.value,
        "as_of": minute(fact.as_of),
    }
