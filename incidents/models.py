"""What happened: registered places, incidents, facts as reported, assessments, confirmations, proposed joins."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Jurisdiction, Organisation
from audit.models import Sealed
from plan.levels import IncidentLevel

LEVELS = [(level.value, level.numeral) for level in IncidentLevel]


class PlaceKind(models.TextChoices):
    """Where people ate: the place types of the Chinese foodborne-disease forms."""

    HOUSEHOLD = "household", _("家庭")
    RESTAURANT = "restaurant", _("餐饮服务单位")
    SCHOOL_CANTEEN = "school_canteen", _("学校食堂")
    NURSERY_CANTEEN = "nursery_canteen", _("托幼机构食堂")
    CANTEEN = "canteen", _("单位、工地或养老机构食堂")
    CENTRAL_KITCHEN = "central_kitchen", _("集体用餐配送或中央厨房")
    RURAL_BANQUET = "rural_banquet", _("农村宴席")
    STREET_STALL = "street_stall", _("街头摊点")
    RETAIL = "retail", _("超市、农贸市场或便利店")
    ONLINE = "online", _("网购")
    OTHER = "other", _("其他")


class Stage(models.TextChoices):
    """The eight stages of the food chain (4.1); the stage names the regulator in the lead (3.4.2)."""

    PLANTING = "planting", _("种植")
    BREEDING = "breeding", _("养殖")
    PRODUCTION = "production", _("生产")
    PROCESSING = "processing", _("加工")
    PACKAGING = "packaging", _("包装")
    STORAGE = "storage", _("贮藏")
    TRADE = "trade", _("经营")
    CONSUMPTION = "consumption", _("消费")


class Place(models.Model):
    """A registered place: a report that names it joins by itself (architecture: joining)."""

    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    zone = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    normalised_name = models.CharField(max_length=120)
    registry_code = models.CharField(max_length=40, blank=True, help_text="统一社会信用代码或许可证编号")
    address = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=PlaceKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "normalised_name"], name="incidents_one_place_per_name"
            ),
            models.UniqueConstraint(
                fields=["registry_code"], condition=~Q(registry_code=""), name="incidents_one_place_per_code"
            ),
        ]
        indexes = [
            GinIndex(fields=["normalised_name"], opclasses=["gin_trgm_ops"], name="incidents_place_trigrams")
        ]

    def __str__(self) -> str:
        return self.name


class IncidentNumber(models.Model):
    """The counter of a year's incident numbers; its row lock also orders reports that may open an incident."""

    series = models.CharField(max_length=10, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}-{self.last:04d}"


class IncidentStatus(models.TextChoices):
    """The life of a record; what is done about the incident is the response's matter."""

    OPEN = "open", _("处置中")
    WITHDRAWN = "withdrawn", _("已撤回")
    MERGED = "merged", _("已并入")
    NOT_AN_INCIDENT = "not_an_incident", _("不属于食品安全事故")


