"""Every address for every role, as the matrix in `access.py` says; nothing is forgotten in it (3.2, 5.1(7))."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from accounts.models import Organisation
from audit.clock import database_now
from config.asgi import FEEDS
from incidents.models import Fact, Incident, JoinProposal
from outbox.models import Message
from plan.offices import OUTSIDE
from reporting.actions.deliveries import record_delivery
from reporting.models import Delivery
from tests.repository import access
from tests.repository.access import EVERYONE, HERE
from tests.repository.doors import DOORS
from tests.repository.visitors import visitor
from tests.support.accountability import file_for_doors, suspected_for_doors
from tests.support.aftermath import entered_for_doors
from tests.support.cases import listed_for_doors
from tests.support.contacts import duty_for_doors
from tests.support.documents import documents_for_doors
from tests.support.drills import drill_for_doors
from tests.support.duties import leapt_for_doors
from tests.support.editions import drafted_for_doors
from tests.support.events import kept_for_doors
from tests.support.groups import set_up_for_doors
from tests.support.hospital import Hospital, cluster
from tests.support.measures import recorded_for_doors
from tests.support.monitoring import watched_for_doors
from tests.support.patients import patients_for_doors
from tests.support.people import actor, holding, organisation
from tests.support.public import shown_for_doors
from tests.support.readiness import ready_for_doors
from tests.support.reports import report
from tests.support.response import active, asked_for_doors
from tests.support.review import written_for_doors
from tests.support.walls import wall_token

METHODS = ("GET", "POST")
LISTED = {"response:cases", "response:case_person", "response:same_person"}
KINDS = {"response:go_on": "sample_handover", "response:refer": "crime", "review:new_paper": "summary"}
ACTS = {
    "reporting:document_act": "send",
    "drills:act": "join",
    "review:paper_act": "sign",
    "review:improvement_act": "report",
}
CODES = {"response:member": "city-health", "response:task": "seal", "editions:new_county_plan": HERE}


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, str]]:
    """The name and the route of every address, from the project's own list."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}", str(pattern.pattern)


ROUTES = dict(names(get_resolver().url_patterns))


@dataclass(frozen=True)
class Story:
    """What there is to be seen in one county: an incident, its reports, a fact, a proposed join, a message."""

    number: str
    ref: str
    cluster_ref: str
    fact: int
    join: int
    delivery: int
    message: int
    key: int
    person: int
    office: int
    measures: Mapping[str, int]
    commanded: str
    listed: str
    suspicion: str

    def pk(self, name: str) -> int | None:
        """The row that this door leads to."""
        pks = {
            "response:correct_fact": self.fact,
            "aftermath:cost_of_measure": self.measures["response:go_on"],
            "response:join": self.join,
            "reporting:correct_delivery": self.delivery,
            "response:message": self.message,
            "accounts:revoke_key": self.key,
            "accounts:bind_key": self.key,
            "accounts:person": self.person,
            "accounts:grant_office": self.person,
            "accounts:person_act": self.person,
            "accounts:end_office": self.office,
            "accounts:manage_office": self.office,
            **self.measures,
        }
        return pks.get(name)

    def address(self, name: str) -> str:
        """Where this door is in this story."""
        known = {
            "number": self.listed if name in LISTED else self.commanded if "group" in name else self.number,
            "other": self.measures["other case"],
            "ref": self.cluster_ref if name.startswith("reporting_api") else self.ref,
            "day": "2026-01-01",
            "kind": KINDS.get(name, "costs" if name.startswith("aftermath") else "seal"),
            "which": 2026,
            "code": CODES.get(name, HERE if name.startswith("readiness:") else f"{HERE}-regulator"),
            "register": "stores",
            "older": "e0",
            "key": self.measures["editions:draft"],
            "newer": "e0",
            "slug": "answer-data" if name == "response:act_on" else "assess",
            "part": "live",
            "table": "incidents",
            "subject": self.suspicion,
            "act": ACTS.get(name, "unlock"),
            "inject": 1,
            "file_format": "pdf",
            "revision": 2,
            "identifier": "none",
            "pk": self.pk(name),
        }
        return reverse(
            name, kwargs={key: value for key, value in known.items() if f":{key}>" in ROUTES[name]}
        )


