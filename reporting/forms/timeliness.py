"""The filter of the timeliness page; it stands in the address, so that a statistic can be passed on."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.forms.fields import choice, day, offer
from accounts.forms.plan_form import PlanForm
from accounts.models import Jurisdiction, JurisdictionKind
from accounts.permissions import own_county
from reporting.alerts import BEIJING
from reporting.timeliness import Asked, Scope

USUAL_DAYS: Final = 30
# What is read grows with the period and with nothing else.
MOST_DAYS: Final = 366


class TimelinessForm(PlanForm):
    """Period, county and whether drills are meant; what is left out is the last month, all the office may see, no drills."""

    since = day(label=gettext_lazy("起"))
    until = day(label=gettext_lazy("止"))
    county = choice(label=gettext_lazy("区县（市）"), choices=())
    scope = choice(label=gettext_lazy("范围"), choices=Scope.choices)

    def __init__(self, said: QueryDict, *, actor: Actor, at: datetime) -> None:
        today = at.astimezone(BEIJING).date()
        usual = {
            "since": f"{today - timedelta(days=USUAL_DAYS - 1)}",
            "until": f"{today}",
            "scope": Scope.REAL.value,
        }
        data = {name: said.get(name) or usual.get(name, "") for name in ("since", "until", "county", "scope")}
        super().__init__(data, auto_id="f-%s")
        own = own_county(actor)
        self.counties = {each.code: each for each in ([own] if own else _counties())}
        every = [] if own else [("", _("全部"))]
        self.own = own
        offer(self, "county", [*every, *((each.code, each.name) for each in self.counties.values())])

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins or is too long to be read at once."""
        said = super().clean() or self.cleaned_data
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("止日不能早于起日。"))
        elif since and until and (until - since).days >= MOST_DAYS:
            self.add_error("until", _("一次最多统计%d天，请缩短期间。") % MOST_DAYS)
        return said

    def asked(self) -> Asked:
        """Return what the valid form asks for; an office of a county asks for its own alone."""
        data = self.cleaned_data
        since: date = data["since"]
        county = self.own or self.counties.get(data["county"])
        return Asked(since, data["until"], county, Scope(data["scope"]))


def _counties() -> list[Jurisdiction]:
    return list(Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY).order_by("code"))