class Incident(models.Model):
    """One food-safety incident: what is known now, projected from its append-only facts.

    事发 (`occurred_*`, an interval, A48) and 得知 (`known_at`, A16, A49) are kept apart.
    """

    number = models.CharField(max_length=20, unique=True)
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="incidents")
    zone = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="incidents")
    place_text = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    place_kind = models.CharField(max_length=20, choices=PlaceKind, blank=True)
    is_school_or_nursery = models.BooleanField(default=False)
    occurred_earliest = models.DateTimeField(null=True, blank=True)
    occurred_latest = models.DateTimeField(null=True, blank=True)
    known_at = models.DateTimeField()
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    suspect_food = models.CharField(max_length=120, blank=True)
    suspect_agent = models.CharField(max_length=20, blank=True)
    is_sensitive = models.BooleanField(default=False)
    sensitive_reason = models.CharField(max_length=200, blank=True)
    is_drill = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    edition = models.CharField(max_length=40)
    status = FSMField(choices=IncidentStatus, default=IncidentStatus.OPEN, protected=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    proposed_level = models.CharField(max_length=8, choices=LEVELS, default=IncidentLevel.BELOW.value)
    confirmed_level = models.CharField(max_length=8, choices=LEVELS, blank=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(occurred_earliest__isnull=True, occurred_latest__isnull=True)
                | Q(occurred_earliest__lte=F("occurred_latest")),
                name="incidents_occurred_interval",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | ~Q(status="merged") & Q(merged_into__isnull=True),
                name="incidents_merged_pair",
            ),
            models.CheckConstraint(
                condition=Q(is_sensitive=False) | ~Q(sensitive_reason=""),
                name="incidents_sensitive_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "-changed_at"], name="incidents_by_county"),
            models.Index(fields=["-changed_at", "-id"], name="incidents_by_change"),
            models.Index(fields=["-changed_at"], condition=Q(status="open"), name="incidents_open"),
            models.Index(fields=["place", "-opened_at"], name="incidents_by_place"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def chain(self) -> str:
        """The name of this incident's chain in the evidence log."""
        return f"incident:{self.number}"

    @property
    def duty_level(self) -> IncidentLevel:
        """The more severe of proposed and confirmed level: the one duties follow (architecture: levels)."""
        proposed = IncidentLevel(self.proposed_level)
        confirmed = IncidentLevel(self.confirmed_level or IncidentLevel.BELOW)
        return confirmed if confirmed.more_severe_than(proposed) else proposed

    @transition(field=status, source=IncidentStatus.OPEN, target=IncidentStatus.WITHDRAWN)
    def withdraw(self) -> None:
        """Every report of it was withdrawn."""

    @transition(field=status, source=IncidentStatus.OPEN, target=IncidentStatus.MERGED)
    def merge(self) -> None:
        """It became part of another incident (A12, A56)."""

    @transition(field=status, source=IncidentStatus.MERGED, target=IncidentStatus.OPEN)
    def split(self) -> None:
        """It was found to be an incident of its own after all (A56)."""

    @transition(field=status, source=[IncidentStatus.OPEN], target=IncidentStatus.NOT_AN_INCIDENT)
    def find_not_an_incident(self) -> None:
        """A named office found that it is no food-safety incident (A57)."""


class CountyRole(models.TextChoices):
    """What a county has to do with an incident (A51)."""

    HARM = "harm", _("就餐或发病地")
    SOURCE = "source", _("仅生产地")


class InvolvedCounty(models.Model):
    """A county of an incident: it sees it; a county of harm also bears the clocks of 5.1(8) (A51)."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="involved")
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=CountyRole)
    added_at = models.DateTimeField()
    # The part that brought the county along when it was merged; with it the county goes again (A56).
    through = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "county"], name="incidents_county_once")]

    def __str__(self) -> str:
        return f"{self.incident} {self.county}"


class FactKind(models.TextChoices):
    """What a fact is about."""

    ILLNESS = "illness_count", _("发病人数")
    DEATHS = "death_count", _("死亡人数")
    SEVERE = "severe_count", _("重症人数")
    INPATIENTS = "inpatient_count", _("住院人数")
    EXPOSED = "exposed_count", _("暴露人数")
    PROVINCES = "provinces_affected", _("受污染食品流入省份数")
    OVERSEAS = "reached_overseas", _("受污染食品流入境外")
    CITIES = "prefecture_cities_affected", _("受污染食品流入设区市数")
    COUNTIES = "counties_affected", _("受污染食品流入区县（市）数")
    HEALTH_DAMAGE = "health_damage", _("健康损害程度")
    ASSESSED_PARTICULARLY_SERIOUS = "assessed_particularly_serious", _("经评估危害特别严重")
    ASSESSED_POSSIBLE_SERIOUS = "assessed_possible_serious", _("经评估可能造成严重健康损害")
    NOVEL_CONTAMINANT = "novel_contaminant_first_in_china", _("我国首次出现的新污染物")
    SPREADING = "spreading", _("有扩散趋势")
    CONTAMINATED_FOOD = "contaminated_food_present", _("存在受污染食品")
    OUTBREAK = "is_food_borne_outbreak", _("一起食源性疾病暴发")
    DETERMINATION = "determined_by", _("政府认定")
    OCCURRED = "occurred", _("事发时间")
    PLACE = "place", _("地点")
    STAGE = "stage", _("食品链环节")
    SUSPECT_FOOD = "suspect_food", _("可疑食品")
    SUSPECT_AGENT = "suspect_agent", _("可疑致病因子")
    SENSITIVE = "sensitive", _("敏感因素")


class CountKind(models.TextChoices):
    """Whether a count is this sender's own patients or all that are known."""

    OWN = "own", _("本单位")
    TOTAL = "total", _("合计")


class Certainty(models.TextChoices):
    """How sure the source is (A61)."""

    SUSPECTED = "suspected", _("疑似")
    PROBABLE = "probable", _("很可能")
    CONFIRMED = "confirmed", _("确认")


class Fact(Sealed):
    """One statement about an incident, append-only; a correction names the fact it corrects and says why.

    `value` is a number, a boolean, a word, or an object, by kind. A total names in `includes` the statements it counts.
    `happened_*` is when the fact itself occurred (A17), `as_of` the time its value holds for.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=40, choices=FactKind)
    value = models.JSONField()
    count_kind = models.CharField(max_length=8, choices=CountKind, blank=True)
    includes = ArrayField(models.BigIntegerField(), default=list, blank=True)
    series = models.CharField(max_length=120, blank=True, help_text="revisions of one own count share it")
    as_of = models.DateTimeField()
    happened_earliest = models.DateTimeField()
    happened_latest = models.DateTimeField()
    source = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    certainty = models.CharField(max_length=10, choices=Certainty, default=Certainty.SUSPECTED)
    report_ref = models.CharField(max_length=60, blank=True, db_index=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    # The first fact of a chain of corrections; totals include statements, so a correction stays included.
    first_id = models.BigIntegerField(null=True, blank=True)
    is_retraction = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    recorder = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, is_retraction=False)
                | Q(corrects__isnull=False) & ~Q(reason=""),
                name="incidents_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(happened_earliest__lte=F("happened_latest")), name="incidents_fact_interval"
            ),
        ]
        indexes = [models.Index(fields=["incident", "kind"], name="incidents_facts_by_kind")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.kind}={self.value}"

    @property
    def statement_id(self) -> int:
        """The id of the fact as first stated, whatever corrections followed."""
        return self.first_id or self.pk


class Sex(models.TextChoices):
    """Sex as the forms print it."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")
    UNKNOWN = "unknown", _("未知")


class Outcome(models.TextChoices):
    """What became of a patient."""

    IN_TREATMENT = "in_treatment", _("治疗中")
    RECOVERED = "recovered", _("已愈")
    DEAD = "dead", _("死亡")
    UNKNOWN = "unknown", _("未知")


class Case(models.Model):
    """One patient of a hospital's line list, without a name: only what counting and the curve need."""

    fact = models.ForeignKey(
        Fact, models.PROTECT, related_name="cases", help_text="the count this case is part of"
    )
    local_id = models.CharField(max_length=64)
    sex = models.CharField(max_length=8, choices=Sex, default=Sex.UNKNOWN)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    onset_at = models.DateTimeField(null=True, blank=True)
    visit_at = models.DateTimeField(null=True, blank=True)
    is_severe = models.BooleanField(default=False)
    outcome = models.CharField(max_length=14, choices=Outcome, default=Outcome.UNKNOWN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact", "local_id"], name="incidents_case_once_per_list")
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"


class AssessmentRecord(Sealed):
    """What the machine proposed after a change of facts, with the facts it counted; append-only."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="assessments")
    at = models.DateTimeField()
    level = models.CharField(max_length=8, choices=LEVELS)
    clauses = ArrayField(models.CharField(max_length=12))
    other_clauses = ArrayField(models.CharField(max_length=12))
    needs_person = ArrayField(models.TextField())
    warnings = ArrayField(models.TextField())
    next_up = ArrayField(models.TextField())
    explanation = models.TextField()
    edition = models.CharField(max_length=40)
    fact_ids = ArrayField(models.BigIntegerField())
    counted = models.JSONField(help_text="the plan's facts as graded")

    class Meta:
        indexes = [models.Index(fields=["incident", "-id"], name="incidents_latest_assessment")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.level}"

    @property
    def ill(self) -> int | None:
        """The number ill, the dead included (A12); None while nobody has said any (5.2)."""
        return int(self.counted["illness_count"]) if self.counted.get("is_ill_known", True) else None

    @property
    def dead(self) -> int:
        """The number of deaths."""
        return int(self.counted["death_count"])


class LevelConfirmation(Sealed):
    """A named office's 核定 of the level (6.1; Ⅳ: 6.2.4, A14); append-only."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="confirmations")
    assessment = models.ForeignKey(AssessmentRecord, models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=LEVELS)
    clauses = ArrayField(models.CharField(max_length=12))
    note = models.CharField(max_length=500, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    confirmed_by = models.CharField(max_length=80)
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.incident_id} {self.level}"


class JoinState(models.TextChoices):
    """What became of a proposed join."""

    PENDING = "pending", _("待判断")
    ACCEPTED = "accepted", _("已合并")
    DECLINED = "declined", _("不合并")


class JoinProposal(models.Model):
    """Two incidents that may be one, with why; a person decides (architecture: joining)."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="join_proposals")
    other = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    state = FSMField(choices=JoinState, default=JoinState.PENDING, protected=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "other"], name="incidents_pair_proposed_once"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by="")
                | Q(decided_at__isnull=False) & ~Q(decided_by=""),
                name="incidents_join_decided_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id}+{self.other_id}"

    @transition(field=state, source=JoinState.PENDING, target=JoinState.ACCEPTED)
    def accept(self) -> None:
        """A person found that the two are one."""

    @transition(field=state, source=JoinState.PENDING, target=JoinState.DECLINED)
    def decline(self) -> None:
        """A person found that they are not."""


class LineageKind(models.TextChoices):
    """How two incidents came to be one, or two again."""

    MERGE = "merge", _("并入")
    SPLIT = "split", _("拆出")


class Lineage(Sealed):
    """A part was merged into a whole, or split off again: who, when and why (A12, A56); append-only.

    A split names the merge it takes back; a merge that none takes back stands.
    """

    kind = models.CharField(max_length=8, choices=LineageKind)
    whole = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    part = models.ForeignKey(Incident, models.PROTECT, related_name="lineage")
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="taken_back_by"
    )
    reason = models.CharField(max_length=300)
    recorder = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="merge", takes_back__isnull=True)
                | Q(kind="split", takes_back__isnull=False),
                name="incidents_split_takes_back_a_merge",
            ),
            models.CheckConstraint(condition=~Q(whole=F("part")), name="incidents_lineage_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="incidents_lineage_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.kind} {self.whole_id}"
