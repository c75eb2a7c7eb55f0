"""The filter of the year page; it stands in the address, so that a report can be passed on."""

from datetime import datetime
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.forms.fields import choice, offer
from accounts.forms.plan_form import PlanForm
from accounts.models import Jurisdiction, JurisdictionKind
from accounts.permissions import own_county
from reporting.alerts import BEIJING
from review.year.cases import Year

# The plan's edition is of that year (甬政办发〔2021〕60号).
FIRST_YEAR: Final = 2021


class YearForm(PlanForm):
    """Year and county; left out, this year of all that the office may see."""

    year = choice(label=gettext_lazy("年份"), choices=())
    county = choice(label=gettext_lazy("区县（市）"), choices=())

    def __init__(self, said: QueryDict, *, actor: Actor, at: datetime) -> None:
        this = at.astimezone(BEIJING).year
        data = {"year": said.get("year") or f"{this}", "county": said.get("county", "")}
        super().__init__(data, auto_id="f-%s")
        self.own = own_county(actor)
        listed = [self.own] if self.own else list(_counties())
        self.counties = {each.code: each for each in listed}
        every = [] if self.own else [("", _("全市"))]
        names = [(each.code, each.name) for each in listed]
        years = [(f"{number}", f"{number}") for number in range(this, FIRST_YEAR - 1, -1)]
        offer(self, "year", years)
        offer(self, "county", [*every, *names])

    def asked(self) -> Year:
        """Return what the valid form asks for; an office of a county asks for its own alone."""
        data = self.cleaned_data
        return Year(int(data["year"]), self.own or self.counties.get(data["county"]))


def _counties() -> list[Jurisdiction]:
    return list(Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY).order_by("code"))
