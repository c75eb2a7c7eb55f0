"""The page that explains the hospital API, made from its schema, so that it can't say anything else."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from reporting.api.codes import CODES, FIELD_CODES
from reporting.api.decoding import FHIR, JSON
from reporting.problems import NEXT_STEPS, TITLES

DEEPEST: Final = 4
CLIENT: Final = settings.BASE_DIR / "clients" / "hospital.py"
LIMITS: Final = {"maxLength": "≤ %s 字符", "maxItems": "≤ %s 项", "minimum": "≥ %s", "maximum": "≤ %s"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a body; `name` is the path to it."""

    name: str
    kind: str
    words: str
    is_required: bool
    may_be_null: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A status the operation answers with, what to do then, and the codes that come with it."""

    status: int
    title: str
    next_step: str
    codes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One address and method."""

    ident: str
    method: str
    path: str
    words: str
    headers: list[Field]
    fields: list[Field]
    answered: list[Field]
    answers: list[Answer]
    media_type: str
    examples: list[tuple[str, str]]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Explain the API: operations, fields, examples to copy, errors and when to send again (5.1(3))."""
    context = {
        "operations": operations(),
        "field_codes": FIELD_CODES,
        "writes": settings.API_WRITES_PER_MINUTE,
        "reads": settings.API_READS_PER_MINUTE,
        "host": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "reporting/api/docs.html", context)


@require_safe
def client(_request: HttpRequest) -> HttpResponse:
    """Hand out the command-line client, which sends again until it is answered (5.1(3))."""
    headers = {"Content-Disposition": f'attachment; filename="{CLIENT.name}"'}
    return HttpResponse(CLIENT.read_bytes(), content_type="text/x-python", headers=headers)


@cache
def operations() -> list[Operation]:
    """Return every operation of the schema, in Chinese like the answers themselves."""
    with translation.override(settings.LANGUAGE_CODE):
        schema: Mapping[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        named = schema["components"]["schemas"]
        return [
            _operation(path, method, said, named)
            for path, methods in schema["paths"].items()
            for method, said in methods.items()
        ]


def _operation(path: str, method: str, said: Mapping[str, Any], named: Mapping[str, Any]) -> Operation:
    taken = said.get("requestBody", {}).get("content", {})
    media_type = next((kind for kind in taken if kind in {JSON, FHIR}), JSON)
    body = taken.get(media_type, {})
    good = next(
        next(iter(answer["content"].values()))["schema"]
        for status, answer in said["responses"].items()
        if status < "300"
    )
    return Operation(
        ident=said["operationId"],
        method=method.upper(),
        path=path,
        words=said["description"],
        headers=[
            Field(
                each["name"],
                _kind(each["schema"]),
                each.get("description", ""),
                bool(each.get("required")),
                False,
            )
            for each in said.get("parameters", [])
        ],
        fields=list(_fields(body["schema"], named)) if body else [],
        answered=list(_fields(good, named)),
        answers=[_answer(int(status)) for status in said["responses"] if status >= "400"],
        media_type=media_type,
        examples=[(name, _written(each["value"])) for name, each in body.get("examples", {}).items()],
    )


def _answer(status: int) -> Answer:
    return Answer(status, str(TITLES[status]), str(NEXT_STEPS.get(status, "")), CODES.get(status, {}))


def _fields(
    node: Mapping[str, Any], named: Mapping[str, Any], path: str = "", depth: int = 1
) -> Iterator[Field]:
    """Walk an object's properties, the inner ones after the outer one, each under its whole path."""
    whole = _resolved(node, named)
    required = set(whole.get("required", ()))
    for name, inner in whole.get("properties", {}).items():
        found = _resolved(inner, named)
        where = f"{path}{name}"
        yield Field(where, _kind(found), _words(found), name in required, bool(found.get("nullable", False)))
        if depth < DEEPEST:
            items = found.get("items")
            deeper = items if items is not None else found
            yield from _fields(deeper, named, f"{where}[]." if items is not None else f"{where}.", depth + 1)


def _resolved(node: Mapping[str, Any], named: Mapping[str, Any]) -> dict[str, Any]:
    """Return a node with what it refers to; what it says itself goes first."""
    merged: dict[str, Any] = {}
    for part in (*node.get("allOf", []), *node.get("anyOf", [])[:1]):
        merged |= _resolved(part, named)
    if "$ref" in node:
        merged |= _resolved(named[node["$ref"].rpartition("/")[2]], named)
    if "enum" in merged and "description" in node:
        return {**merged, **node, "description": f"{node['description']}\n{merged['description']}"}
    return merged | dict(node)


def _kind(node: Mapping[str, Any]) -> str:
    limits = [words % node[name] for name, words in LIMITS.items() if name in node]
    return "，".join([node.get("format") or node.get("type", ""), *limits])


def _words(node: Mapping[str, Any]) -> str:
    default = _("不写则为%s") % node["default"] if node.get("default") is not None else ""
    return "\n".join(filter(None, [node.get("description", ""), default])).replace("* ", "").replace("`", "")


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
