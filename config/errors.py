"""The one place where a refusal or an error becomes a page: the reason, the clause, and a way on."""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from audit.worlds import note_refused
from plan.refusal import PlanRefusal

READS = frozenset({"GET", "HEAD"})


class RefusalMiddleware:
    """Turns a PlanRefusal into a page, or into a fragment where a part of a page was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a fragment request of a lapsed login with 401, so that no login form lands inside a page."""
        response = self.get_response(request)
        if is_fragment(request) and request.method == "GET" and _leads_to_login(response):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with its own status."""
        if not isinstance(exception, PlanRefusal):
            return None
        if request.method not in READS:
            note_refused(exception)
        return refused(request, exception)


def refused(request: HttpRequest, refusal: PlanRefusal) -> HttpResponse:
    """Say why, on a page of its own or in the part of a page that was asked for."""
    template = "_refusal.html" if is_fragment(request) else "refused.html"
    context = {"refusal": refusal, "title": _titles(refusal.status)}
    return render(request, template, context, status=refusal.status)


def is_fragment(request: HttpRequest) -> bool:
    """Tell whether only a part of a page was asked for."""
    return bool(cast(HtmxDetails, vars(request).get("htmx")))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page had grown too old to be sent; what was typed is kept on the device."""
    return _page(request, HTTPStatus.FORBIDDEN, _("页面已失效，内容没有提交"), _stale_page_advice())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what could not be read."""
    return _page(request, HTTPStatus.BAD_REQUEST, _("无法识别这次请求"), _("请返回上一页，检查后重新提交。"))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what the person may not do."""
    return _page(request, HTTPStatus.FORBIDDEN, _titles(403), _("请切换职务，或联系本单位管理员。"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere."""
    return _page(request, HTTPStatus.NOT_FOUND, _titles(404), _("请核对网址，或从首页进入。"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours, without asking the database or the session for anything."""
    return HttpResponse(render_to_string("server_error.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(request: HttpRequest, status: HTTPStatus, title: str, advice: str) -> HttpResponse:
    return render(request, "error.html", {"title": title, "advice": advice}, status=status)


def _titles(status: int) -> str:
    titles = {
        403: _("您无权进行此项操作"),
        404: _("没有找到"),
        409: _("情况已有变化，操作没有进行"),
    }
    return titles.get(status, _("操作没有进行"))


def _stale_page_advice() -> str:
    return _("登录状态已变化。填写的报告已保存在本机，返回填写页即可恢复后重新提交。")


def _leads_to_login(response: HttpResponseBase) -> bool:
    login = resolve_url(settings.LOGIN_URL)
    return response.status_code == HTTPStatus.FOUND and response.headers["Location"].startswith(login)
