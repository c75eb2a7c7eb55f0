"""What every form that leads to an action has: what the plan refuses is said on the form, with the text still there."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from django import forms

from audit.worlds import note_refused
from plan.refusal import PlanRefusal

Result = TypeVar("Result")
# The person may not, or there is no such thing: a page of its own says so.
NOT_OF_THE_FORM = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


class PlanForm(forms.Form):
    """A form whose action may be refused by the plan."""

    refusal: PlanRefusal | None = None

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows the form."""
        if self.refusal is not None:
            return self.refusal.status
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.errors else HTTPStatus.OK

    def attempt(self, perform: Callable[[], Result]) -> Result | None:
        """Run the action on valid input; None when the form must be shown again. The action never returns None."""
        if not self.is_valid():
            return None
        try:
            return perform()
        except PlanRefusal as refusal:
            if refusal.status in NOT_OF_THE_FORM:
                raise
            note_refused(refusal)
            self.refusal = refusal
            self.add_error(None, refusal.message_zh)
            return None
