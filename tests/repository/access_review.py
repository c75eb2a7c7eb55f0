"""The doors of `review`: of an incident that nobody has confirmed yet, handled by one county."""

from tests.repository.access import ELSEWHERE, HERE, PEOPLE, SEES_HERE, Door, only

FOLLOWS = frozenset({"city-fso"})
WRITES_SUMMARY = frozenset({f"{HERE}-regulator"})
INVESTIGATES = frozenset({f"{HERE}-commission", f"{HERE}-fso", "city-commission", "city-fso"})
IMPROVES = frozenset({f"{HERE}-gov"})
SIDES = FOLLOWS | IMPROVES
SEES_YEAR = frozenset({"city-fso", "city-regulator", "city-gov", "city-commission"}) | {
    f"{county}-{body}" for county in (HERE, ELSEWHERE) for body in ("gov", "fso", "regulator")
}
# Regulators of any county or stage write summaries, each of what is in its own charge.
MAY_WRITE = WRITES_SUMMARY | {"city-regulator", "city-agriculture"}

REVIEW_DOORS: tuple[Door, ...] = (
    Door("GET", "review:after_action", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "review:after_action"),
    Door("GET", "review:papers", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "review:papers"),
    Door("GET", "review:new_paper", 200, MAY_WRITE, seen_by=SEES_HERE),
    Door("POST", "review:new_paper", 302, WRITES_SUMMARY, seen_by=SEES_HERE),
    Door("GET", "review:paper", 200, WRITES_SUMMARY, seen_by=SEES_HERE),
    only("POST", "review:paper"),
    Door("GET", "review:edit_paper", 200, WRITES_SUMMARY, seen_by=SEES_HERE),
    Door("POST", "review:edit_paper", 302, WRITES_SUMMARY, seen_by=SEES_HERE),
    Door("GET", "review:paper_file", 200, WRITES_SUMMARY, seen_by=SEES_HERE),
    only("POST", "review:paper_file"),
    Door("GET", "review:paper_act", 200, WRITES_SUMMARY, seen_by=SEES_HERE),
    # The aftermath is not over.
    Door("POST", "review:paper_act", 409, WRITES_SUMMARY, seen_by=SEES_HERE),
    Door("GET", "review:paper_receipt", 200, SIDES, seen_by=SEES_HERE),
    Door("POST", "review:paper_receipt", 422, SIDES, seen_by=SEES_HERE),
    # Nobody knows who investigates before the level is confirmed.
    Door("GET", "review:team", 409, INVESTIGATES, seen_by=SEES_HERE),
    Door("POST", "review:team", 409, INVESTIGATES, seen_by=SEES_HERE),
    Door("GET", "review:above", 200, FOLLOWS, seen_by=SEES_HERE),
    Door("POST", "review:above", 422, FOLLOWS, seen_by=SEES_HERE),
    Door("GET", "review:new_improvement", 200, FOLLOWS, seen_by=SEES_HERE),
    Door("POST", "review:new_improvement", 422, FOLLOWS, seen_by=SEES_HERE),
    Door("GET", "review:improvements", 200, PEOPLE),
    only("POST", "review:improvements"),
    Door("GET", "review:improvement", 200, SIDES, seen_by=SIDES),
    only("POST", "review:improvement"),
    Door("GET", "review:improvement_act", 200, IMPROVES, seen_by=SIDES),
    Door("POST", "review:improvement_act", 422, IMPROVES, seen_by=SIDES),
    Door("GET", "review:year", 200, SEES_YEAR),
    only("POST", "review:year"),
    Door("GET", "review:year_print", 200, SEES_YEAR),
    only("POST", "review:year_print"),
    Door("GET", "review:year_workbook", 200, SEES_YEAR),
    only("POST", "review:year_workbook"),
)
