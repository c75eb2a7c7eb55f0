"""The working groups headquarters may set up (预案 3.4): optional, and their member lists open (A36)."""

from dataclasses import dataclass

from plan.labelled import Labelled
from plan.offices import OfficeKind as Office


class Group(Labelled):
    """The six groups the plan names; headquarters may set up others (预案 3.4)."""

    INVESTIGATION = "investigation", "事故调查组"
    HAZARD_CONTROL = "hazard_control", "危害控制组"
    MEDICAL = "medical", "医疗救治组"
    STABILITY = "stability", "社会稳定组"
    PUBLICITY = "publicity", "新闻宣传组"
    EXPERTS = "experts", "专家咨询组"


@dataclass(frozen=True, slots=True)
class WorkingGroup:
    """Who leads a group and whom the plan names in it.

    lead: None where the plan names none. others_zh: named by function, no body of its own. is_open: 等.
    """

    group: Group
    clause: str
    lead: Office | None
    assisting: tuple[Office, ...]
    members: tuple[Office, ...]
    others_zh: tuple[str, ...]
    is_open: bool
    readings: tuple[str, ...] = ()


GROUPS: tuple[WorkingGroup, ...] = (
    WorkingGroup(
        group=Group.INVESTIGATION,
        clause="3.4.1",
        lead=Office.CITY_REGULATOR,
        assisting=(Office.HOSPITAL, Office.CDC, Office.TESTING_BODY),
        members=(Office.CITY_POLICE,),
        others_zh=("行业主管部门",),
        is_open=True,
        readings=("A35", "A36"),
    ),
    WorkingGroup(
        group=Group.HAZARD_CONTROL,
        clause="3.4.2",
        lead=Office.CITY_STAGE_REGULATOR,
        assisting=(),
        members=(),
        others_zh=(),
        is_open=False,
        readings=("A35", "A36", "A53"),
    ),
    WorkingGroup(
        group=Group.MEDICAL,
        clause="3.4.3",
        lead=Office.CITY_HEALTH,
        assisting=(),
        members=(),
        others_zh=(),
        is_open=False,
        readings=("A36",),
    ),
    WorkingGroup(
        group=Group.STABILITY,
        clause="3.4.4",
        lead=Office.CITY_POLITICAL_LEGAL,
        assisting=(),
        members=(
            Office.CITY_CYBERSPACE,
            Office.CITY_PETITIONS,
            Office.CITY_POLICE,
            Office.CITY_JUSTICE,
            Office.CITY_COURT,
            Office.CITY_PROCURATORATE,
        ),
        others_zh=(),
        is_open=True,
        readings=("A36",),
    ),
    WorkingGroup(
        group=Group.PUBLICITY,
        clause="3.4.5",
        lead=Office.CITY_PUBLICITY,
        assisting=(),
        members=(Office.CITY_HEADQUARTERS_OFFICE, Office.CITY_CYBERSPACE),
        others_zh=(),
        is_open=True,
        readings=("A36", "A37"),
    ),
    WorkingGroup(
        group=Group.EXPERTS,
        clause="3.4.6",
        lead=None,
        assisting=(),
        members=(Office.EXPERT,),
        others_zh=(),
        is_open=False,
        readings=("A33", "A36"),
    ),
)
