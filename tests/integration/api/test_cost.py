"""A report costs the same number of queries for one case and for two thousand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.hospital import Hospital, ago, case, cluster
from tests.support.reports import restaurant

pytestmark = pytest.mark.django_db

# With lists, who is counted: the rows, the findings about pairs and the case definition, once for level and moment.
MOST_QUERIES = 78

PLACE = {"name": "甬江饭店"}


def queries(hospital: Hospital, cases: int) -> int:
    """How many queries a report of so many cases takes, from the key to the answer."""
    listed = [case(number) for number in range(cases)]
    body = cluster(None, reference=f"P{cases}", place=PLACE, cases=listed)
    with CaptureQueriesContext(connection) as captured:
        assert hospital.send(body).status_code == 201
    return len(captured)


def test_two_thousand_cases_cost_as_many_queries_as_one() -> None:
    restaurant(PLACE["name"])
    hospital = Hospital()
    # An incident that is at Ⅲ before, so that neither list has consequences the other lacks.
    before = cluster(150, reference="before", place=PLACE, last_onset_at=ago(80))
    assert hospital.send(before).json()["incident"]["proposed_level"]["code"] == "III"
    one, many = queries(hospital, 1), queries(hospital, 2_000)
    assert one == many
    assert many <= MOST_QUERIES


def test_the_fate_costs_the_same_whatever_the_list() -> None:
    hospital = Hospital()
    costs = []
    for number in (1, 2_000):
        body = cluster(None, reference=f"P{number}", cases=[case(n) for n in range(number)])
        ref = hospital.send(body).json()["ref"]
        with CaptureQueriesContext(connection) as captured:
            assert hospital.fate(ref).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]
