"""Screens on walls: the list of their tokens, and issuing and revoking them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils.translation import gettext as _

from accounts.actions.walls import issue_wall_token, revoke_wall_token
from accounts.forms.walls import IssueWallForm, RevokeWallForm
from accounts.managers import check_actor_manages_city
from accounts.models import WallToken
from accounts.requests import ActorRequest
from accounts.views.guards import ActPage, manager_page, posted
from audit.clock import database_now

SHOWN_PAST = 30


@manager_page("GET", "HEAD")
def walls(request: ActorRequest) -> HttpResponse:
    """List the screens that may show something, and those that might before."""
    check_actor_manages_city(request.actor)
    at = database_now()
    tokens = WallToken.objects.select_related("organisation").order_by("-created_at", "-pk")
    alive = tokens.filter(revoked_at__isnull=True, expires_at__gt=at)
    past = tokens.exclude(pk__in=alive)[:SHOWN_PAST]
    return render(request, "accounts/walls/list.html", {"alive": alive, "past": past, "at": at})


@manager_page("GET", "HEAD", "POST")
def new_wall(request: ActorRequest) -> HttpResponse:
    """Issue a token and show it this once, in the answer itself: it is in no address, no session and no history."""
    check_actor_manages_city(request.actor)
    form = IssueWallForm(posted(request))
    page = ActPage(
        title=_("发放大屏令牌"),
        lead=_("令牌只让一块屏幕显示全市的实时情况：只读，不含个人信息，不能办理任何事项。"),
        action=_("发放"),
        back=resolve_url("accounts:walls"),
    )
    if not form.is_bound:
        return page.show(request, form)
    at = database_now()
    issued = form.attempt(
        lambda: issue_wall_token(
            label=form.cleaned_data["label"],
            expires_at=at + form.life,
            by=request.actor,
            at=at,
        )
    )
    if issued is None:
        return page.show(request, form)
    address = f"{request.build_absolute_uri(resolve_url('response:wall'))}#{issued.clear}"
    return render(request, "accounts/walls/issued.html", {"issued": issued, "address": address})


@manager_page("GET", "HEAD", "POST")
def revoke_wall(request: ActorRequest, pk: int) -> HttpResponse:
    """Revoke a token, with a reason."""
    check_actor_manages_city(request.actor)
    token = get_object_or_404(WallToken, pk=pk)
    form = RevokeWallForm(posted(request))
    page = ActPage(
        title=_("撤销大屏令牌"),
        lead=_("“%(label)s”的令牌 %(prefix)s… 将立即失效，屏幕停止显示，且不能恢复。")
        % {"label": token.label, "prefix": token.prefix},
        action=_("撤销"),
        back=resolve_url("accounts:walls"),
        done=_("大屏令牌已撤销，立即失效。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: revoke_wall_token(
            token=token, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
    )
