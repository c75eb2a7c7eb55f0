"""What was reported: facts as they came, never changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models.incidents import Incident


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
