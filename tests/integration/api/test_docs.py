"""The page about the API says what the API does: every operation, field and code, and examples that are accepted."""

import ast
import html
import json
import re
from pathlib import Path

import pytest
from django.test import Client

from reporting.api.codes import CODES, FIELD_CODES
from tests.support.hospital import Hospital

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
MODULES = (
    *(ROOT / "reporting" / "api").glob("*.py"),
    *(
        ROOT / "reporting" / name
        for name in ("problems.py", "stated_cluster.py", "actions/clusters.py", "actions/closing_clusters.py")
    ),
    ROOT / "accounts" / "authentication.py",
)
RAISES = {"PlanRefusal", "FieldRefusal", "Problem", "PermissionDenied", "AuthenticationFailed", "NotFound"}
CODE = re.compile(r"[a-z]+(?:_[a-z]+)+|busy")
# Of people's refusals, not of hospitals'.
ELSEWHERE = {"not_the_reporter"}


def page() -> str:
    answer = Client().get("/api/v1/docs/")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def raised() -> set[str]:
    """Every code that a module of the API gives a refusal by name."""
    return {
        value.value
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in RAISES
        for value in (*node.args[1:], *(each.value for each in node.keywords if each.arg == "code"))
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and CODE.fullmatch(value.value)
    }


def test_every_operation_field_and_code_is_explained() -> None:
    said = page()
    for word in ("POST /api/v1/cluster-reports/", "GET /api/v1/cluster-reports/{ref}/", "Idempotency-Key"):
        assert word in said
    for name in (
        "reference",
        "place.county",
        "counts.ill",
        "cases[].local_id",
        "incident.proposed_level.code",
    ):
        assert f"<code>{name}</code>" in said
    for codes in (*CODES.values(), FIELD_CODES):
        assert all(f"<code>{code}</code>" in said for code in codes)


def test_no_code_is_forgotten() -> None:
    known = {code for codes in CODES.values() for code in codes} | set(FIELD_CODES)
    assert len(raised()) > 12
    assert raised() - known - ELSEWHERE == set()


def test_the_examples_shown_are_accepted() -> None:
    said = page()
    panel = said[said.index('id="report_cluster"') :].partition("</section>")[0]
    bodies = re.findall(r"-d '(\{.*?\n\})'</pre>", panel, re.DOTALL)
    assert len(bodies) == 3
    hospital = Hospital()
    assert [hospital.send(json.loads(body)).status_code for body in bodies] == [201] * 3


def test_the_page_needs_nothing_from_elsewhere_and_no_key() -> None:
    said = page()
    assert re.findall(r'(?:src|href)="(?:https?:)?//', said) == []
    assert "<style" not in said
    assert " style=" not in said


def test_the_client_is_handed_out_as_it_is() -> None:
    (address,) = re.findall(r'href="([^"]+hospital\.py)"', page())
    answer = Client().get(address)
    assert "attachment" in answer["Content-Disposition"]
    assert answer.content == (ROOT / "clients" / "hospital.py").read_bytes()


def test_the_first_steps_in_python_are_accepted_as_they_stand() -> None:
    found = re.search(r'id="start-python">(.*?)</pre>', page(), re.DOTALL)
    assert found is not None
    body = next(
        node.value
        for node in ast.parse(found[1]).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "report"
    )
    assert Hospital().send(ast.literal_eval(body)).status_code == 201
