"""What stands ready in tests: rows of the registers, made by the action that makes real ones; workbooks of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from accounts.models import Jurisdiction
from incidents.models import Incident
from plan.readiness import DrillKind
from readiness.actions.drills import record_drill
from readiness.actions.entries import keep_entry
from readiness.actions.stock import use_stock
from readiness.actions.support import request_support
from readiness.models import HeldDrill
from readiness.registers import REGISTERS
from tests.support.people import actor, organisation
from tests.support.reports import YINZHOU
from tests.support.workbooks import workbook

CITY = "330200"
PHONE = "0574-87001234"
# One row of each register, as an office types it.
TYPED: dict[str, dict[str, Any]] = {
    "teams": {
        "name": "应急处置一队", "full_time": "6", "part_time": "14", "skills": "现场采样、封存",
        "equipment": "快检箱2套", "trained_on": "2026-03-01", "contact": "王队", "phone": PHONE,
    },
    "experts": {
        "name": "林某", "unit": "市疾控中心", "field": "细菌毒素", "agents": "肉毒梭菌毒素", "phone": PHONE,
    },
    "bodies": {
        "name": "市食品检验检测研究院", "kind": "食品安全检验检测机构", "capability": "海洋毒素液质联用",
        "agents": "河鲀毒素、海洋毒素", "contact": "检验值班", "phone": PHONE,
    },
    "hospitals": {
        "name": "鄞州人民医院", "beds": "40", "intensive_beds": "6", "ability": "血液净化、洗胃",
        "agents": "毒蘑菇", "contact": "急诊总值班", "phone": PHONE,
    },
    "stores": {
        "item": "肉毒抗毒素", "kind": "物资", "place": "市急救药库", "quantity": "10", "level": "10", "unit": "支",
        "expires_on": "2028-01-31", "agents": "肉毒梭菌毒素", "contact": "药库值班", "phone": PHONE,
    },
    "budgets": {
        "year": "2026", "unit": "市场监管局", "purpose": "应急处置", "allotted": "1200000.50",
        "received": "1000000", "spent": "0.10", "on_time": "是",
    },
    "helpers": {"kind": "信息员", "name": "周小芳", "station": "下应街道湾底村", "phone": "13800000000"},
    "enterprises": {
        "name": "甬江食品有限公司", "address": "鄞州区甬江路1号", "has_plan": "是", "plan_on": "2025-06-01",
        "self_checked_on": "2026-04-01", "hazards": "2", "contact": "品管部", "phone": PHONE,
    },
    "activities": {
        "held_on": "2026-03-15", "topic": "河鲀鱼风险提示", "kind": "宣传教育", "audience": "消费者和公众",
        "organiser": "市场监管局", "people": "300",
    },
}  # fmt: skip


def area(code: str) -> Jurisdiction:
    """The city or one of its counties."""
    return Jurisdiction.objects.get(code=code)


def keeper(code: str) -> str:
    """The office that keeps an area's registers."""
    return "city-fso" if code == CITY else f"{code}-fso"


def kept(register: str, code: str = YINZHOU, *, at: datetime, **changes: Any) -> Any:
    """A row of a register, as its area's keeper puts it in."""
    return keep_entry(
        register=register,
        area=area(code),
        values={**TYPED[register], **changes},
        by=actor(keeper(code)),
        at=at,
    )


def book_of(register: str, *rows: Mapping[str, Any], **more: Any) -> bytes:
    """A workbook of a register with the headings of its template."""
    own = REGISTERS[register]
    headings = tuple(str(each.heading) for each in own.fields)
    typed: Sequence[Mapping[str, Any]] = rows or [TYPED[register]]
    return workbook(
        *([row.get(each.name) for each in own.fields] for row in typed), headings=headings, **more
    )


def held(
    on: date, code: str = YINZHOU, *, at: datetime, title: str = "食品安全事故综合演练", **more: Any
) -> HeldDrill:
    """A drill that an area's regulator held."""
    given: dict[str, Any] = {
        "organiser": organisation("city-regulator" if code == CITY else f"{code}-regulator"),
        "kind": DrillKind.COMPREHENSIVE,
        "title": title,
        "held_on": on,
        "participants": "卫生健康、公安、教育部门",
    }
    return record_drill(**{**given, **more}, by=actor(keeper(code)), at=at)


def ready_for_doors(incident: Incident, *, at: datetime) -> dict[str, int]:
    """A stock of the county that is owed back, a drill not evaluated, a request of the county's regulator, by door."""
    stock = kept("stores", at=at)
    used = use_stock(stock=stock, quantity=1, note="救治", by=actor(keeper(YINZHOU)), at=at)
    asked = request_support(
        incident=incident,
        register="stores",
        entry=stock.pk,
        text="2支",
        by=actor(f"{YINZHOU}-regulator"),
        at=at,
    )
    doors = ("use_stock", "entry", "check_entry", "remove_entry", "ask_support")
    return {
        **{f"readiness:{name}": stock.pk for name in doors},
        "readiness:replenish_stock": used.pk,
        "readiness:evaluate_drill": held(date(2026, 1, 5), at=at).pk,
        "readiness:support_request": asked.pk,
    }
