"""What forms have in common that enter something into the record of an incident."""

from typing import Any

from accounts.actors import Actor
from accounts.forms.fields import offer
from accounts.forms.plan_form import PlanForm
from incidents.models import Incident


class RecordForm(PlanForm):
    """A form that enters something into the record of an incident; what it offers depends on the incident and the person."""

    def __init__(self, *args: Any, incident: Incident, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.incident, self.actor = incident, actor

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Let a field be chosen from these."""
        offer(self, name, choices)

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        return dict(self.cleaned_data)
