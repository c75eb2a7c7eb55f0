"""The published schema is valid, without warnings, and describes what is really sent."""

from io import StringIO
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from drf_spectacular.validation import validate_schema
from jsonschema import Draft4Validator

from tests.support.hospital import Hospital, cluster

pytestmark = pytest.mark.django_db


def published() -> dict[str, Any]:
    """The schema as served."""
    answer = Client().get("/api/v1/schema/")
    assert answer.status_code == 200
    schema: dict[str, Any] = yaml.safe_load(answer.content)
    return schema


def with_nulls(node: Any) -> Any:
    """The same schema with OpenAPI 3.0's `nullable` in the words of JSON Schema."""
    if isinstance(node, list):
        return [with_nulls(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    plain = {name: with_nulls(inner) for name, inner in node.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if node.get("nullable") is True else plain


def test_the_schema_is_valid_and_made_without_a_warning() -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())
    validate_schema(published())  # type: ignore[no-untyped-call]


def test_it_names_every_operation_its_key_and_its_problems() -> None:
    schema = published()
    one = "/api/v1/cluster-reports/{ref}/"
    under = {f"{one}{rest}" for rest in ("", "revisions/{revision}/", "withdraw/", "close/")}
    assert (
        set(schema["paths"])
        == {
            "/api/v1/cluster-reports/",
            "/api/v1/cluster-reports/batch/",
            "/api/v1/cases/",
            "/api/v1/fhir/",
            "/api/v1/observations/",
        }
        | under
    )
    post = schema["paths"]["/api/v1/cluster-reports/"]["post"]
    assert {"400", "401", "403", "409", "413", "415", "422", "429", "500", "503"} <= post["responses"].keys()
    assert "application/problem+json" in post["responses"]["422"]["content"]
    assert {"hospitalKey": []} in post["security"]
    named = {parameter["name"] for parameter in post["parameters"]}
    assert "Idempotency-Key" in named
    assert len(post["requestBody"]["content"]["application/json"]["examples"]) == 3


def test_every_example_is_accepted() -> None:
    examples = published()["paths"]["/api/v1/cluster-reports/"]["post"]["requestBody"]["content"][
        "application/json"
    ]["examples"]
    hospital = Hospital()
    for example in examples.values():
        assert hospital.send(example["value"]).status_code == 201


def test_what_is_accepted_is_as_described() -> None:
    components = with_nulls(published()["components"])
    described = {"$ref": "#/components/schemas/ClusterInput", "components": components}
    sent = cluster(2, cases=[{"local_id": "A-1"}, {"local_id": "A-2"}])
    assert Hospital().send(sent).status_code == 201
    Draft4Validator(described).validate(sent)


def test_answers_and_problems_are_as_described() -> None:
    schema = published()
    hospital = Hospital()
    accepted, refused = hospital.send(cluster(105)), hospital.send(cluster(-1))
    rows = hospital.call("POST", "batch/", {"reports": [cluster(1, reference="B-1"), cluster(-1)]})
    answers = (
        (accepted, "FateOutput"),
        (refused, "ProblemOutput"),
        (rows, "BatchOutput"),
        (hospital.call("GET", ""), "ListOutput"),
    )
    for answer, name in answers:
        described = {"$ref": f"#/components/schemas/{name}", "components": with_nulls(schema["components"])}
        Draft4Validator(described).validate(answer.json())
        assert set(answer.json()) <= set(schema["components"]["schemas"][name]["properties"])
