"""The body of single cases: many in one request, each read and answered by itself (4.1(d))."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from audit.envelopes import keyed_hashes
from reporting.api.case_input import CaseInput, new_case
from reporting.api.decoding import fingerprint
from reporting.api.fields import Strict, Text
from reporting.identity import home_marks
from reporting.single_cases import NewSingleCase

MOST_SINGLE_CASES = 500
OWN = ("revision", "withdrawn", "reason")


class SingleCaseInput(CaseInput):
    """一例散发病例；字段与病例清单相同，另有修订号。未发现聚集也要报送，系统自动比对各院病例。"""

    revision = serializers.IntegerField(
        min_value=1, max_value=10_000, default=1, help_text="这例病例的第几次修订"
    )
    withdrawn = serializers.BooleanField(default=False, help_text="撤回误报的病例；须写reason")
    reason = Text(max_length=300, required=False, help_text="修订或撤回的理由；不得写入个人信息")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Check also that whoever takes a case back says why."""
        if attrs["withdrawn"] and not attrs.get("reason"):
            raise serializers.ValidationError(
                {"reason": _("撤回须写明理由。")}, code="withdrawal_without_reason"
            )
        return super().validate(attrs)


class SingleCasesInput(Strict):
    """最多500例；各例分别受理、分别答复。"""

    cases = serializers.ListField(
        child=serializers.JSONField(), allow_empty=False, max_length=MOST_SINGLE_CASES
    )


def read_single_case(data: Any, *, at: datetime) -> NewSingleCase:
    """Read one case of a body received at `at`; raises the framework's ValidationError with every error in it."""
    body = SingleCaseInput(data=data, context={"at": at})
    body.is_valid(raise_exception=True)
    given: Mapping[str, Any] = body.validated_data
    case = {name: value for name, value in given.items() if name not in OWN}
    return NewSingleCase(
        case=new_case(case),
        revision=given["revision"],
        # Keyed: what is hashed may name a person.
        fingerprint=keyed_hashes(f"single:{fingerprint(data)}")[0],
        home=home_marks(given.get("personal") or {}),
        is_withdrawn=given["withdrawn"],
        reason=given.get("reason", ""),
    )
