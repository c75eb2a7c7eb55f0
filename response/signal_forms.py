"""The forms with which a person judges a signal (4.1, 5.1(6), A12)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.forms.fields import choice, line, offer, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Jurisdiction, JurisdictionKind
from accounts.permissions import own_county
from incidents.models import IncidentStatus
from incidents.selectors import visible_incidents
from reporting.models import Signal
from reporting.signalling.parameters import SignalKind

MOST_INCIDENTS = 50


class TakeUpSignalForm(PlanForm):
    """Which incident the cases are, and where people ate; who is ill follows from the cases."""

    incident = choice(label=_("归入"), choices=(), help_text=_("不选则登记为新的事故。"))
    area = choice(label=_("就餐地所在区县（市）或功能区"), choices=(), required=True)
    place_text = line(label=_("就餐地点"), max_length=120, help_text=_("单位名称；尚不清楚的留空。"))
    suspect_food = line(label=_("可疑食品"), max_length=120)
    reason = words(label=_("理由"), required=True, max_length=300, rows=2)

    def __init__(self, *args: Any, signal: Signal, actor: Actor, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _prefilled(signal, actor))
        super().__init__(*args, **kwargs)
        areas = (
            Jurisdiction.objects.exclude(kind=JurisdictionKind.CITY).select_related("host").order_by("code")
        )
        self.areas = {each.code: each for each in areas}
        open_ = visible_incidents(actor).filter(status=IncidentStatus.OPEN, is_drill=signal.is_drill)
        found = open_.select_related("place").order_by("-changed_at", "-pk")[:MOST_INCIDENTS]
        self.incidents = {each.number: each for each in found}
        names = [(number, f"{number} {each.place_text}") for number, each in self.incidents.items()]
        offer(self, "area", [("", _("请选择")), *((code, each.name) for code, each in self.areas.items())])
        offer(self, "incident", [("", _("登记为新的事故")), *names])

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            "area": self.areas[data["area"]],
            "place_text": data["place_text"],
            "suspect_food": data["suspect_food"],
            "join": self.incidents.get(data["incident"]),
            "reason": data["reason"],
        }


def _prefilled(signal: Signal, actor: Actor) -> dict[str, str]:
    """Return what the signal itself says: the shared place or food, the incident it may belong to, the office's county."""
    own = own_county(actor)
    counties = Jurisdiction.objects.filter(pk__in=signal.counties).order_by("code")
    first = counties.first()
    area = own.code if own else first.code if first else ""
    is_place = signal.kind in {SignalKind.PLACE, SignalKind.MAKER}
    return {
        "incident": signal.incident.number if signal.incident else "",
        "area": area,
        "place_text": signal.shared if is_place else "",
        "suspect_food": signal.shared if signal.kind == SignalKind.FOOD else "",
    }
