"""Who may go through the doors to the statistics of timeliness, by the matrix of `access.py`."""

from tests.repository.access import ELSEWHERE, HERE, Door, only

SEES_TIMELINESS = frozenset({"city-fso"}) | {
    f"{county}-{body}" for county in (HERE, ELSEWHERE) for body in ("gov", "fso", "regulator")
}

TIMELINESS_DOORS: tuple[Door, ...] = (
    Door("GET", "reporting:timeliness", 200, SEES_TIMELINESS),
    only("POST", "reporting:timeliness"),
    Door("GET", "reporting:timeliness_csv", 200, SEES_TIMELINESS),
    only("POST", "reporting:timeliness_csv"),
)
