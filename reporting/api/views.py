"""The two operations of the hospital API, and the answer to every other address under it."""

import re
import uuid
from datetime import datetime
from typing import Any, NoReturn, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actors import Actor
from accounts.authentication import check_scope
from accounts.models import HospitalKey, Scope
from audit.clock import database_now
from plan.refusal import PlanRefusal
from reporting.actions.clusters import accept_cluster, refuse_cluster
from reporting.answers import cluster_answer
from reporting.api.cluster_input import read_cluster
from reporting.api.decoding import decode, fingerprint
from reporting.api.schema import FATE_SCHEMA, REPORT_SCHEMA
from reporting.intake import keep_raw_body
from reporting.models import IntakeRecord, Report, ReportKind

BUSY = 503
IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,200}")
# What is wrong with a key the body does not know is named to the sender alone: the name itself may be personal.
UNTOLD = frozenset({"unknown_field"})


class JsonOnly(BaseContentNegotiation):
    """Answers in JSON whatever is accepted: an alarm is not refused over a header."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """Return the only parser."""
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """Return the only renderer."""
        return renderers[0], renderers[0].media_type


class HospitalView(APIView):
    """A view for hospitals' systems, in Chinese whatever the request's language."""

    content_negotiation_class = JsonOnly
    scope: Scope

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Handle the request in Chinese; what it writes down is Chinese too."""
        with translation.override(settings.LANGUAGE_CODE):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a key that was not issued for this use."""
        super().initial(request, *args, **kwargs)
        check_scope(_key(request), self.scope)


class ClusterReports(HospitalView):
    """POST: a hospital reports a cluster of cases (5.1(3))."""

    scope = Scope.REPORT
    received: tuple[Actor, datetime] | None = None
    intake: IntakeRecord | None = None

    @REPORT_SCHEMA
    def post(self, request: Request) -> HttpResponse:
        """医疗卫生机构报送聚集性病例（预案5.1(3)）。"""
        key, at = _key(request), database_now()
        by = Actor.with_key(key)
        self.received = (by, at)
        raw, content_type = _body(request), request.content_type or ""
        self.intake = keep_raw_body(raw=raw, content_type=content_type, key=key, by=by, at=at)
        idempotency_key = _idempotency_key(request)
        data = decode(raw, content_type)
        answer = accept_cluster(
            cluster=read_cluster(data, at=at),
            intake=self.intake,
            idempotency_key=idempotency_key,
            fingerprint=fingerprint(data),
            by=by,
            at=at,
        )
        headers = {"Location": request.build_absolute_uri(f"{answer.report.ref}/")}
        if answer.is_replay:
            headers["Idempotent-Replayed"] = "true"
        return HttpResponse(answer.body, "application/json", answer.status, headers=headers)

    def handle_exception(self, exc: Exception) -> Response:
        """Answer with a problem; once something was received, its refusal is told to the county, or it must come again."""
        response = super().handle_exception(exc)
        if self.received is None or response.status_code == BUSY:
            return response
        by, at = self.received
        errors = response.data.get("errors", [])
        fields = [error["field"] for error in errors if error["code"] not in UNTOLD]
        try:
            refuse_cluster(intake=self.intake, code=response.data["code"], fields=fields, by=by, at=at)
        except OperationalError as down:
            return super().handle_exception(down)
        return response


class ClusterReport(HospitalView):
    """GET: what became of a report."""

    scope = Scope.READ

    @FATE_SCHEMA
    def get(self, request: Request, ref: uuid.UUID) -> Response:
        """查询本院一份报告的处理情况。"""
        own = Report.objects.filter(organisation=_key(request).organisation, kind=ReportKind.CLUSTER, ref=ref)
        report = own.select_related("incident__merged_into").first()
        if report is None:
            raise NotFound(_("本院没有这个编号的报告。"), "report_not_found")
        return Response(cluster_answer(report))


class NoSuchAddress(HospitalView):
    """Any other address under the API: a problem, not a page."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        """Say that there is nothing here, with or without a key."""
        raise NotFound(_("没有这个地址。"), "address_not_found")


def _key(request: Request) -> HospitalKey:
    return cast(HospitalKey, request.auth)


def _body(request: Request) -> bytes:
    raw: bytes = request.body
    # A body without a stated length has passed the framework's own check.
    if len(raw) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise RequestDataTooBig
    return raw


def _idempotency_key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not IDEMPOTENCY_KEY.fullmatch(key):
        code, text = (
            ("idempotency_key_invalid", _("Idempotency-Key须为1至200个可见ASCII字符，不含空格。"))
            if key
            else ("idempotency_key_missing", _("缺少请求头Idempotency-Key。"))
        )
        raise PlanRefusal(
            text,
            clause="",
            code=code,
            status=400,
            next_step=_("请为每份报告生成一个UUID，重发同一份报告时沿用它。"),
        )
    return key
