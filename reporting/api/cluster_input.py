"""The body of a cluster report: time, place and number are asked for, each may be unknown yet (5.2)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from accounts.models import Jurisdiction, JurisdictionKind
from incidents.models import CountKind, FactKind, Outcome, PlaceKind
from plan.agents import agent_code
from reporting.api.case_input import CaseInput, new_case
from reporting.api.fields import Instant, Number, Strict, Text, Word, not_a_citizen_number
from reporting.cluster import Cluster

MOST_CASES = 2_000
TOO_MANY = gettext_lazy("一份报告最多{max_length}例。更多的请另用一个reference分开报送，人数自动合计。")
COUNTS = {
    "ill": FactKind.ILLNESS,
    "dead": FactKind.DEATHS,
    "severe": FactKind.SEVERE,
    "inpatient": FactKind.INPATIENTS,
}


class PlaceInput(Strict):
    """就餐地点；name为null表示尚不清楚。"""

    name = Text(max_length=120, allow_null=True, help_text="单位名称")
    registry_code = Word(max_length=40, required=False, help_text="统一社会信用代码或许可证编号")
    address = Text(max_length=200, required=False)
    kind = serializers.ChoiceField(PlaceKind.choices, required=False)
    county = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Jurisdiction.objects.exclude(kind=JurisdictionKind.CITY).select_related("host"),
        required=False,
        help_text="区县（市）国标代码，如330212，或功能区代码，如NB-GX；不写则为医院所在区县（市）",
    )


class CountsInput(Strict):
    """人数；ill含死亡者，为null表示尚不清楚。修订时不写的项目沿用上一次的数字。"""

    ill = Number(help_text="发病人数，含死亡者")
    dead = Number(required=False, help_text="死亡人数")
    severe = Number(required=False, help_text="重症人数")
    inpatient = Number(required=False, help_text="住院人数")


class ClusterInput(Strict):
    """一次聚集性病例报告。时间一律为ISO 8601；不带时区的按北京时间。"""

    reference = Word(
        max_length=80, validators=[not_a_citizen_number], help_text="本院自己的编号，同一事件各次修订相同"
    )
    revision = serializers.IntegerField(min_value=1, max_value=10_000, default=1, help_text="第几次修订")
    place = PlaceInput(allow_null=True, help_text="null表示地点尚不清楚")
    first_onset_at = Instant(allow_null=True, help_text="首例发病时间；null表示尚不清楚")
    last_onset_at = Instant(required=False, allow_null=True, help_text="末例发病时间")
    counts = CountsInput()
    count_kind = serializers.ChoiceField(CountKind.choices, default=CountKind.OWN)
    includes = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=100, help_text="合计包含的报告编号（ref）"
    )
    as_of = Instant(required=False, help_text="人数的截止时间；不写则为收到的时间")
    found_at = Instant(required=False, help_text="本院发现聚集的时间")
    suspect_food = Text(max_length=120, required=False)
    agent = Text(
        max_length=20,
        required=False,
        help_text="可疑致病因子：潜伏期表的代码（如SALM）或名称，表中没有的写名称",
    )
    symptoms = serializers.ListField(child=Text(max_length=30), required=False, max_length=60)
    note = Text(max_length=2_000, required=False, help_text="不得写入个人信息；身份证号和手机号会被遮盖")
    cases = CaseInput(
        many=True,
        required=False,
        max_length=MOST_CASES,  # type: ignore[call-arg]
        error_messages={"max_length": TOO_MANY},
    )
    reporter = serializers.DictField(required=False, help_text="报告人和联系方式，仅随原始报文加密留存")
    personal = serializers.DictField(required=False, help_text="其他个人信息，仅随原始报文加密留存")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Check what two fields say about one thing; both are named."""
        errors: dict[str, Any] = {}
        first, last = attrs["first_onset_at"], attrs.get("last_onset_at")
        if first and last and first > last:
            _blame(
                errors,
                "onsets_out_of_order",
                _("首例发病时间晚于末例发病时间。"),
                "first_onset_at",
                "last_onset_at",
            )
        if attrs.get("includes") and attrs["count_kind"] != CountKind.TOTAL:
            _blame(
                errors,
                "includes_without_total",
                _("只有合计（total）才写includes。"),
                "count_kind",
                "includes",
            )
        self._check_cases(attrs, errors)
        if errors:
            raise ValidationError(errors)
        return attrs

    def _check_cases(self, attrs: Mapping[str, Any], errors: dict[str, Any]) -> None:
        cases = attrs.get("cases", [])
        repeated = [name for name, times in Counter(case["local_id"] for case in cases).items() if times > 1]
        if repeated:
            _blame(errors, "case_repeated", _("有%d个病例编号重复。") % len(repeated), "cases")
        listed = _listed(cases)
        for name, kind in COUNTS.items():
            stated = attrs["counts"].get(name)
            if kind in listed and stated is not None and stated != listed[kind]:
                text = _("counts.%(name)s为%(stated)d，而cases列出%(listed)d例；两者须一致，以病例清单为准。")
                text %= {"name": name, "stated": stated, "listed": listed[kind]}
                errors.setdefault("counts", {})[name] = [ErrorDetail(text, "counts_contradict_cases")]
                _blame(errors, "counts_contradict_cases", text, "cases")


