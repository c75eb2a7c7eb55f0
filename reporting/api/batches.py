"""Many reports in one request: each row stands for itself, with an answer of its own (5.1(3))."""

from collections import Counter
from typing import Any, Final

from django.db import OperationalError
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from plan.refusal import PlanRefusal
from reporting.api.decoding import decode
from reporting.api.fields import Strict
from reporting.api.receiving import BUSY, Receiving
from reporting.api.schema import BATCH_SCHEMA, MOST_REPORTS
from reporting.problems import problem_of

MULTI_STATUS: Final = 207
REFUSED_FROM: Final = 400


class BatchInput(Strict):
    """最多50份报告；各份的内容与单独报送相同。"""

    reports = serializers.ListField(child=serializers.JSONField(), allow_empty=False, max_length=MOST_REPORTS)


class ClusterBatch(Receiving):
    """POST: up to fifty reports; sent again, those already accepted are answered as before."""

    @BATCH_SCHEMA
    def post(self, request: Request) -> Response:
        """一次报送最多50份报告，逐份受理、逐份答复；重发时凭各份的reference和revision识别，不需要Idempotency-Key。"""
        batch = BatchInput(data=decode(*self.keep(request)))
        batch.is_valid(raise_exception=True)
        rows = [self._row(index, data) for index, data in enumerate(batch.validated_data["reports"])]
        kinds = Counter("refused" if row["status"] >= REFUSED_FROM else "accepted" for row in rows)
        return Response(
            {"accepted": kinds["accepted"], "refused": kinds["refused"], "results": rows}, MULTI_STATUS
        )

    def _row(self, index: int, data: Any) -> dict[str, Any]:
        """Accept one row in a transaction of its own; a row that can't be taken holds up no other."""
        try:
            answer = self.accept(data)
        except (APIException, PlanRefusal, OperationalError) as wrong:
            problem = problem_of(wrong).response().data
            _point(problem, f"/reports/{index}")
            if problem["status"] != BUSY and not self.now[0].is_test:
                self.tell_refused(problem)
            return {"index": index, "status": problem["status"], "replayed": False, "problem": problem}
        return {
            "index": index,
            "status": answer.status,
            "replayed": answer.is_replay,
            "report": answer.content,
        }


def _point(problem: dict[str, Any], row: str) -> None:
    """Make the pointers of a row's problem lead into the whole body."""
    for error in [problem, *problem.get("errors", [])]:
        if "field" in error:
            error["field"] = row + error["field"]
