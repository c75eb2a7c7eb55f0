"""Hospitals' keys: the list, and issuing, revoking and binding them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils.translation import gettext as _

from accounts.actions.keys import bind_key, issue_key, revoke_key
from accounts.forms.keys import IssueForm, NetworksForm, RevokeForm, networks_of
from accounts.key_list import key_holders_of, key_page, keys_of, shown_key
from accounts.requests import ActorRequest
from accounts.views.guards import ActPage, manager_page, posted
from audit.clock import database_now


@manager_page("GET", "HEAD")
def keys(request: ActorRequest) -> HttpResponse:
    """List the hospitals with their keys."""
    text, state = request.GET.get("text", ""), request.GET.get("state", "")
    at = database_now()
    page, rows = key_page(request.actor, text=text, state=state, number=request.GET.get("page", "1"), at=at)
    context = {"page": page, "rows": rows, "text": text, "state": state, "at": at}
    return render(request, "accounts/keys/list.html", context)


@manager_page("GET", "HEAD", "POST")
def new_key(request: ActorRequest) -> HttpResponse:
    """Issue a key and show it this once, in the answer itself: it is in no address, no session and no history."""
    hospitals = key_holders_of(request.actor).order_by("jurisdiction__code", "pk")
    form = IssueForm(
        posted(request), hospitals=hospitals, initial={"hospital": request.GET.get("hospital", "")}
    )
    page = ActPage(
        title=_("发放接口密钥"),
        lead=_("密钥只显示一次，请当场交给该机构的系统管理人员。同一机构最多有两个有效密钥，以便轮换。"),
        action=_("发放"),
        back=resolve_url("accounts:keys"),
    )
    at = database_now()
    if not form.is_bound:
        return page.show(request, form)
    issued = form.attempt(lambda: issue_key(**form.said, expires_at=at + form.life, by=request.actor, at=at))
    if issued is None:
        return page.show(request, form)
    return render(
        request, "accounts/keys/issued.html", {"issued": issued, "shown": shown_key(issued.key, at)}
    )


@manager_page("GET", "HEAD", "POST")
def revoke(request: ActorRequest, pk: int) -> HttpResponse:
    """Revoke a key, with a reason."""
    key = get_object_or_404(keys_of(request.actor), pk=pk)
    form = RevokeForm(posted(request))
    page = ActPage(
        title=_("撤销密钥"),
        lead=_("%(hospital)s的密钥 %(prefix)s… 将立即失效，且不能恢复。")
        % {"hospital": key.organisation.name, "prefix": key.prefix},
        action=_("撤销"),
        back=resolve_url("accounts:keys"),
        done=_("密钥已撤销，立即失效。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: revoke_key(
            key=key, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
    )


@manager_page("GET", "HEAD", "POST")
def bind(request: ActorRequest, pk: int) -> HttpResponse:
    """Change from where a key may be used."""
    key = get_object_or_404(keys_of(request.actor), pk=pk)
    form = NetworksForm(posted(request), initial=networks_of(key))
    page = ActPage(
        title=_("来源网段"),
        lead=_("%(hospital)s的密钥 %(prefix)s… 只能从下列网段使用，其他来源的请求会被拒绝。")
        % {"hospital": key.organisation.name, "prefix": key.prefix},
        action=_("保存"),
        back=resolve_url("accounts:keys"),
        done=_("来源网段已保存，立即生效。"),
    )
    return page.answer(
        request,
        form=form,
        perform=lambda: bind_key(
            key=key, networks=form.cleaned_data["networks"], by=request.actor, at=database_now()
        ),
    )
