"""A hospital takes a report back, or says that it has no further cases (5.1, 5.1(3))."""

import uuid
from datetime import datetime
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actors import Actor
from audit.clock import database_now
from plan.refusal import PlanRefusal
from reporting.actions.closing_clusters import close_cluster
from reporting.actions.reports import withdraw_report
from reporting.actions.trials import close_trial, withdraw_trial
from reporting.api.base import HospitalView, body_of, fate, key_of, own_report, own_trial
from reporting.api.decoding import decode
from reporting.api.fields import Strict, Text
from reporting.api.schema import CLOSING_SCHEMA, withdrawal_schema
from reporting.models import Report, TrialReport


class WithdrawalInput(Strict):
    """撤回的理由；不得写入个人信息。"""

    reason = Text(max_length=300, help_text="撤回理由，县级卫生健康部门和监管部门可见")


class Withdrawal(HospitalView):
    """POST: take a mistaken report back; said again, it is one."""

    @withdrawal_schema(WithdrawalInput)
    def post(self, request: Request, ref: uuid.UUID) -> Response:
        """撤回本院一份误报；已撤回的，答复不变。计时和响应是否终止由主管部门决定。"""
        find = own_trial if key_of(request).is_test else own_report
        found = find(request, ref)
        said = WithdrawalInput(data=decode(body_of(request), request.content_type or ""))
        said.is_valid(raise_exception=True)
        reason: Any = said.validated_data["reason"]
        by, at = Actor.with_key(key_of(request)), database_now()
        if isinstance(found, TrialReport):
            withdraw_trial(trial=found, reason=reason, by=by, at=at)
        else:
            _withdraw(found, reason, by, at)
        return Response(fate(request, ref))


class Closing(HospitalView):
    """POST: no further cases; said again, it is one."""

    @CLOSING_SCHEMA
    def post(self, request: Request, ref: uuid.UUID) -> Response:
        """报告本院这起聚集性病例没有新增病例；不终止任何时限和响应，之后仍可报送修订。不需要报文。"""
        key, by, at = key_of(request), Actor.with_key(key_of(request)), database_now()
        if key.is_test:
            close_trial(trial=own_trial(request, ref), by=by, at=at)
        else:
            close_cluster(report=own_report(request, ref), by=by, at=at)
        return Response(fate(request, ref))


def _withdraw(report: Report, reason: str, by: Actor, at: datetime) -> None:
    try:
        withdraw_report(report=report, reason=reason, by=by, at=at)
    except PlanRefusal as refusal:
        # Said again, it is one.
        if refusal.code != "already_withdrawn":
            raise
