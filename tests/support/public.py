"""Public reports for tests, filed through the action; and the pictures that are sent with them."""

import io
import uuid
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.actors import ANONYMOUS
from reporting.actions.public import file_public_report
from reporting.models import PublicReport
from reporting.photos import read_photo
from reporting.public_choices import ReporterKind
from reporting.public_words import PublicStated, Said
from tests.support.reports import NOON, YINZHOU, county
from tests.support.signalling import signalled_for_doors


def public(
    *,
    at: datetime = NOON,
    area: str = YINZHOU,
    kind: ReporterKind = ReporterKind.INDIVIDUAL,
    source: str = "",
    token: uuid.UUID | None = None,
    photos: Any = (),
    is_tip_off: bool = False,
    reporter: str = "",
    **said: Any,
) -> PublicReport:
    """A report by the public door: a place and three ill unless said otherwise."""
    given = {"place_text": "甬江饭店", "illness_count": 3, **said}
    stated = PublicStated(
        kind=kind, area=county(area), is_tip_off=is_tip_off, reporter=reporter, said=Said(**given)
    )
    return file_public_report(
        stated=stated,
        form_token=token or uuid.uuid4(),
        source=source,
        photos=photos,
        by=ANONYMOUS,
        at=at,
    )


def picture(size: tuple[int, int] = (640, 480), kind: str = "JPEG", **more: Any) -> bytes:
    """A picture as a camera or a program writes it."""
    out = io.BytesIO()
    Image.new("RGB", size, "tomato").save(out, kind, **more)
    return out.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def shown_for_doors(*, at: datetime) -> dict[str, int]:
    """A report with a photo in the doors' county, and a signal there: the ids, by the doors that lead to them."""
    report = public(at=at, photos=[read_photo(io.BytesIO(picture()))])
    acts = ("report", "start", "take_up", "close", "pass_on", "contact")
    doors = {f"reporting:triage_{act}": report.pk for act in acts}
    return doors | {"reporting:triage_photo": report.photos.get().pk} | signalled_for_doors(at=at)
