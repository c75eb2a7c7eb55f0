"""What the preview is asked: who reports what, where, at which moment; it stands in the address, so that it can be passed on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.forms.fields import MomentField, choice, offer
from accounts.forms.plan_form import PlanForm
from accounts.models import Jurisdiction, JurisdictionKind
from accounts.permissions import own_county
from plan.levels import IncidentLevel
from reporting.alerts import BEIJING
from reporting.clocks import to_minute
from response.rehearsal import Sender

# As far as a roster is looked at; a setting of the house.
AHEAD: Final = timedelta(days=31)
FIELDS: Final = ("sender", "level", "county", "moment")


@dataclass(frozen=True, slots=True)
class Asked:
    """By whose report, at which level, where and when."""

    sender: Sender
    level: IncidentLevel
    county: Jurisdiction
    at: datetime


class PreviewForm(PlanForm):
    """The choice; what is left out is a county's own report of a 较大 incident now."""

    sender = choice(label=gettext_lazy("谁报告"), choices=Sender.choices)
    level = choice(
        label=gettext_lazy("事故级别"), choices=[(each.value, each.label_zh) for each in IncidentLevel]
    )
    county = choice(label=gettext_lazy("事发地"), choices=())
    moment = MomentField(label=gettext_lazy("事发、报告时刻"))

    def __init__(self, said: QueryDict, *, actor: Actor, at: datetime) -> None:
        own = own_county(actor)
        counties = Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY).order_by("code")
        self.counties = {each.code: each for each in ([own] if own else counties)}
        self.now = at
        usual = {
            "sender": Sender.REGULATOR.value,
            "level": IncidentLevel.III.value,
            "county": next(iter(self.counties)),
            "moment": f"{at.astimezone(BEIJING):%Y-%m-%dT%H:%M}",
        }
        super().__init__({name: said.get(name) or usual[name] for name in FIELDS}, auto_id="f-%s")
        named = [(each.code, each.name) for each in self.counties.values()]
        offer(self, "county", named)

    def clean_moment(self) -> datetime:
        """Refuse a moment that is over, or further ahead than rosters are kept."""
        chosen: datetime = self.cleaned_data["moment"]
        if not to_minute(self.now) <= chosen <= self.now + AHEAD:
            raise ValidationError(_("请填写今后%d天内的时刻。") % AHEAD.days, code="moment")
        # The minute that runs is now: whoever took the duty within it has it.
        return self.now if chosen == to_minute(self.now) else chosen

    def asked(self) -> Asked:
        """Return what the valid form asks for."""
        data: dict[str, Any] = self.cleaned_data
        county = self.counties[data["county"]]
        return Asked(Sender(data["sender"]), IncidentLevel(data["level"]), county, data["moment"])
