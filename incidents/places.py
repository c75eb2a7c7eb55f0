"""The register of places, and how a name in a report is found in it."""

import re
import unicodedata

from accounts.models import Jurisdiction
from incidents.models import Place

_IGNORED = re.compile(r"[\s·・,，.。()（）\-—_'\"“”]+")


def normalise(name: str) -> str:
    """Return a name as it is compared: one width, no spaces or punctuation, lower case."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name)).lower()[:120]


def find_place(county: Jurisdiction, *, name: str = "", registry_code: str = "") -> Place | None:
    """Return the registered place of this code, else of exactly this name in the county; None when there is none."""
    places = Place.objects.filter(county=county.county)
    if registry_code:
        by_code = places.filter(registry_code=registry_code.strip().upper()).first()
        if by_code is not None:
            return by_code
    normalised = normalise(name)
    return places.filter(normalised_name=normalised).first() if normalised else None
