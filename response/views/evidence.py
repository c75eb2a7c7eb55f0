"""The daily roots of the evidence log: for the offices that keep them where nobody who runs the database can change them."""

from datetime import date
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.exported import as_json
from audit.models import DailyRoot
from reporting.views.requests import PageRequest
from response.evidence import last_verified, newest_roots

SHOWN: Final = 31


@require_safe
@login_required
def evidence(request: PageRequest) -> HttpResponse:
    """Show the newest roots as one sheet to print (预案 5.1)."""
    check_actor_may(request.actor, Right.KEEP_ROOTS)
    return render(
        request, "response/evidence/list.html", {"roots": newest_roots(SHOWN), "verified": last_verified()}
    )


@require_safe
@login_required
def evidence_root(request: PageRequest, day: str) -> HttpResponse:
    """Hand out one day's root as the file that `verify_audit --root` reads."""
    check_actor_may(request.actor, Right.KEEP_ROOTS)
    root = DailyRoot.objects.filter(on=_day(day)).first()
    if root is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="root-{root.on}.json"'}
    return HttpResponse(as_json(root), content_type="application/json", headers=headers)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
