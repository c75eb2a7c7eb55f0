"""People: the list, a person's page, and what a manager does with their account."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.departures import record_departure, unlock_login
from accounts.actions.second_factor import reset_second_factor
from accounts.actions.users import Admitted, admit_person, readmit_person, reset_password
from accounts.forms.people import AdmitForm
from accounts.forms.plan_form import PlanForm
from accounts.people_list import MOST_FOUND, people_found, people_page, person_file
from accounts.requests import ActorRequest
from accounts.selectors import managed_organisations, managed_people
from accounts.views.guards import ActPage, manager_page, posted
from audit.clock import database_now


@dataclass(frozen=True, slots=True)
class Act:
    """Something a manager does with somebody's account, asked for once more before it is done."""

    title: Any
    lead: Any
    done: Any
    perform: Callable[..., object]


ACTS: Final = {
    "leave": Act(
        gettext_lazy("办理离岗"),
        gettext_lazy("%s的全部职务立即结束，已登录的页面立即退出，账号停用。经办过的记录全部保留。"),
        gettext_lazy("已办理离岗，账号已停用。"),
        record_departure,
    ),
    "readmit": Act(
        gettext_lazy("恢复账号"),
        gettext_lazy("%s可以用新密码登录；职务须重新授予。"),
        "",
        readmit_person,
    ),
    "password": Act(
        gettext_lazy("重置密码"),
        gettext_lazy("%s的密码改为新的随机密码，已登录的页面全部退出，下次登录须先改密码。"),
        "",
        reset_password,
    ),
    "unlock": Act(
        gettext_lazy("解除登录暂停"),
        gettext_lazy("%s可以立即重新登录。请先确认输错密码的是本人。"),
        gettext_lazy("已解除，可以立即登录。"),
        unlock_login,
    ),
    "second-factor": Act(
        gettext_lazy("重置二次验证"),
        gettext_lazy("删除%s的二次验证设备和恢复码，由本人重新设置。请先当面或电话确认是本人要求。"),
        gettext_lazy("二次验证已删除，请通知本人重新设置。"),
        reset_second_factor,
    ),
}


@manager_page("GET", "HEAD", "POST")
def people(request: ActorRequest) -> HttpResponse:
    """List the people managed; a name is looked for by POST, so that it stands in no address and no log."""
    at, asked = database_now(), request.GET
    context: dict[str, Any] = {"at": at, "organisations": managed_organisations(request.actor)}
    if request.method == "POST":
        text = request.POST.get("text", "")
        found = people_found(request.actor, text=text, at=at)
        context |= {"text": text, "people": found, "is_cut": len(found) == MOST_FOUND}
    else:
        chosen, state = asked.get("organisation", ""), asked.get("state", "")
        number = asked.get("page", "1")
        page = people_page(request.actor, organisation=chosen, state=state, number=number, at=at)
        context |= {"organisation": chosen, "state": state, "page": page, "people": page.object_list}
    return render(request, "accounts/people/list.html", context)


@manager_page("GET", "HEAD", "POST")
def new_person(request: ActorRequest) -> HttpResponse:
    """Create an account with its first office; the first password is shown this once."""
    form = AdmitForm(posted(request), organisations=managed_organisations(request.actor))
    page = ActPage(
        title=_("新建人员"),
        lead=_("每人一个账号，不得共用。初始密码只显示一次，本人首次登录须先改密码。"),
        action=_("建立账号"),
        back=resolve_url("accounts:people"),
    )
    if not form.is_bound:
        return page.show(request, form)
    admitted = form.attempt(lambda: admit_person(**form.said, by=request.actor, at=database_now()))
    return page.show(request, form) if admitted is None else _shown_once(request, admitted)


@manager_page("GET", "HEAD")
def person(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a person's offices and the state of their account."""
    at = database_now()
    user = get_object_or_404(managed_people(request.actor), pk=pk)
    context = {"file": person_file(request.actor, user, at=at), "at": at}
    return render(request, "accounts/people/person.html", context)


@manager_page("GET", "HEAD", "POST")
def person_act(request: ActorRequest, pk: int, act: str) -> HttpResponse:
    """Ask once more, then do one thing with the account."""
    user = get_object_or_404(managed_people(request.actor), pk=pk)
    chosen = ACTS.get(act)
    if chosen is None:
        raise Http404
    form = PlanForm(posted(request))
    page = ActPage(
        title=str(chosen.title),
        lead=str(chosen.lead) % user,
        action=str(chosen.title),
        back=resolve_url("accounts:person", pk=user.pk),
        done=str(chosen.done),
    )

    def perform(at: datetime | None = None) -> object:
        return chosen.perform(user=user, by=request.actor, at=at or database_now())

    if chosen.done:
        return page.answer(request, form=form, perform=perform)
    admitted = form.attempt(perform) if form.is_bound else None
    return _shown_once(request, admitted) if isinstance(admitted, Admitted) else page.show(request, form)


def _shown_once(request: ActorRequest, admitted: Admitted) -> HttpResponse:
    return render(request, "accounts/people/password.html", {"admitted": admitted})
