"""Bodies that hold no office here and yet report or notify: each is put on record once, by its place or name."""

import hashlib

from accounts.models import Jurisdiction, Organisation
from incidents.models import Place
from incidents.places import normalise
from plan.offices import OfficeKind
from reporting.policies import check_reporter_is_named

# The column holds no more.
LONGEST_NAME = 80


def body_named(kind: OfficeKind, reporter: Place | str, area: Jurisdiction, *, clause: str) -> Organisation:
    """Return the body of this place or name in an area; refused (422) without a name (5.1(1), (2), (4), (6))."""
    name = reporter.name if isinstance(reporter, Place) else reporter.strip()
    check_reporter_is_named(name, clause=clause)
    if isinstance(reporter, Place):
        code = f"{kind}-place-{reporter.pk}"
    else:
        digest = hashlib.sha256(normalise(name).encode()).hexdigest()[:16]
        code = f"{kind}-{area.code}-{digest}"
    return _kept(code, name, kind, area)


def body_unnamed(kind: OfficeKind, county: Jurisdiction) -> Organisation:
    """Return what stands for anybody of a kind in a county: who gave a tip-off is on record nowhere (5.1(4), A25)."""
    return _kept(f"{kind}-{county.code}", kind.label_zh, kind, county)


def _kept(code: str, name: str, kind: OfficeKind, area: Jurisdiction) -> Organisation:
    found, _is_new = Organisation.objects.get_or_create(
        code=code, defaults={"name": name[:LONGEST_NAME], "kind": kind, "jurisdiction": area}
    )
    return found
