"""A moving part kept for all who may see the same: made once per change, language and scope, however many watch."""

from collections.abc import Callable, Hashable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from audit.worlds import in_drill
from response.fragments import Fragments
from response.live.hub import hub

fragments: Final = Fragments()


def kept(request: HttpRequest, scope: Hashable, render: Callable[[], str]) -> HttpResponse:
    """Answer with the part; `v` is the version the live feed told the page, `scope` all that decides what it shows.

    Only a version this process has itself reached is worth keeping the part for, and nothing of a drill's world.
    """
    version = None if in_drill() else hub.version
    if version is None or request.GET.get("v") != version:
        return HttpResponse(render())
    return HttpResponse(fragments.once((scope, get_language(), version), render))
