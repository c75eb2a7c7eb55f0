"""The year of the city or of a county: its tables, computed once (7.2)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Jurisdiction, JurisdictionKind
from aftermath.models import Cost, Finish
from aftermath.selectors.open_items import open_items_among
from aftermath.selectors.standing import with_paid
from plan.aftermath import CostKind
from plan.papers import PaperKind
from readiness.models import HeldDrill
from readiness.selectors.drills import drills_due
from reporting.alerts import BEIJING
from reporting.models import OpenDuty
from reporting.timeliness import Asked, Outcome, timeliness
from response.models import ResponseDuty
from response.situation.people import PEOPLE
from review.models import Improvement, SignedPaper
from review.selectors import open_improvements
from review.year import cases as counted
from review.year.cases import Case, Year
from review.year.tables import Counted, Row, Table, of_people


@dataclass(frozen=True, slots=True)
class YearReport:
    """A year's numbers, the same wherever they are shown."""

    year: Year
    place: str
    incidents: int
    tables: Sequence[Table]
    at: datetime

    @property
    def title(self) -> str:
        """What the report is called."""
        return _("%(year)d年%(place)s食品安全事故应急处置年度报告") % {
            "year": self.year.number,
            "place": self.place,
        }

    @property
    def has_left_out(self) -> bool:
        """Whether a number of people was left out anywhere."""
        return any(table.has_left_out for table in self.tables)


def year_report(year: Year, at: datetime) -> YearReport:
    """Return the report; a constant number of queries, and no more rows than the year has (7.2)."""
    every = counted.cases_of(year, at)
    areas = list(Jurisdiction.objects.exclude(kind=JurisdictionKind.ZONE).order_by("code"))
    counties = [each for each in areas if each.kind == JurisdictionKind.COUNTY]
    here = [each for each in every if year.county is None or each.incident.county_id == year.county.pk]
    by_county = counted.by_county(every, counties)
    withheld = _given_away(year, by_county, counties)
    ids = [each.incident.pk for each in here]
    tables = [
        *_people_tables(here, withheld),
        *([] if year.county else [_people(_("按区县（市）"), "counties", by_county, withheld)]),
        _timeliness(year, at),
        _drills(year, [each for each in areas if year.county in {None, each}], at),
        _duties(ids),
        _costs(ids),
    ]
    place = year.county.name if year.county else _("宁波市")
    return YearReport(year, place, len(here), tables, at)


def _given_away(year: Year, by_county: Sequence[Counted], counties: Sequence[Jurisdiction]) -> frozenset[int]:
    """Return the columns that a county's report must not tell: those that the city's leaves out of its line."""
    if year.county is None:
        return frozenset()
    _rows, _total, hidden = of_people(by_county, frozenset())
    own = [each.pk for each in counties].index(year.county.pk)
    return frozenset(number for number, places in enumerate(hidden) if own in places)


def _people_tables(here: Sequence[Case], withheld: frozenset[int]) -> list[Table]:
    return [
        _people(_("按级别"), "levels", counted.by_level(here), withheld),
        _people(_("按场所"), "places", counted.by_place(here), withheld),
        _people(_("按可疑食品"), "foods", counted.by_food(here), withheld),
        _people(_("按致病因子"), "agents", counted.by_agent(here), withheld),
        _people(_("按季节"), "seasons", counted.by_season(here), withheld),
    ]


def _people(title: str, code: str, rows: Sequence[Counted], withheld: frozenset[int]) -> Table:
    every, total, _hidden = of_people(rows, withheld)
    told = [row for row in every if row.cells[0]]
    kinds = tuple(str(kind.label) for kind in PEOPLE)
    return Table(
        code=code,
        title=title,
        label=_("名称"),
        headings=(_("事故"), *kinds),
        units=(_("起"), *(_("人") for _kind in PEOPLE)),
        rows=told,
        total=Row(_("合计"), total.cells) if told else None,
    )


