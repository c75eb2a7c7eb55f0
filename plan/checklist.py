"""The checklist of an incident: every measure of 6.3 and every duty of a group, and whose it is (预案 3.4, 6.3)."""

from dataclasses import dataclass

from plan.groups import GROUPS, Group
from plan.measures import MEASURES
from plan.offices import OfficeKind as Office
from plan.records.kinds import offices_named, offices_of_group

# Whoever coordinates may say how anything stands (预案 3.2).
COORDINATORS = frozenset({Office.CITY_COMMISSION_OFFICE, Office.COUNTY_COMMISSION_OFFICE})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be done, or found not to apply; a deliverable is done when its document is named."""

    code: str
    label_zh: str
    clause: str
    groups: tuple[Group, ...]
    offices: frozenset[Office]
    is_deliverable: bool = False


_MEASURES = (
    Item(
        measure.code,
        measure.label_zh,
        measure.clause,
        measure.groups,
        frozenset(offices_named(measure)) | COORDINATORS,
    )
    for measure in MEASURES
)
_DUTIES = (
    Item(
        f"{group.group.value}:{duty.code}",
        duty.text_zh,
        group.clause,
        (group.group,),
        frozenset(offices_of_group(group)) | COORDINATORS,
        duty.is_deliverable,
    )
    for group in GROUPS
    for duty in group.duties
)
CHECKLIST: dict[str, Item] = {item.code: item for item in (*_MEASURES, *_DUTIES)}
