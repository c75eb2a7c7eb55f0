"""Photos: nothing but the picture is kept; what is no picture, too large or a bomb is refused (个人信息保护)."""

import contextlib
import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pytest_django import Settings

from audit.clock import database_now
from plan.refusal import PlanRefusal
from reporting.photos import (
    LARGEST_BYTES,
    LONGEST_SIDE,
    SETTLED_S,
    drop_orphans,
    path_of,
    put_away,
    read_photo,
    take_out,
)
from tests.support.public import picture, public

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112
SECRET = b"Alice's phone"


def located(size: tuple[int, int] = (640, 480)) -> bytes:
    """A photo as a phone takes it: where, with what, and lying on its side."""
    exif = Image.Exif()
    exif[MAKE] = SECRET.decode()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({1: "N", 2: (29.0, 52.0, 0.0), 3: "E", 4: (121.0, 33.0, 0.0)})
    return picture(size, exif=exif, comment=SECRET)


def test_where_it_was_taken_and_with_what_is_gone_and_it_stands_upright() -> None:
    raw = located()
    assert SECRET in raw
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(GPS)
    photo = read_photo(io.BytesIO(raw))
    kept = Image.open(io.BytesIO(photo.jpeg))
    assert (kept.format, kept.size, photo.width) == ("JPEG", (480, 640), 480)
    assert not dict(kept.getexif())
    assert SECRET not in photo.jpeg
    assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_each_kind_is_written_anew_without_what_hangs_on_behind(kind: str) -> None:
    behind = io.BytesIO()
    with zipfile.ZipFile(behind, "w") as archive:
        archive.writestr("evil.html", "<script>alert(1)</script>")
    photo = read_photo(io.BytesIO(picture(kind=kind) + behind.getvalue()))
    assert not zipfile.is_zipfile(io.BytesIO(photo.jpeg))
    assert b"script" not in photo.jpeg


def test_a_large_picture_becomes_as_large_as_a_label_needs() -> None:
    photo = read_photo(io.BytesIO(picture((6000, 4000))))
    assert (photo.width, photo.height) == (LONGEST_SIDE, 1707)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.7 \xff\xd8\xff\xe0",
        b"GIF89a<script>alert(1)</script>",
        picture(kind="GIF"),
        picture(kind="BMP"),
        picture(kind="WEBP"),
        picture()[:400],
        picture(kind="PNG")[:200],
    ],
    ids=["empty", "svg", "pdf", "polyglot", "gif", "bmp", "webp", "cut-jpeg", "cut-png"],
)
def test_what_is_no_whole_photo_is_refused(raw: bytes) -> None:
    with pytest.raises(PlanRefusal) as refused:
        read_photo(io.BytesIO(raw))
    assert refused.value.code == "not_a_photo"


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is as large as this."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("width", "height"), [(10_000, 5_001), (60_000, 60_000), (2_000_000_000, 1)])
def test_a_bomb_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    with pytest.raises(PlanRefusal) as refused:
        read_photo(io.BytesIO(bomb(width, height)))
    assert refused.value.code == "photo_too_many_pixels"


def test_too_many_bytes_are_not_even_read() -> None:
    file = io.BytesIO(picture() + bytes(LARGEST_BYTES))
    with pytest.raises(PlanRefusal) as refused:
        read_photo(file)
    assert refused.value.code == "photo_too_large"
    assert file.tell() == LARGEST_BYTES + 1


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["JPEG", "PNG"]), st.data())
def test_whatever_is_damaged_is_read_or_refused_and_never_a_fault(kind: str, data: st.DataObject) -> None:
    raw = bytearray(located((64, 48)) if kind == "JPEG" else picture((64, 48), kind=kind))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(PlanRefusal):
        assert read_photo(io.BytesIO(bytes(raw))).jpeg[:2] == b"\xff\xd8"


def test_a_kept_photo_is_an_envelope_that_opens_in_its_place_alone(
    settings: Settings, tmp_path: Path
) -> None:
    settings.PHOTO_FOLDER = str(tmp_path / "photos")
    photo = read_photo(io.BytesIO(picture()))
    first, second = put_away(photo), put_away(photo)
    assert take_out(first) == photo.jpeg
    kept = tmp_path / "photos" / first.name
    assert photo.jpeg[:100] not in kept.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.write_bytes((tmp_path / "photos" / second.name).read_bytes())
    with pytest.raises(InvalidTag):
        take_out(first)


@pytest.mark.django_db
def test_files_of_a_broken_off_filing_are_dropped_and_no_others(settings: Settings, tmp_path: Path) -> None:
    settings.PHOTO_FOLDER = str(tmp_path / "photos")
    now = database_now()
    photo = read_photo(io.BytesIO(picture()))
    kept = public(photos=[photo], at=now).photos.get()
    orphan, fresh = put_away(photo), put_away(photo)
    for each in (kept, orphan):
        os.utime(path_of(each), (now.timestamp() - SETTLED_S,) * 2)
    assert drop_orphans(at=now) == 1
    assert [path_of(each).exists() for each in (kept, orphan, fresh)] == [True, False, True]
    assert drop_orphans(at=now) == 0
