"""The doors of the plan's editions and of the counties' plans."""

from tests.repository.access import ELSEWHERE, HERE, PEOPLE, SEES, Door, only

KEEPS_PLAN = frozenset({"city-fso"})
KEEPS_COUNTY_PLAN = frozenset({"city-fso", f"{HERE}-fso", f"{HERE}-gov"})
# Of a county's plan: to the offices of another county it does not exist.
NOT_ELSEWHERE = (
    PEOPLE - frozenset(role for role in SEES if role.startswith(ELSEWHERE)) - {"manager-elsewhere"}
)

EDITION_DOORS: tuple[Door, ...] = (
    Door("GET", "editions:list", 200, SEES),
    only("POST", "editions:list"),
    Door("GET", "editions:compared", 200, SEES),
    only("POST", "editions:compared"),
    Door("GET", "editions:new_draft", 200, KEEPS_PLAN),
    Door("POST", "editions:new_draft", 422, KEEPS_PLAN),
    Door("GET", "editions:draft", 200, SEES),
    Door("POST", "editions:draft", 302, KEEPS_PLAN),
    Door("GET", "editions:new_review", 200, KEEPS_PLAN),
    Door("POST", "editions:new_review", 422, KEEPS_PLAN),
    Door("GET", "editions:new_law_note", 200, KEEPS_PLAN),
    Door("POST", "editions:new_law_note", 422, KEEPS_PLAN),
    Door("GET", "editions:counties", 200, SEES),
    only("POST", "editions:counties"),
    Door("GET", "editions:new_county_plan", 200, KEEPS_COUNTY_PLAN, seen_by=NOT_ELSEWHERE),
    Door("POST", "editions:new_county_plan", 422, KEEPS_COUNTY_PLAN, seen_by=NOT_ELSEWHERE),
    Door("GET", "editions:new_inspection", 200, KEEPS_PLAN),
    Door("POST", "editions:new_inspection", 422, KEEPS_PLAN),
    Door("GET", "editions:finding_step", 200, KEEPS_COUNTY_PLAN, seen_by=NOT_ELSEWHERE),
    Door("POST", "editions:finding_step", 422, KEEPS_COUNTY_PLAN, seen_by=NOT_ELSEWHERE),
)
