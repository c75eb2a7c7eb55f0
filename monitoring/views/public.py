"""What the public sees, without an account: warnings, the feed of messages, and where helpers say what they noticed (4.2.1, 8.2(b))."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import ANONYMOUS
from accounts.networks import client_address
from audit.clock import database_now
from monitoring.actions.observations import take_helpers_word
from monitoring.atom import feed_xml
from monitoring.cap import CAP_TYPE
from monitoring.forms.observations import HelperForm
from monitoring.models import Bulletin
from monitoring.policies import check_is_no_flood
from monitoring.warning_page import message_of, public_bulletins, public_pages
from reporting.sources import source_of
from reporting.views.requests import PageRequest

ATOM_TYPE = "application/atom+xml"
MOST_ENTRIES = 50
PER_PAGE = 20
NAMES = {"zh-hans": "warnings_public", "en": "warnings_public_en"}


def in_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page speak the language of its address; the middleware sets it anew with the next request."""

    @wraps(view)
    def speaking(request: PageRequest, *args: Any, language: str, **kwargs: Any) -> HttpResponse:
        request.LANGUAGE_CODE = language
        translation.activate(language)
        return view(request, *args, language=language, **kwargs)

    return speaking


@require_safe
@in_language
def public_warnings(request: PageRequest, language: str) -> HttpResponse:
    """List what was issued to the public, newest first."""
    page = Paginator(public_bulletins(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": public_pages(page.object_list)}
    return _page(request, "list", context, language, lambda space: reverse(f"{space}:list"))


@require_safe
@in_language
def public_warning(request: PageRequest, identifier: str, language: str) -> HttpResponse:
    """Show one bulletin, and those that go on from it."""
    found = _found(identifier)
    later = public_bulletins().filter(warning=found.warning).exclude(pk=found.pk).order_by("serial")
    shown, *others = public_pages([found, *later])
    context = {"shown": shown, "others": others}
    return _page(
        request, "warning", context, language, lambda space: reverse(f"{space}:one", args=[identifier])
    )


@require_safe
def cap_feed(request: PageRequest) -> HttpResponse:
    """Hand out the feed of what was issued to the public (Atom)."""
    rows = list(public_bulletins()[:MOST_ENTRIES])

    def address(bulletin: Bulletin) -> str:
        return request.build_absolute_uri(reverse("monitoring:cap_message", args=[bulletin.identifier]))

    here = request.build_absolute_uri(reverse("monitoring:cap_feed"))
    return HttpResponse(feed_xml(rows, here=here, address=address), content_type=ATOM_TYPE)


@require_safe
def cap_message(request: PageRequest, identifier: str) -> HttpResponse:
    """Hand out one message of CAP 1.2."""
    return HttpResponse(message_of(_found(identifier)).xml(), content_type=CAP_TYPE)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def helpers_word(request: PageRequest) -> HttpResponse:
    """Take what an assistant, informant or volunteer noticed (8.2(b)); sent twice, it is one."""
    at = database_now()
    form = HelperForm(request.POST if request.method == "POST" else None, at=at)
    source = source_of(client_address(request))

    def perform() -> object:
        check_is_no_flood(source, at=at)
        return take_helpers_word(
            stated=form.stated(), helper=form.helper_kind, source=source, by=ANONYMOUS, at=at
        )

    made = form.attempt(perform) if form.is_bound else None
    template = "helper_done" if made is not None else "helper"
    context = {"form": form, "is_public": True}
    return render(request, f"monitoring/public/{template}.html", context, status=200 if made else form.status)


def _found(identifier: str) -> Bulletin:
    found = public_bulletins().filter(identifier=identifier).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: PageRequest,
    name: str,
    context: dict[str, Any],
    language: str,
    address: Callable[[str], str],
) -> HttpResponse:
    """Show a page in its language, with the way to the same page in the other."""
    other = next(space for known, space in NAMES.items() if known != language)
    context |= {
        "is_public": True,
        "is_english": language == "en",
        "space": NAMES[language],
        "other_language": address(other),
    }
    return render(request, f"monitoring/public/{name}.html", context)
