"""A hospital takes a report back, or says that it has no further cases (5.1, 5.1(3))."""

import uuid
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actors import Actor
from audit.clock import database_now
from plan.refusal import PlanRefusal
from reporting.actions.closing_clusters import close_cluster
from reporting.actions.reports import withdraw_report
from reporting.answers import cluster_answer
from reporting.api.base import HospitalView, body_of, key_of, own_report
from reporting.api.decoding import decode
from reporting.api.fields import Strict
from reporting.api.schema import CLOSING_SCHEMA, withdrawal_schema


class WithdrawalInput(Strict):
    """撤回的理由；不得写入个人信息。"""

    reason = serializers.CharField(max_length=300, help_text="撤回理由，县级卫生健康部门和监管部门可见")


class Withdrawal(HospitalView):
    """POST: take a mistaken report back; said again, it is one."""

    @withdrawal_schema(WithdrawalInput)
    def post(self, request: Request, ref: uuid.UUID) -> Response:
        """撤回本院一份误报；已撤回的，答复不变。计时和响应是否终止由主管部门决定。"""
        report = own_report(request, ref)
        said = WithdrawalInput(data=decode(body_of(request), request.content_type or ""))
        said.is_valid(raise_exception=True)
        reason: Any = said.validated_data["reason"]
        by, at = Actor.with_key(key_of(request)), database_now()
        try:
            withdraw_report(report=report, reason=reason, by=by, at=at)
        except PlanRefusal as refusal:
            if refusal.code != "already_withdrawn":
                raise
        return Response(cluster_answer(own_report(request, ref)))


class Closing(HospitalView):
    """POST: no further cases; said again, it is one."""

    @CLOSING_SCHEMA
    def post(self, request: Request, ref: uuid.UUID) -> Response:
        """报告本院这起聚集性病例没有新增病例；不终止任何时限和响应，之后仍可报送修订。不需要报文。"""
        close_cluster(report=own_report(request, ref), by=Actor.with_key(key_of(request)), at=database_now())
        return Response(cluster_answer(own_report(request, ref)))
