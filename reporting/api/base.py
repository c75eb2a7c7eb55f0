"""What every view of the hospital API shares: Chinese, JSON, the scope of its key, only the sender's own reports."""

import re
import uuid
from typing import Any, NoReturn, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ErrorDetail, NotFound, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.authentication import check_scope
from accounts.models import HospitalKey, Scope
from accounts.rates import Spent, spend
from audit.clock import database_now
from reporting.answers import cluster_answer
from reporting.models import Report, ReportKind, TrialReport
from reporting.trial_answers import trial_answer

SAFE = frozenset({"GET", "HEAD"})
PAGE = re.compile(r"[1-9]\d{0,5}")


class TooMany(APIException):
    """One call too many for this minute."""

    status_code = 429

    def __init__(self, spent: Spent) -> None:
        text = _("每分钟最多%d次请求，本次未受理。请按Retry-After等待后原样重发。") % spent.limit
        super().__init__(text, "rate_limited")
        self.wait = spent.wait_s
        self.spent = spent


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
    reading, writing = Scope.READ, Scope.REPORT

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Handle the request in Chinese; what it writes down is Chinese too."""
        with translation.override(settings.LANGUAGE_CODE):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a key that was not issued for this use, or that calls too often."""
        super().initial(request, *args, **kwargs)
        scope = self.reading if request.method in SAFE else self.writing
        check_scope(key_of(request), scope)
        spent = spend(key_of(request), scope, at=database_now())
        if spent.is_over:
            raise TooMany(spent)


class NoSuchAddress(HospitalView):
    """Any other address under the API: a problem, not a page."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        """Say that there is nothing here, with or without a key."""
        raise NotFound(_("没有这个地址。"), "address_not_found")


def key_of(request: Request) -> HospitalKey:
    """Return the key the request came with."""
    return cast(HospitalKey, request.auth)


def page_of(request: Request) -> int:
    """Return which page of a list is asked for, the first if left out."""
    page = request.query_params.get("page", "1")
    if not PAGE.fullmatch(page):
        raise ValidationError({"page": [ErrorDetail(_("page须为1至999999的整数。"), "invalid")]})
    return int(page)


def body_of(request: Request) -> bytes:
    """Return the body as it came; raises RequestDataTooBig."""
    raw: bytes = request.body
    # A body without a stated length has passed the framework's own check.
    if len(raw) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise RequestDataTooBig
    return raw


def own_trial(request: Request, ref: uuid.UUID) -> TrialReport:
    """Return what the sender's test keys sent, and nothing else (404)."""
    trial = TrialReport.objects.filter(organisation=key_of(request).organisation, ref=ref).first()
    if trial is None:
        raise _unknown()
    return trial


def own_report(request: Request, ref: uuid.UUID) -> Report:
    """Return the sender's own report; of another's it does not say even that there is one (404)."""
    own = Report.objects.filter(organisation=key_of(request).organisation, kind=ReportKind.CLUSTER, ref=ref)
    report = own.select_related("incident__merged_into", "organisation").first()
    if report is None:
        raise _unknown()
    return report


def fate(request: Request, ref: uuid.UUID) -> dict[str, Any]:
    """Return what became of the sender's own report, or of its test report if the key is for tests."""
    if key_of(request).is_test:
        return trial_answer(own_trial(request, ref))
    return cluster_answer(own_report(request, ref))


def _unknown() -> NotFound:
    return NotFound(_("本院没有这个编号的报告。"), "report_not_found")
