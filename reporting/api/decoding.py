"""From bytes to JSON, strictly: what two readers could read differently is refused."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from plan.refusal import PlanRefusal

JSON, FHIR = "application/json", "application/fhir+json"


def decode(raw: bytes, content_type: str, *, allowed: Sequence[str] = (JSON,)) -> Any:
    """Return the decoded body; refuse another media type (415) and what is no plain JSON (400)."""
    media_type, _semicolon, parameters = content_type.partition(";")
    charset = parameters.partition("=")[2].strip(' "').lower()
    if media_type.strip().lower() not in allowed or charset not in {"", "utf-8", "utf8"}:
        raise PlanRefusal(
            _("报文须为UTF-8编码的%s。") % allowed[0], clause="", code="unsupported_media_type", status=415
        )
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as wrong:
        where = (
            _("第%(line)d行第%(column)d列") % {"line": wrong.lineno, "column": wrong.colno}
            if isinstance(wrong, json.JSONDecodeError)
            else _("编码、重复的键或数值")
        )
        raise PlanRefusal(
            _("报文不是合法的JSON：%s有误。") % where, clause="", code="malformed_json", status=400
        ) from wrong


def fingerprint(data: Any) -> str:
    """Return the hash by which two bodies are the same whatever their spacing and order of keys."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        raise ValueError("a key is given twice")
    return read


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
