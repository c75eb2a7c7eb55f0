"""How a report is received: kept as it came, read, accepted once; refused, its county is told (5.1(3))."""

import re
from datetime import datetime
from typing import Any

from django.db import OperationalError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actors import Actor
from audit.clock import database_now
from plan.refusal import PlanRefusal
from reporting.actions.clusters import Told, accept_cluster, refuse_cluster
from reporting.actions.trials import try_cluster
from reporting.api.base import HospitalView, TooMany, body_of, key_of
from reporting.api.cluster_input import read_cluster
from reporting.api.decoding import fingerprint
from reporting.intake import keep_raw_body
from reporting.models import IntakeRecord

BUSY = 503
IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,200}")
# What is wrong with a key the body does not know is named to the sender alone: the name itself may be personal.
UNTOLD = frozenset({"unknown_field"})


class Receiving(HospitalView):
    """A view that takes reports; what it can't take is kept and told to the county."""

    received: tuple[Actor, datetime] | None = None
    intake: IntakeRecord | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a call too many; the county is told of the first, so that an alarm that waits is heard of."""
        try:
            super().initial(request, *args, **kwargs)
        except TooMany as over:
            key = key_of(request)
            if over.spent.is_first_over and not key.is_test:
                by, at = Actor.with_key(key), database_now()
                refuse_cluster(intake=None, code=str(over.get_codes()), fields=(), by=by, at=at)
            raise

    def keep(self, request: Request) -> tuple[bytes, str]:
        """Keep what came before anything is asked of it, unless it is for trying out; return it with its media type."""
        key, at = key_of(request), database_now()
        by = Actor.with_key(key)
        self.received = (by, at)
        raw, content_type = body_of(request), request.content_type or ""
        if not by.is_test:
            self.intake = keep_raw_body(raw=raw, content_type=content_type, key=key, by=by, at=at)
        return raw, content_type

    def accept(self, data: Any, *, idempotency_key: str = "") -> Told:
        """Accept a decoded report at the time it was received."""
        by, at = self.now
        cluster = read_cluster(data, at=at)
        if by.is_test:
            return try_cluster(cluster=cluster, fingerprint=fingerprint(data), by=by, at=at)
        return accept_cluster(
            cluster=cluster,
            intake=self.intake,
            idempotency_key=idempotency_key,
            fingerprint=fingerprint(data),
            by=by,
            at=at,
        )

    @property
    def now(self) -> tuple[Actor, datetime]:
        """Who sends, and when it was received."""
        if self.received is None:
            raise RuntimeError("nothing was received yet")
        return self.received

    def handle_exception(self, exc: Exception) -> Response:
        """Answer with a problem; once something was received, its refusal is told to the county, or it must come again."""
        response = super().handle_exception(exc)
        if self.received is None or response.status_code == BUSY or self.now[0].is_test:
            return response
        try:
            self.tell_refused(response.data)
        except OperationalError as down:
            return super().handle_exception(down)
        return response

    def tell_refused(self, problem: Any) -> None:
        """Write a refusal down and tell the county."""
        by, at = self.now
        errors = problem.get("errors", [])
        fields = [error["field"] for error in errors if error["code"] not in UNTOLD]
        refuse_cluster(intake=self.intake, code=problem["code"], fields=fields, by=by, at=at)


def answered(request: Request, answer: Told) -> HttpResponse:
    """Return the stored answer word for word, and say when it is one of before."""
    headers = {"Location": request.build_absolute_uri(answer.url)}
    if answer.is_replay:
        headers["Idempotent-Replayed"] = "true"
    return HttpResponse(answer.body, "application/json", answer.status, headers=headers)


def idempotency_key(request: Request) -> str:
    """Return the sender's key for this report; refuse a missing or unprintable one (400)."""
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