def call(incident: Incident, *, at: datetime) -> Delivery:
    """The county's government has phoned the duty room."""
    return record_delivery(
        incident=incident,
        bearer=organisation(f"{HERE}-gov"),
        recipient=organisation("city-duty"),
        leg="phone",
        received_at=at,
        receiver="陈值班",
        by=actor(f"{HERE}-regulator"),
        at=at,
    )


def rows_for_doors(incident: Incident, *, at: datetime) -> dict[str, int]:
    """The rows that the doors lead to."""
    return {
        **recorded_for_doors(incident),
        **leapt_for_doors(incident, at=at),
        **kept_for_doors(incident, at=at),
        **shown_for_doors(at=at),
        **duty_for_doors(),
        "accounts:revoke_wall": wall_token().token.pk,
        **watched_for_doors(at=at),
        **patients_for_doors(incident, at=at),
        **file_for_doors(incident, at=at),
        **documents_for_doors(incident, at=at),
        **dict.fromkeys(("drills:drill", "drills:bar", "drills:act", "drills:note"), drill_for_doors()),
        **entered_for_doors(incident, at=at),
        **ready_for_doors(incident, at=at),
        **written_for_doors(incident, at=at),
        **drafted_for_doors(at=at),
        **asked_for_doors(incident, active(at=at, place_text="慈湖酒楼"), at=at),
    }


def tell(hospital: Hospital) -> Story:
    """A regulator's report, and a hospital's of a place with nearly the same name."""
    at = database_now()
    filed = report(45, at=at, place_text="甬江大饭店")
    sent = hospital.send(cluster(60, place={"name": "甬江大饭店分店", "kind": "restaurant"})).json()
    commanded, pks = set_up_for_doors(at=at)
    listed, cases = listed_for_doors(hospital)
    told = Message.objects.filter(recipient=f"{HERE}-regulator").earliest("pk")
    return Story(
        number=filed.incident.number,
        ref=str(filed.ref),
        cluster_ref=sent["ref"],
        fact=Fact.objects.filter(incident=filed.incident).earliest("pk").pk,
        join=JoinProposal.objects.earliest("pk").pk,
        delivery=call(filed.incident, at=at).pk,
        message=told.pk,
        key=hospital.key.pk,
        person=holding(f"{HERE}-regulator").user.pk,
        office=holding(f"{HERE}-regulator").pk,
        measures={**pks, **cases, "response:told": told.pk, **rows_for_doors(filed.incident, at=at)},
        commanded=commanded,
        listed=listed,
        suspicion=suspected_for_doors(filed.incident, at=at),
    )


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Hospital, Story]]:
    """One story for all roles that this process walks: what a visit changes is undone, and telling takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        hospital = Hospital()
        yield hospital, tell(hospital)
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(EVERYONE))
def test_every_door_answers_each_role_as_the_matrix_says(role: str, told: tuple[Hospital, Story]) -> None:
    hospital, story = told
    somebody = visitor(role, hospital)
    wrong = {}
    for door in DOORS:
        status = somebody.at(door, story.address(door.name))
        if status != door.answer_for(role):
            wrong[f"{door.method} {door.name}"] = f"{status}, not {door.answer_for(role)}"
    assert wrong == {}


def test_every_address_and_method_is_in_the_matrix_once() -> None:
    listed = [(door.name, door.method) for door in DOORS]
    assert sorted(listed) == sorted((name, method) for name in ROUTES for method in METHODS)


def test_no_page_stands_where_the_live_feed_answers_first() -> None:
    for path in FEEDS:
        with pytest.raises(Resolver404):
            resolve(path)


@pytest.mark.django_db
def test_every_kind_of_office_is_in_the_matrix() -> None:
    walked = Organisation.objects.filter(code__in=access.OFFICES).values("kind")
    # Those outside have no people here.
    assert not Organisation.objects.exclude(kind__in=walked).exclude(kind__in=OUTSIDE).exists()


def test_nothing_of_an_incident_is_for_another_countys_offices() -> None:
    of_an_incident = [door for door in DOORS if {"number", "ref", "pk"} & route_parts(door.name)]
    assert len(of_an_incident) > 10
    for door in of_an_incident:
        if door.status != 405:
            assert not door.may & access.ELSEWHERE_OFFICES, door


def route_parts(name: str) -> set[str]:
    return {part.partition(">")[0] for part in ROUTES[name].split(":")[1:]}
