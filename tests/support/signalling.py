"""Single cases for tests, sent by hospitals' systems, and the signals that come of them."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from accounts.actors import CLOCK
from incidents.line_lists import NewCase
from reporting.actions.proposing import sweep_signals
from reporting.actions.single_cases import report_single_cases
from reporting.api.decoding import fingerprint
from reporting.models import Signal, SingleCase
from reporting.single_cases import CaseFate, NewSingleCase
from tests.support.cases import citizen
from tests.support.hospital import Hospital, ago
from tests.support.people import actor
from tests.support.reports import NOON

URL = "/api/v1/cases/"
HOSPITAL = "hosp-yinzhou-people"


def single(number: int, *, place: str = "慈湖酒楼", **more: Any) -> dict[str, Any]:
    """One single case as a hospital sends it; each number is a person of a household of their own."""
    personal = {"name": f"病人{number}", "id_number": citizen(number), "phone": f"139{number:08d}"}
    exposure = {"place_eaten": place, "place_kind": "中型餐馆", "eaten_at": ago(600)}
    return {
        "local_id": f"S-{number}",
        "sex": "female",
        "age": 30,
        "onset_at": ago(300),
        "visit_at": ago(60),
        "symptoms": ["腹泻"],
        "exposures": [exposure],
        "personal": personal,
        **more,
    }


def send_cases(hospital: Hospital, cases: Sequence[Any], **more: Any) -> Any:
    """POST single cases under the hospital's key."""
    headers = {"Authorization": f"Bearer {hospital.clear}"}
    body = json.dumps({"cases": list(cases), **more}).encode()
    return Client().post(URL, body, content_type="application/json", headers=headers)


def seen(
    number: int,
    *,
    at: datetime = NOON,
    place: str = "",
    food: str = "",
    maker: str = "",
    home: str = "",
    eaten_at: datetime | None = None,
    symptoms: Sequence[str] = ("腹泻",),
    **more: Any,
) -> NewSingleCase:
    """A single case as the action takes it, of a household of its own unless one is named."""
    exposure: dict[str, Any] = {"place_eaten": place, "food": food, "place_made": maker}
    if eaten_at:
        exposure["eaten_at"] = eaten_at.isoformat()
    kept = {
        name: more.pop(name) for name in ("revision", "is_withdrawn", "reason", "is_drill") if name in more
    }
    details = {"symptoms": list(symptoms), "exposures": [{k: v for k, v in exposure.items() if v}]}
    case = NewCase(
        local_id=f"S-{number}",
        person=f"person-{number}",
        visit_at=at,
        onset_at=at - timedelta(hours=4),
        details=details,
        **more,
    )
    mark = f"home-{home or number}"
    return NewSingleCase(
        case=case, home=(mark,), fingerprint=fingerprint([str(kept), str(more), details]), **kept
    )


def take(*cases: NewSingleCase, hospital: str = HOSPITAL, at: datetime = NOON) -> list[CaseFate]:
    """A hospital reports these cases at this moment."""
    return report_single_cases(cases=cases, by=actor(hospital), at=at)


def sweep(at: datetime = NOON) -> int:
    """The clock looks again."""
    return sweep_signals(by=CLOCK, at=at)


def only_signal() -> Signal:
    """The one signal there is."""
    return Signal.objects.get()


def signalled_for_doors(*, at: datetime) -> dict[str, int]:
    """A signal of the doors' county, by the addresses of what may be done about it."""
    take(*(seen(number, at=at, place="梁祝小馆") for number in (1, 2)), at=at)
    pk = Signal.objects.latest("pk").pk
    acts = ("signal", "take_up_signal", "dismiss_signal", "take_back_signal")
    doors = {f"response:{act}": pk for act in acts}
    return doors | {"response:withdraw_case": SingleCase.objects.latest("pk").pk}
