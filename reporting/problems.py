"""Every error of the API as problem details (RFC 9457) in Chinese, that a hospital's programmer can act on."""

import logging
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, ErrorDetail, NotFound, ValidationError
from rest_framework.exceptions import PermissionDenied as MayNot
from rest_framework.response import Response

from plan.refusal import PlanRefusal
from reporting.cluster import FieldRefusal

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:ningbo-food-safety:problem:"
BUSY_RETRY_S = 2
MOST_ERRORS = 100

TITLES = {
    400: gettext_lazy("请求不完整"),
    401: gettext_lazy("密钥无效"),
    403: gettext_lazy("没有权限"),
    404: gettext_lazy("没有这个地址或报告"),
    405: gettext_lazy("不支持的方法"),
    409: gettext_lazy("与已受理的报告冲突"),
    413: gettext_lazy("报文过大"),
    415: gettext_lazy("报文格式不支持"),
    422: gettext_lazy("报告内容有误"),
    429: gettext_lazy("请求过于频繁"),
    500: gettext_lazy("系统故障"),
    503: gettext_lazy("系统繁忙"),
}
NEXT_STEPS = {
    400: gettext_lazy("请按接口说明（/api/v1/docs/）补全后重发。"),
    401: gettext_lazy(
        "请在请求头写 Authorization: Bearer 密钥；密钥过期或停用的，请申领新密钥。情况紧急的，先打电话报告。"
    ),
    403: gettext_lazy("请使用有此权限的密钥；情况紧急的，先打电话报告。"),
    404: gettext_lazy("请核对地址，地址以“/”结尾。"),
    405: gettext_lazy("请按接口说明（/api/v1/docs/）更换方法。"),
    409: gettext_lazy("请先查询这份报告的处理情况，再按其最新修订重报；情况紧急的，请打电话报告。"),
    413: gettext_lazy("请先报人数、不附病例清单；情况紧急的，请打电话报告。"),
    415: gettext_lazy("请用 Content-Type: application/json、UTF-8编码重发。"),
    422: gettext_lazy("请更正后重发，可以沿用同一个Idempotency-Key；情况紧急的，先打电话报告。"),
    429: gettext_lazy("请稍后重发；情况紧急的，请打电话报告。"),
    500: gettext_lazy("请立即打电话报告，并稍后用同一个Idempotency-Key重发。"),
    503: gettext_lazy("请稍后用同一个Idempotency-Key重发；情况紧急的，请打电话报告。"),
}
# The clause an error rests on, by its code; all other fields serve the time, place and number of 5.2.
CLAUSES = {"before_edition": "9.3", "invalid_plan_value": "2"}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with the body: `field` is a JSON pointer (RFC 6901)."""

    field: str
    code: str
    detail: str

    def as_dict(self) -> dict[str, str]:
        """Return the error as the answer carries it."""
        clause = CLAUSES.get(self.code, "5.2")
        return {"field": self.field, "code": self.code, "detail": self.detail, "clause": clause}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong, for whom, and what to do next."""

    status: int
    code: str
    detail: str
    clause: str = ""
    next_step: str = ""
    errors: tuple[FieldError, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        """Return the problem as an answer."""
        body: dict[str, Any] = {
            "type": TYPE_PREFIX + self.code,
            "title": str(TITLES.get(self.status, self.detail)),
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        if self.clause:
            body["clause"] = self.clause
        if self.errors:
            body["field"] = self.errors[0].field
            body["errors"] = [error.as_dict() for error in self.errors]
        next_step = self.next_step or str(NEXT_STEPS.get(self.status, ""))
        if next_step:
            body["next_step"] = next_step
        return Response(body, self.status, headers=dict(self.headers), content_type=CONTENT_TYPE)


def problem_response(exc: Exception, _context: Mapping[str, Any]) -> Response:
    """Turn whatever an API view raised into an answer; the framework's exception handler."""
    return problem_of(exc).response()


def problem_of(exc: Exception) -> Problem:
    """Say in words what an exception means to the sender."""
    match exc:
        case PlanRefusal():
            return _of_refusal(exc)
        case ValidationError():
            return _of_fields(exc)
        case Http404():
            return _of_framework(NotFound())
        case PermissionDenied():
            return _of_framework(MayNot())
        case APIException():
            return _of_framework(exc)
        case RequestDataTooBig():
            return Problem(status=413, code="body_too_large", detail=_("报文超过4 MB，未留存。"))
        case OperationalError():
            return Problem(
                status=503,
                code="busy",
                detail=_("系统暂时无法受理，本次请求未生效。"),
                headers={"Retry-After": str(BUSY_RETRY_S)},
            )
        case _:
            return _of_failure(exc)


def _of_refusal(exc: PlanRefusal) -> Problem:
    errors = (FieldError(exc.field, exc.code, exc.message_zh),) if isinstance(exc, FieldRefusal) else ()
    return Problem(
        status=exc.status,
        code=exc.code,
        detail=exc.message_zh,
        clause=exc.clause,
        next_step=exc.next_step,
        errors=errors,
    )


def _of_fields(exc: ValidationError) -> Problem:
    errors = tuple(field_errors(exc.detail))
    clauses = {CLAUSES.get(error.code, "5.2") for error in errors}
    return Problem(
        status=422,
        code="invalid_fields",
        detail=_("报告有%d处需要更正，见errors。") % len(errors),
        clause=clauses.pop() if len(clauses) == 1 else "5.2",
        errors=errors[:MOST_ERRORS],
    )


def field_errors(detail: Any, pointer: str = "") -> Iterator[FieldError]:
    """Flatten the framework's nested errors into pointers, in the order of the fields."""
    if isinstance(detail, ErrorDetail):
        yield FieldError(pointer, detail.code or "invalid", str(detail))
    elif isinstance(detail, Mapping):
        for name, inner in detail.items():
            token = str(name).replace("~", "~0").replace("/", "~1")
            yield from field_errors(inner, pointer if name == "non_field_errors" else f"{pointer}/{token}")
    else:
        for index, inner in enumerate(detail):
            nested = isinstance(inner, Mapping)
            yield from field_errors(inner, f"{pointer}/{index}" if nested else pointer)


def _of_framework(exc: APIException) -> Problem:
    """Turn the framework's own error, whose texts come translated."""
    headers = {}
    challenge, wait = vars(exc).get("auth_header"), vars(exc).get("wait")
    if challenge:
        headers["WWW-Authenticate"] = challenge
    if wait is not None:
        headers["Retry-After"] = str(int(wait) + 1)
    return Problem(status=exc.status_code, code=str(exc.get_codes()), detail=str(exc.detail), headers=headers)


def _of_failure(exc: Exception) -> Problem:
    """A fault of ours; the log gets the place but not the message, which may quote what was sent."""
    places = "".join(traceback.format_tb(exc.__traceback__))
    logger.error("API request failed with %s\n%s", type(exc).__name__, places)
    return Problem(
        status=500, code="internal_error", detail=_("系统出错，报告可能未受理；原始报文如已收到则已留存。")
    )
