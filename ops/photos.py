"""The public's photos beside a backup: the sealed files of their folder in one archive, put back as they were.

What is in them only the product can say: `manage.py verify_photos` opens each and compares it with the hash in the database.
"""

import io
import os
import re
import tarfile
from pathlib import Path
from typing import Final

from ops.database import VAR, Refused

# As the product names them; anything else in the folder or in an archive is none of ours.
NAME: Final = re.compile(r"[0-9a-f]{32}")


def folder() -> Path:
    """Where the product keeps them."""
    return Path(os.environ.get("PHOTO_FOLDER") or VAR / "photos")


def archive(file: Path) -> Path:
    """Where the photos lie that were backed up with a file."""
    return file.with_name(file.name + ".photos.tar")


def pack(path: Path) -> int:
    """Write every photo into a new archive, whole or not at all; how many. Without any there is no archive.

    After the database: a photo lies in the folder before its row is committed, so that none is missing.
    """
    kept = sorted(folder().iterdir()) if folder().is_dir() else []
    photos = [each for each in kept if NAME.fullmatch(each.name)]
    if not photos:
        return 0
    fresh = path.with_name(path.name + ".part")
    fresh.unlink(missing_ok=True)
    try:
        with (
            os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
            tarfile.open(fileobj=out, mode="w") as packed,
        ):
            for each in photos:
                _add(packed, each.name, each.read_bytes())
        fresh.rename(path)
    finally:
        fresh.unlink(missing_ok=True)
    return len(photos)


def unpack(path: Path) -> int:
    """Put the photos of an archive into the folder, those that lie there already left alone; how many were put there."""
    target = folder()
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    put = 0
    try:
        with tarfile.open(path) as packed:
            for member in packed:
                content = packed.extractfile(member) if NAME.fullmatch(member.name) else None
                if content is not None and not (target / member.name).exists():
                    _write(target / member.name, content.read())
                    put += 1
    except (tarfile.TarError, EOFError) as torn:
        raise Refused(f"{path.name} 已损坏。The archive of photos is damaged: {torn}") from torn
    return put


def _add(packed: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    packed.addfile(member, io.BytesIO(content))


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