def _timeliness(year: Year, at: datetime) -> Table:
    first, last = date(year.number, 1, 1), date(year.number, 12, 31)
    found = timeliness(Asked(first, last, year.county), at)
    rows = [
        Row(office.name, (office.total, *(count for _outcome, count in office.columns)))
        for office in (*found.offices, *([found.whole] if found.offices else []))
    ]
    return Table(
        code="timeliness",
        title=_("报告时效"),
        label=_("报告单位"),
        headings=(_("合计"), *(str(outcome.label) for outcome in Outcome)),
        units=tuple(_("项") for _each in (0, *Outcome)),
        rows=rows[:-1],
        total=rows[-1] if rows else None,
    )


def _drills(year: Year, areas: Sequence[Jurisdiction], at: datetime) -> Table:
    until = min(year.span[1] - timedelta(seconds=1), at).astimezone(BEIJING).date()
    due = drills_due(areas, today=until)
    own = [each.organiser.pk for each in due]
    rows = HeldDrill.objects.filter(organiser__in=own, held_on__year=year.number)
    held = Counter(rows.values_list("organiser", flat=True))
    return Table(
        code="drills",
        title=_("应急演练"),
        label=_("食品安全监管部门"),
        headings=(_("本年演练"), _("最近一次"), _("下一次应于"), _("逾期")),
        units=(_("次"), "", "", ""),
        rows=[
            Row(
                each.organiser.name,
                (
                    held[each.organiser.pk],
                    f"{each.last.held_on}" if each.last else "—",
                    f"{each.due_on}",
                    _("是") if each.is_overdue else _("否"),
                ),
            )
            for each in due
        ],
    )


def _duties(ids: Sequence[int]) -> Table:
    """Count what the year's incidents still oblige to, as it stands now."""
    summed_up = SignedPaper.objects.filter(incident__in=ids, paper__kind=PaperKind.SUMMARY)
    finished = Finish.objects.filter(incident__in=ids).exclude(incident__in=summed_up.values("incident"))
    facts = OpenDuty.objects.filter(incident__in=ids, settled_at__isnull=True)
    owed = ResponseDuty.objects.filter(response__incident__in=ids, settled_at__isnull=True)
    improvements = open_improvements(Improvement.objects.filter(incident__in=ids))
    numbers = (
        (_("待续报的事实（5.2）"), facts.count()),
        (_("响应中应办的事项（6.2）"), owed.count()),
        (_("善后未结事项（7.1、8.6）"), len(open_items_among(ids))),
        (_("善后已结束、总结待签发（7.2）"), finished.values("incident").distinct().count()),
        (_("未办结的改进意见（7.2）"), improvements.count()),
    )
    return Table(
        code="duties",
        title=_("未了事项"),
        label=_("事项"),
        headings=(_("件数"),),
        units=(_("件"),),
        rows=[Row(label, (number,)) for label, number in numbers],
    )


def _costs(ids: Sequence[int]) -> Table:
    owed: dict[str, list[Decimal]] = {}
    for cost in with_paid(Cost.objects.filter(incident__in=ids)):
        sums = owed.setdefault(cost.kind, [Decimal(0), Decimal(0)])
        sums[0] += cost.amount
        sums[1] += cost.paid
    rows = [_money(kind.label_zh, *owed[kind.value]) for kind in CostKind if kind.value in owed]
    whole = [sum((sums[place] for sums in owed.values()), Decimal(0)) for place in (0, 1)]
    return Table(
        code="costs",
        title=_("善后费用"),
        label=_("种类"),
        headings=(_("应付（元）"), _("已付（元）"), _("未付（元）")),
        units=(_("元"), _("元"), _("元")),
        rows=rows,
        total=_money(_("合计"), *whole) if rows else None,
    )


def _money(label: str, owed: Decimal, paid: Decimal) -> Row:
    return Row(label, (owed, paid, owed - paid))
