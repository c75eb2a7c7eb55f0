"""What a bulletin says, as JSON: signed by its hash, issued word for word (4.2)."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from accounts.models import JurisdictionKind, Organisation
from audit.record import canonical_json
from monitoring.models import Bulletin, BulletinKind
from monitoring.values import WarningText

BEIJING: Final = ZoneInfo("Asia/Shanghai")
CITY: Final = "330200"
# GB/T 4657 gives each agency three figures; those of the issuers are not known here, and none is made up.
AGENCY_UNKNOWN: Final = "000"
SUBUNIT: Final = "00000"
MOST_A_SECOND: Final = 10
Content = dict[str, Any]


def content_of(
    text: WarningText, kind: str, issuers: Iterable[Organisation], before: Iterable[Bulletin]
) -> Content:
    """Return what is to be signed; whoever was warned hears of an update and of the end too (4.2.2)."""
    earlier = [each.content for each in before]
    departments = [*(code for each in earlier for code in each["departments"])]
    departments += [each.code for each in text.departments]
    codes = [each.code for each in issuers]
    return {
        "kind": kind,
        "headline": text.headline,
        "harm": text.harm,
        "trend": text.trend,
        "advice": text.advice,
        "headline_en": text.headline_en,
        "text_en": text.text_en,
        "stream": text.stream.value,
        "stage": text.stage.value if text.stage else "",
        "food": text.food,
        "areas": [each.code for each in text.areas],
        "departments": [code for code in dict.fromkeys(departments) if code not in codes],
        "is_public": text.is_public or any(each["is_public"] for each in earlier),
        "issuers": codes,
        "house_level": text.house_level,
        "urgency": text.urgency,
        "severity": text.severity,
        "certainty": text.certainty,
        "ground": text.ground.value if text.ground and kind == BulletinKind.LIFT else "",
        "judgement": text.judgement if kind == BulletinKind.LIFT else "",
    }


def content_hash(number: str, content: Mapping[str, Any]) -> str:
    """Return the hash that is signed and printed."""
    return hashlib.sha256(canonical_json({"warning": number, **content}).encode()).hexdigest()


def identifier_of(lead: Organisation, at: datetime) -> str:
    """Return a message number of 31 characters: area, agency, subunit, local time, and one figure within the second.

    Raises RuntimeError if ten of one area went out within one second.
    """
    kind = lead.jurisdiction.kind
    area = CITY if kind == JurisdictionKind.CITY else lead.jurisdiction.county.code
    stem = f"{area}{AGENCY_UNKNOWN}{SUBUNIT}_{at.astimezone(BEIJING):%Y%m%d%H%M%S}_"
    used = Bulletin.objects.filter(identifier__startswith=stem).count()
    if used >= MOST_A_SECOND:
        raise RuntimeError("ten warnings of one area within a second")
    return f"{stem}{used}"
