"""How long the login still lasts, asked by every open page, and going on with it."""

from http import HTTPStatus

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import ActorRequest
from accounts.sessions import ends_in_s, go_on, may_go_on
from audit.clock import database_now


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: ActorRequest) -> HttpResponse:
    """Say when the login ends; a POST is its person's word that somebody is there."""
    if not request.user.is_authenticated:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    at = database_now()
    if request.method == "POST":
        go_on(request.session, at=at)
    left_s = ends_in_s(request.session, at=at)
    return JsonResponse({"left_s": left_s, "may_go_on": may_go_on(request.session)})
