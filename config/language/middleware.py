"""Which language a request is read in: the one chosen at the switch, else Chinese; what it changes is said in Chinese."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

READS = frozenset({"GET", "HEAD"})


class LanguageMiddleware:
    """Sets `request.LANGUAGE_CODE`; a request that may change something runs in Chinese, and only its page is translated.

    Records, messages to others and documents are thus Chinese whoever makes them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = chosen_language(request)
        request.LANGUAGE_CODE = chosen
        with translation.override(chosen if request.method in READS else settings.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def chosen_language(request: HttpRequest) -> str:
    """Return what was chosen at the switch; what a browser prefers by itself decides nothing."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
