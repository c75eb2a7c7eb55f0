"""One patient of a line list: the fields of the foodborne-case form, all but the local number optional (5.1(3))."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from audit.envelopes import sealed
from incidents.codes import (
    EATEN_AT,
    FOOD_CLASSES,
    HISTORIES,
    MEALS,
    OCCUPATIONS,
    PACKAGING,
    RESIDENCES,
    RESULTS,
    SPECIMENS,
    SYMPTOMS,
    TREATMENTS,
)
from incidents.line_lists import NewCase
from incidents.models import Certainty, Outcome, Sex
from reporting.api.fields import Instant, Number, Strict, Text, Word, not_a_citizen_number
from reporting.identity import identify

ICD_CODE = r"^[A-Z]\d{2}(\.\d{1,3})?$"
DETAILS = (
    *(
        "symptoms",
        "other_symptoms",
        "temperature",
        "vomits_per_day",
        "stools_per_day",
        "diagnosis",
        "treatments",
    ),
    *("exposures", "specimens", "antibiotics_before", "lives_in", "histories"),
)
MOST_PER_DAY = 200
NO_SYMPTOM = _("“{input}”不在症状代码表中；表外的写入“其他症状”（other_symptoms）。")
NO_HISTORY = _("“{input}”不在既往病史代码表中；表外的写入“其他既往病史”（personal的medical_history）。")
SYMPTOM_CHOICES = tuple(name for names in SYMPTOMS.values() for name in names)


class PerDay(serializers.IntegerField):
    """How often a day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_PER_DAY, **options)


class ExposureInput(Strict):
    """吃过什么、在哪里吃、在哪里做；时间到分钟。"""

    food = Text(max_length=60, required=False, help_text="食品名称")
    food_class = serializers.ChoiceField(FOOD_CLASSES, required=False, help_text="食品分类")
    brand = Text(max_length=60, required=False, help_text="食品品牌")
    maker = Text(max_length=120, required=False, help_text="生产厂家")
    packaging = serializers.ChoiceField(PACKAGING, required=False, help_text="加工或包装方式")
    meal = serializers.ChoiceField(MEALS, required=False, help_text="餐次")
    eaten_at = Instant(required=False, allow_null=True, help_text="进食时间")
    place_eaten = Text(max_length=120, required=False, help_text="进食场所名称")
    place_kind = serializers.ChoiceField(EATEN_AT, required=False, help_text="进食场所类型")
    place_made = Text(max_length=120, required=False, help_text="加工场所名称")
    place_bought = Text(max_length=120, required=False, help_text="购买场所名称")
    place_bought_kind = serializers.ChoiceField(EATEN_AT, required=False, help_text="购买场所类型")
    people_ate = Number(required=False, help_text="进食人数")
    others_ill = serializers.BooleanField(required=False, allow_null=True, help_text="其他进食者是否发病")


class SpecimenInput(Strict):
    """一份标本和它的结果。"""

    kind = serializers.ChoiceField(SPECIMENS, help_text="标本类型")
    taken_at = Instant(required=False, allow_null=True, help_text="采集时间")
    test = Text(max_length=60, required=False, help_text="检测项目")
    result = serializers.ChoiceField(RESULTS, required=False, help_text="结果")
    agent = Text(max_length=40, required=False, help_text="检出的致病因子")


