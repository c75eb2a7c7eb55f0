"""Clusters of one source are proposed to be merged, with the level they would have as one; a person decides (A12)."""

from typing import Any

import pytest

from accounts.actors import CLOCK
from audit.clock import database_now
from audit.verify import verify
from incidents.models import JoinProposal
from outbox.models import Message
from reporting.actions.sourcing import propose_common_sources
from tests.support.cases import known, send_list
from tests.support.hospital import Hospital
from tests.support.reports import HAISHU, YINZHOU

pytestmark = pytest.mark.django_db


def cluster_at(
    place: str, first: int, number: int, *, hospital: Hospital, maker: str, county: str = YINZHOU
) -> str:
    """A hospital's cluster whose patients name the maker of what they ate; its incident's number."""
    exposures = [{"food": "卤牛肉", "place_made": maker}]
    cases: list[Any] = [known(first + each, exposures=exposures) for each in range(number)]
    answer = send_list(hospital, cases, place=place, reference=place)
    return str(answer["incident"]["number"])


def look() -> int:
    """The clock looks at what incidents have in common."""

    return propose_common_sources(by=CLOCK, at=database_now())


@pytest.mark.clause(82)
def test_two_clusters_that_name_one_maker_are_proposed_once_with_the_level_both_would_have() -> None:
    first = cluster_at("东海大酒店", 100, 60, hospital=Hospital(), maker="甬上卤味")
    second = cluster_at("西门小学", 200, 60, hospital=Hospital("hosp-first"), maker="甬上 卤味")
    assert (look(), look()) == (1, 0)
    proposal = JoinProposal.objects.get()
    assert {proposal.incident.number, proposal.other.number} == {first, second}
    assert proposal.ground == "共同来源：甬上卤味"
    told = Message.objects.filter(kind="common_source")
    assert set(told.values_list("recipient", flat=True)) == {
        f"{YINZHOU}-regulator",
        f"{HAISHU}-regulator",
        "city-fso",
    }
    assert all("较大" in message.body for message in told)
    assert verify().breaks == []


@pytest.mark.clause(82)
@pytest.mark.parametrize(("number", "maker"), [(1, "甬上卤味"), (2, "另一家卤味")])
def test_one_case_or_another_maker_is_no_common_source(number: int, maker: str) -> None:
    cluster_at("东海大酒店", 100, 2, hospital=Hospital(), maker="甬上卤味")
    cluster_at("西门小学", 200, number, hospital=Hospital("hosp-first"), maker=maker)
    assert look() == 0