class RevisionInput(ClusterInput):
    """一次修订：编号和修订号已在地址中，报文不必再写，写了须与地址一致。其余与报送相同。"""

    reference = None  # type: ignore[assignment]
    revision = None  # type: ignore[assignment]


def read_cluster(data: Any, *, at: datetime) -> Cluster:
    """Read a decoded body received at `at`; raises the framework's ValidationError with every error in it."""
    body = ClusterInput(data=data, context={"at": at})
    body.is_valid(raise_exception=True)
    given = body.validated_data
    place, cases = given["place"] or {}, given.get("cases", [])
    counts = {kind: given["counts"].get(name) for name, kind in COUNTS.items()}
    onsets = [case["onset_at"] for case in cases if case.get("onset_at")]
    return Cluster(
        reference=given["reference"],
        revision=given["revision"],
        count_kind=CountKind(given["count_kind"]),
        includes=tuple(dict.fromkeys(given.get("includes", []))),
        counts={kind: value for kind, value in counts.items() if value is not None} | _listed(cases),
        cases=tuple(new_case(case) for case in cases),
        as_of=given.get("as_of"),
        found_at=given.get("found_at"),
        first_onset_at=min(onsets, default=given["first_onset_at"]),
        last_onset_at=max(onsets, default=given.get("last_onset_at")),
        county=place.get("county"),
        place_name=place.get("name") or "",
        registry_code=place.get("registry_code", ""),
        address=place.get("address", ""),
        place_kind=place.get("kind", ""),
        suspect_food=given.get("suspect_food", ""),
        suspect_agent=agent_code(given.get("agent", "")),
        note=_note(given),
    )


def _listed(cases: Sequence[Mapping[str, Any]]) -> dict[FactKind, int]:
    """Return what a line list says by itself; without a list, nothing."""
    if not cases:
        return {}
    return {
        FactKind.ILLNESS: len(cases),
        FactKind.DEATHS: sum(case["outcome"] == Outcome.DEAD for case in cases),
        FactKind.SEVERE: sum(case["is_severe"] for case in cases),
    }


def _note(given: Mapping[str, Any]) -> str:
    symptoms = _("症状：%s") % "、".join(given["symptoms"]) if given.get("symptoms") else ""
    return "\n".join(filter(None, [given.get("note", ""), symptoms]))


def _blame(errors: dict[str, Any], code: str, text: str, *fields: str) -> None:
    for name in fields:
        errors.setdefault(name, []).append(ErrorDetail(text, code))
