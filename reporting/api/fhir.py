"""A FHIR R4 bundle read into the same cluster report, and answered with an OperationOutcome (5.1(3))."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from reporting.api.decoding import FHIR, JSON, decode
from reporting.api.fhir_reading import read_bundle
from reporting.api.receiving import Receiving, idempotency_key
from reporting.api.schema import FHIR_SCHEMA

ISSUE_CODES: Final[Mapping[int, str]] = {
    401: "login",
    403: "forbidden",
    404: "not-found",
    409: "conflict",
    413: "too-long",
    415: "not-supported",
    422: "invalid",
    429: "throttled",
    500: "exception",
    503: "transient",
}


class FhirBundles(Receiving):
    """POST: a bundle of Patient, Encounter, Condition, Observation, Specimen, Location."""

    @FHIR_SCHEMA
    def post(self, request: Request) -> Response:
        """报送FHIR R4 Bundle，读成同一种聚集性病例报告；没有读入的资源和元素在答复中逐一列出。

        Bundle.type可以是collection、message等；Bundle.identifier为reference，meta.versionId为revision；进食史可用QuestionnaireResponse，linkId为exposures各字段名；可以不写Idempotency-Key。
        """
        kept = self.keep(request)
        key = idempotency_key(request) if "Idempotency-Key" in request.headers else ""
        report, left = read_bundle(decode(*kept, allowed=(FHIR, JSON)))
        answer = self.accept(report, idempotency_key=key)
        level = answer.content["incident"]
        said = _("已受理，编号%(ref)s。%(explanation)s") % {
            "ref": answer.ref,
            "explanation": level["explanation"],
        }
        issues = [_issue("information", "informational", said, []), *_unread(left)]
        headers = {"Location": request.build_absolute_uri(answer.url)}
        headers |= {"Idempotent-Replayed": "true"} if answer.is_replay else {}
        return Response(_outcome(issues), answer.status, headers=headers, content_type=FHIR)

    def handle_exception(self, exc: Exception) -> Response:
        """Answer with the problem as an OperationOutcome."""
        response = super().handle_exception(exc)
        problem = response.data
        code = ISSUE_CODES.get(problem["status"], "invalid")
        found = [_issue("error", code, each["detail"], [each["field"]]) for each in problem.get("errors", [])]
        whole = _issue("error", code, f"{problem['detail']}{problem.get('next_step', '')}", [])
        whole["diagnostics"] = problem["code"]
        response.data = _outcome([whole, *found])
        response.content_type = FHIR
        return response


def _unread(left: Iterable[str]) -> list[dict[str, Any]]:
    text = _("没有读入：%s。原始报文已留存。")
    return [_issue("warning", "not-supported", text % name, [name]) for name in left]


def _issue(severity: str, code: str, text: str, expression: list[str]) -> dict[str, Any]:
    found = {"severity": severity, "code": code, "details": {"text": text}}
    return found | ({"expression": expression} if expression else {})


def _outcome(issues: list[dict[str, Any]]) -> dict[str, Any]:
    return {"resourceType": "OperationOutcome", "issue": issues}
