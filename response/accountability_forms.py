"""Forms of the accountability pages: to decide on a prompt, and to open a file by hand (7.3)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import choice, offer, words
from accounts.models import Organisation
from plan.accountability import AccountabilityGround
from response.measure_forms import UNSET, OnceForm
from response.models import AccountabilityDecision

GROUNDS = [(each.value, each.label_zh) for each in AccountabilityGround]


class PromptForm(OnceForm):
    """Open a file, or dismiss; either way with a reason."""

    decision = choice(
        label=gettext_lazy("处理"), choices=[UNSET, *AccountabilityDecision.choices], required=True
    )
    ground = choice(
        label=gettext_lazy("立案事由"), choices=[UNSET, *GROUNDS], help_text=gettext_lazy("仅立案时填写。")
    )
    reason = words(label=gettext_lazy("理由"), required=True, max_length=500)

    def clean(self) -> dict[str, Any]:
        """A file needs a ground."""
        said = super().clean() or self.cleaned_data
        if said.get("decision") == AccountabilityDecision.OPENED and not said.get("ground"):
            self.add_error("ground", _("立案须选择事由。"))
        return said


class FileForm(OnceForm):
    """Open a file by hand: for what the record itself does not show, such as 漏报 (A41)."""

    accused = choice(label=gettext_lazy("被追究的单位"), choices=(), required=True)
    ground = choice(label=gettext_lazy("立案事由"), choices=[UNSET, *GROUNDS], required=True)
    reason = words(label=gettext_lazy("理由"), required=True, max_length=500)

    def __init__(self, *args: Any, concerned: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.concerned = {each.code: each for each in concerned}
        names = [(code, each.name) for code, each in self.concerned.items()]
        offer(self, "accused", [UNSET, *names])
