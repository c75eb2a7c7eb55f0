"""The form by which a notice opens an incident or joins one (5.1(5)–(7))."""

from typing import Any

from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.forms.fields import MomentField, PeopleField, choice, line, offer, tick, words
from accounts.forms.plan_form import PlanForm
from incidents.actions.facts import NewFact
from incidents.models import CountKind, CountyRole, FactKind
from incidents.places import find_place
from reporting.forms.quick import areas_of
from reporting.models import LearnedHow
from reporting.stated import NUMBER, OCCURRED, PLACE, StatedReport


class OpeningForm(PlanForm):
    """What an office learnt of something that is no incident here yet, or was told from outside Ningbo (5.1(5)–(7))."""

    how = choice(label=gettext_lazy("怎样获知"), choices=LearnedHow.choices, required=True)
    authority = line(label=gettext_lazy("来文的外地主管部门"), max_length=80)
    health_event = line(label=gettext_lazy("传染病或突发卫生事件"), max_length=120)
    known_at = MomentField(label=gettext_lazy("获知的时间"))
    area = choice(label=gettext_lazy("涉及的区县（市）或功能区"), choices=(), required=True)
    is_source = tick(label=gettext_lazy("食品来自此地，健康损害发生在外地"))
    occurred_at = MomentField(
        label=gettext_lazy("事发时间"), required=False, help_text=gettext_lazy("尚不清楚的留空。")
    )
    place_text = line(label=gettext_lazy("地点"), max_length=120, help_text=gettext_lazy("尚不清楚的留空。"))
    illness_count = PeopleField(
        label=gettext_lazy("发病人数"), required=False, help_text=gettext_lazy("尚不清楚的留空。")
    )
    note = words(label=gettext_lazy("说明"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(area.pk): area for area in areas_of(actor)}
        offer(self, "area", [(key, area.name) for key, area in self.areas.items()])

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            "stated": self._stated(data),
            "how": LearnedHow(data["how"]),
            "authority": data["authority"],
            "health_event": data["health_event"],
        }

    def _stated(self, data: dict[str, Any]) -> StatedReport:
        area, place_text = self.areas[data["area"]], data["place_text"].strip()
        counted = data["illness_count"]
        asked = {OCCURRED: data["occurred_at"], PLACE: place_text or None, NUMBER: counted}
        people = NewFact(
            kind=FactKind.ILLNESS, value=counted, as_of=data["known_at"], count_kind=CountKind.TOTAL
        )
        return StatedReport(
            area=area,
            area_role=CountyRole.SOURCE if data["is_source"] else CountyRole.HARM,
            known_at=data["known_at"],
            place=find_place(area, name=place_text),
            place_text=place_text,
            occurred_earliest=data["occurred_at"],
            occurred_latest=data["occurred_at"],
            facts=() if counted is None else (people,),
            unknown=frozenset(code for code, value in asked.items() if value is None),
            note=data["note"],
        )