class CaseInput(Strict):
    """一例病例；姓名、证件号、电话等只能放入personal，加密留存，证件号另存带密钥的摘要以便同一人只计一次。"""

    local_id = Word(
        max_length=64, validators=[not_a_citizen_number], help_text="本院的病例编号，各次修订相同"
    )
    sex = serializers.ChoiceField(Sex.choices, default=Sex.UNKNOWN)
    age = serializers.IntegerField(min_value=0, max_value=130, required=False, allow_null=True)
    onset_at = Instant(required=False, allow_null=True, help_text="发病时间")
    visit_at = Instant(required=False, allow_null=True, help_text="就诊时间")
    is_severe = serializers.BooleanField(default=False, help_text="是否重症")
    is_inpatient = serializers.BooleanField(default=False, help_text="是否住院")
    outcome = serializers.ChoiceField(Outcome.choices, default=Outcome.UNKNOWN)
    certainty = serializers.ChoiceField(Certainty.choices, default=Certainty.SUSPECTED, help_text="病例分类")
    is_secondary = serializers.BooleanField(default=False, help_text="是否二代病例（由病人传染，非食物所致）")
    treated_at = Instant(required=False, allow_null=True, help_text="开始救治的时间")
    stable_since_at = Instant(required=False, allow_null=True, help_text="病情稳定的起始时间")
    died_at = Instant(required=False, allow_null=True, help_text="死亡时间")
    residence_code = serializers.RegexField(
        r"^\d{6}$", required=False, help_text="现住地址的六位行政区划代码"
    )
    lives_in = serializers.ChoiceField(RESIDENCES, required=False, help_text="病人属于")
    occupation = serializers.ChoiceField(OCCUPATIONS, required=False)
    diagnosis = Text(max_length=60, required=False, help_text="初步诊断；不得写入个人信息")
    diagnosis_code = serializers.RegexField(ICD_CODE, required=False, help_text="ICD-10编码，如A05.3")
    temperature = serializers.FloatField(min_value=30, max_value=45, required=False, help_text="最高体温，℃")
    vomits_per_day = PerDay(required=False, help_text="呕吐，次/天")
    stools_per_day = PerDay(required=False, help_text="腹泻，次/天")
    antibiotics_before = serializers.BooleanField(required=False, help_text="就诊前是否使用抗生素")
    symptoms = serializers.ListField(
        child=serializers.ChoiceField(SYMPTOM_CHOICES, error_messages={"invalid_choice": NO_SYMPTOM}),
        required=False,
        max_length=60,
    )
    other_symptoms = Text(max_length=60, required=False, help_text="所列以外的症状体征；不得写入个人信息")
    treatments = serializers.ListField(
        child=serializers.ChoiceField(TREATMENTS), required=False, max_length=5, help_text="用药"
    )
    histories = serializers.ListField(
        child=serializers.ChoiceField(HISTORIES, error_messages={"invalid_choice": NO_HISTORY}),
        required=False,
        max_length=len(HISTORIES),
        help_text="既往病史；表外的写入personal的medical_history",
    )
    exposures = ExposureInput(many=True, required=False, max_length=50)  # type: ignore[call-arg]
    specimens = SpecimenInput(many=True, required=False, max_length=50)  # type: ignore[call-arg]
    personal = serializers.DictField(
        required=False,
        help_text="name、id_number、phone、birth_on、address、guardian、workplace、inpatient_number（住院号）、medical_history（其他既往病史）等；同一人由两家医院报送时，id_number使其只计一次",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Check that a patient who has a time of death is reported dead, which counts decide levels by."""
        if attrs.get("died_at") and attrs["outcome"] != Outcome.DEAD:
            raise serializers.ValidationError(
                {"outcome": _("有死亡时间的病例，outcome须为dead。")}, code="death_contradicted"
            )
        return attrs


def new_case(case: Mapping[str, Any]) -> NewCase:
    """Return a case as it is stored: what names a person is hashed under a key, masked, and sealed."""
    stated = {name: case[name] for name in NewCase.__slots__ if name in case and name != "personal"}
    details = {name: case[name] for name in DETAILS if case.get(name) not in (None, [], "")}
    personal = case.get("personal") or {}
    identity = identify(personal, sex=case["sex"])
    text = json.dumps(personal, ensure_ascii=False, default=str).encode()
    return NewCase(
        **stated,
        details=json.loads(json.dumps(details, default=lambda moment: moment.isoformat())),
        person=identity.person,
        masked_identity=identity.masked,
        traits=identity.traits,
        personal=sealed(text, bound_to=f"case:{case['local_id']}") if personal else b"",
    )
