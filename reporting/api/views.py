"""The operations of the hospital API on reports: send, revise, list, ask what became of one (5.1(3))."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from reporting.answers import listed_reports
from reporting.api.base import HospitalView, fate, key_of, own_report, own_trial, page_of
from reporting.api.decoding import decode
from reporting.api.receiving import Receiving, answered, idempotency_key
from reporting.api.schema import FATE_SCHEMA, LIST_SCHEMA, REPORT_SCHEMA, REVISION_SCHEMA
from reporting.trial_answers import listed_trials


class ClusterReports(Receiving):
    """POST: a hospital reports a cluster of cases (5.1(3)). GET: its own reports."""

    @REPORT_SCHEMA
    def post(self, request: Request) -> HttpResponse:
        """医疗卫生机构报送聚集性病例（预案5.1(3)）。"""
        kept = self.keep(request)
        key = idempotency_key(request)
        return answered(request, self.accept(decode(*kept), idempotency_key=key))

    @LIST_SCHEMA
    def get(self, request: Request) -> Response:
        """本院的报告，新的在前，每页50份。"""
        key, page = key_of(request), page_of(request)
        listed = listed_trials if key.is_test else listed_reports
        return Response(listed(key.organisation, page=page))


class ClusterRevision(Receiving):
    """PUT: a revision of a report under its address; sent again, it is one."""

    @REVISION_SCHEMA
    def put(self, request: Request, ref: uuid.UUID, revision: int) -> HttpResponse:
        """报送一份报告的第几次修订；与以同一reference、revision报送相同，可以不写这两项和Idempotency-Key。"""
        kept = self.keep(request)
        find = own_trial if key_of(request).is_test else own_report
        named = {"reference": find(request, ref).reference, "revision": revision}
        data = _addressed(decode(*kept), named)
        key = idempotency_key(request) if "Idempotency-Key" in request.headers else ""
        return answered(request, self.accept(data, idempotency_key=key))


class ClusterReport(HospitalView):
    """GET: what became of a report."""

    @FATE_SCHEMA
    def get(self, request: Request, ref: uuid.UUID) -> Response:
        """查询本院一份报告的处理情况。"""
        return Response(fate(request, ref))


def _addressed(data: Any, named: Mapping[str, Any]) -> Any:
    """Return the body with what its address says of it; a body that says otherwise is refused."""
    if not isinstance(data, Mapping):
        return data
    text = _("与请求地址所指的报告或修订不一致。")
    wrong = {
        name: [ErrorDetail(text, "not_as_addressed")]
        for name in named
        if data.get(name, named[name]) != named[name]
    }
    if wrong:
        raise ValidationError(wrong)
    return {**data, **named}
