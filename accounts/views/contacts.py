"""Addresses outside: added, proved by a code, taken away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.contacts import add_contact, confirm_contact, remove_contact, send_code
from accounts.duty_page import visible_rosters
from accounts.duty_rights import is_own_contact
from accounts.forms.duty import CodeForm, ContactForm
from accounts.managers import manages
from accounts.models import Organisation
from accounts.requests import ActorRequest
from accounts.selectors import members_of
from accounts.views.guards import ActPage, posted
from audit.clock import database_now
from outbox.models import Contact


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_contact(request: ActorRequest, code: str) -> HttpResponse:
    """Add an address: a manager for the office and its people, everybody else their own."""
    organisation = get_object_or_404(visible_rosters(request.actor), code=code)
    is_managed, at = manages(request.actor, organisation), database_now()
    people = members_of(organisation, at=at)
    if not is_managed:
        people = people.filter(username=request.user.get_username())
    form = ContactForm(posted(request), people=people, is_managed=is_managed)
    page = ActPage(
        title=_("登记站外联系方式"),
        lead=_("保存后会收到一条测试消息，填回其中的验证码才会启用。"),
        action=_("保存并发送测试消息"),
        back=resolve_url("accounts:roster", code=code),
    )
    if not form.is_bound:
        return page.show(request, form)
    made = form.attempt(lambda: add_contact(organisation=organisation, **form.said, by=request.actor, at=at))
    if made is None:
        return page.show(request, form)
    send_code(contact=made, by=request.actor, at=at)
    return redirect("accounts:contact_code", pk=made.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contact_code(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask for the code that was sent to an address, and take the address into use."""
    contact = _kept(request, pk)
    form = CodeForm(posted(request))

    def confirm() -> bool:
        code = form.cleaned_data["code"]
        return confirm_contact(contact=contact, code=code, by=request.actor, at=database_now())

    took = form.attempt(confirm) if form.is_bound else None
    if took:
        messages.success(request, _("联系方式已确认，开始使用。"))
        return redirect("accounts:roster", code=contact.organisation)
    if took is False:
        form.add_error("code", _("验证码不对，请核对最近一条测试消息。"))
    context = {"form": form, "contact": contact}
    return render(request, "accounts/duty/code.html", context, status=form.status)


@require_POST
@login_required
def resend_code(request: ActorRequest, pk: int) -> HttpResponse:
    """Send another test message."""
    contact = _kept(request, pk)
    send_code(contact=contact, by=request.actor, at=database_now())
    messages.success(request, _("测试消息已发出。"))
    return redirect("accounts:contact_code", pk=pk)


@require_POST
@login_required
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take an address away."""
    contact = _kept(request, pk)
    remove_contact(contact=contact, by=request.actor, at=database_now())
    messages.success(request, _("联系方式已删除。"))
    return redirect("accounts:roster", code=contact.organisation)


def _kept(request: ActorRequest, pk: int) -> Contact:
    """Return an address the reader keeps; to all others there is none."""
    contact = get_object_or_404(Contact, pk=pk, removed_at__isnull=True)
    organisation = Organisation.objects.select_related("jurisdiction__host").get(code=contact.organisation)
    own = is_own_contact(request.actor, contact.organisation, contact.person)
    if not own and not manages(request.actor, organisation):
        raise Http404
    return contact
