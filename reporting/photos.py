"""Photos from the public: read as nothing but a picture, written anew, kept as envelopes outside the web root."""

import hashlib
import io
import os
import struct
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from audit.envelopes import opened, sealed
from plan.refusal import PlanRefusal
from reporting.models import PublicPhoto

# Not WebP: its reader unpacks a picture before it says how large it is.
KINDS = ("JPEG", "PNG")
MOST_AT_ONCE, MOST_OF_A_REPORT = 4, 12
LARGEST_BYTES = 10 * 1024 * 1024
# Above what phones take; one such picture needs some 200 MB while it is read.
MOST_PIXELS = 50_000_000
# Enough to read a label by.
LONGEST_SIDE, JPEG_QUALITY = 2560, 85
# A filing is over long before; what is older was looked at before.
SETTLED_S, LONG_SETTLED_S, MOST_ORPHANS = 3600, 7 * 86_400, 500
# What readers of damaged or forged files are known to end in.
BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture as we wrote it: a JPEG with nothing in it but the picture."""

    jpeg: bytes
    width: int
    height: int


def read_photo(file: IO[bytes]) -> Photo:
    """Return the picture in an upload, without its metadata and whatever hangs on behind; a refusal (422) if there is none."""
    raw = file.read(LARGEST_BYTES + 1)
    if len(raw) > LARGEST_BYTES:
        raise _unfit(_("照片超过10MB。"), "photo_too_large")
    try:
        picture = Image.open(io.BytesIO(raw), formats=KINDS)
        if picture.width * picture.height > MOST_PIXELS:
            raise _unfit(_("照片的尺寸过大。"), "photo_too_many_pixels")
        return _written_anew(picture)
    except Image.DecompressionBombError as bomb:
        raise _unfit(_("照片的尺寸过大。"), "photo_too_many_pixels") from bomb
    except BROKEN as broken:
        raise _unfit(_("文件不是照片，或已损坏；可上传JPEG和PNG照片。"), "not_a_photo") from broken


def _written_anew(picture: Image.Image) -> Photo:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    solid = upright.convert("RGBA")
    clean = Image.new("RGB", solid.size, "white")
    clean.paste(solid, mask=solid)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=JPEG_QUALITY)
    return Photo(jpeg=out.getvalue(), width=clean.width, height=clean.height)


def _unfit(message: str, code: str) -> PlanRefusal:
    return PlanRefusal(
        message, clause="5.1(4)", code=code, next_step=_("其他内容已保留，请换一张照片或不附照片。")
    )


def put_away(photo: Photo) -> PublicPhoto:
    """Write a photo's envelope into the folder and return its row, not yet saved."""
    digest, name = hashlib.sha256(photo.jpeg).hexdigest(), uuid.uuid4().hex
    folder = Path(settings.PHOTO_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed(photo.jpeg, bound_to=f"photo:{name}:{digest}"))
    return PublicPhoto(
        name=name, sha256=digest, bytes=len(photo.jpeg), width=photo.width, height=photo.height
    )


def take_out(photo: PublicPhoto) -> bytes:
    """Return a photo in clear; raises FileNotFoundError, or what `opened` raises."""
    return opened(path_of(photo).read_bytes(), bound_to=f"photo:{photo.name}:{photo.sha256}")


def unsound() -> tuple[int, list[tuple[str, str]]]:
    """Return how many photos there should be, and of those that are not as they were sent the name and what is wrong."""
    broken, checked = [], 0
    for photo in PublicPhoto.objects.order_by("pk").iterator():
        checked += 1
        try:
            is_same = hashlib.sha256(take_out(photo)).hexdigest() == photo.sha256
        except OSError:
            broken.append((photo.name, "the file is not there"))
        except LookupError:
            broken.append((photo.name, "it was sealed under another INTAKE_KEY"))
        except InvalidTag:
            broken.append((photo.name, "the file was changed"))
        else:
            broken += [] if is_same else [(photo.name, "it is another picture")]
    return checked, broken


def path_of(photo: PublicPhoto) -> Path:
    """Return where a photo's envelope lies."""
    return Path(settings.PHOTO_FOLDER) / photo.name


def drop_orphans(*, at: datetime) -> int:
    """Delete what a broken-off filing left behind, and return how many: files of the last days that no row names."""
    folder = Path(settings.PHOTO_FOLDER)
    if not folder.exists():
        return 0
    age = {entry: at.timestamp() - entry.stat().st_mtime for entry in folder.iterdir()}
    due = [entry for entry, seconds in age.items() if SETTLED_S <= seconds < LONG_SETTLED_S][:MOST_ORPHANS]
    known = set(
        PublicPhoto.objects.filter(name__in=[each.name for each in due]).values_list("name", flat=True)
    )
    orphans = [each for each in due if each.name not in known]
    for each in orphans:
        each.unlink()
    return len(orphans)
