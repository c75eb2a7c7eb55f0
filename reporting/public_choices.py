"""Who reports by the public door and what becomes of it, in words that its sender reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReporterKind(models.TextChoices):
    """Who reports from outside the offices (5.1(1), 5.1(2), 5.1(4))."""

    OPERATOR = "operator", _("食品生产经营者")
    UNIT = "unit", _("有人集体发病的单位（学校、企业、食堂等）")
    TECHNICAL = "technical", _("检验检测等技术机构")
    ASSOCIATION = "association", _("行业协会等社会团体")
    INDIVIDUAL = "individual", _("个人")


class PublicState(models.TextChoices):
    """How far the county regulator has come with a public report; its sender is told as much and no more."""

    RECEIVED = "received", _("已收到")
    IN_TRIAGE = "in_triage", _("正在核实")
    OPENED = "opened", _("已登记为食品安全事故")
    JOINED = "joined", _("已并入正在处置的事故")
    CLOSED = "closed", _("已办结")


class PublicOutcome(models.TextChoices):
    """Why a public report was closed without an incident, in words for its sender."""

    NOT_FOOD = "not_food", _("所反映的情况与食品安全事故无关")
    NOTHING_FOUND = "nothing_found", _("经核实，没有发现食品安全事故")
    TOLD_BEFORE = "told_before", _("同一情况先前已有报告，并已处理")
    TOO_LITTLE = "too_little", _("现有信息不足以核实，欢迎补充")
