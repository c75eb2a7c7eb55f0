"""The English catalogue of the public pages: which strings belong in it, and its compiled file.

The rest of the product speaks Chinese; a page half in each language would be read aloud in the wrong voice.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
# What the public pages are made of, and what may be said on them.
TEMPLATES = (
    "templates/base.html",
    "templates/error.html",
    "templates/refused.html",
    "templates/_back.html",
    "templates/_refusal.html",
    "templates/_components/clause.html",
    "templates/_components/error_summary.html",
    "templates/reporting/public/*.html",
)
MODULES = (
    "accounts/forms/fields.py",
    "config/errors.py",
    "incidents/templatetags/plan.py",
    "reporting/forms/public.py",
    "reporting/photos.py",
    "reporting/public_choices.py",
    "reporting/public_policies.py",
    "reporting/views/public.py",
)
# Of a module whose other strings the public never meets.
ALSO = {"%(month)d月%(day)d日 %(time)s"}
# Public pages put something else in the place of the offices' menu.
OFFICES_MENU = re.compile(r"{% block bar %}.*{% endblock bar %}", re.DOTALL)
KEYWORDS = {"gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}

Message = str | tuple[str, ...]


def strings() -> set[Message]:
    """Every string of the public pages, as the code and the templates give it."""
    paths = [path for pattern in (*TEMPLATES, *MODULES) for path in found(pattern)]
    return ALSO | {message for path in paths for message in within(path)}


def found(pattern: str) -> list[Path]:
    """The files of a pattern, which must lead somewhere."""
    paths = sorted(ROOT.glob(pattern))
    assert paths, pattern
    return paths


def within(path: Path) -> Iterator[Message]:
    """The strings of one file, a template read as Django itself reads it."""
    text = path.read_text(encoding="utf-8")
    source = text
    if path.suffix == ".html":
        # A program of calls alone: without its indentation it can be read as one.
        source = "\n".join(line.strip() for line in templatize(OFFICES_MENU.sub("", text)).splitlines())
    for call in extract_python(io.BytesIO(source.encode()), KEYWORDS, (), {}):
        message: Any = call[2]
        if message:
            yield message


def catalogue() -> Catalog:
    """The catalogue as it is written."""
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def compiled() -> bytes:
    """The catalogue as the product reads it."""
    out = io.BytesIO()
    write_mo(out, catalogue())
    return out.getvalue()


def renew() -> list[str]:
    """Add what is missing, drop what is stale, compile; the strings that still lack their English."""
    known, wanted = catalogue(), strings()
    same = {name: getattr(known, name) for name in ("header_comment", "creation_date", "revision_date")}
    about = dict.fromkeys(("msgid_bugs_address", "last_translator", "language_team"), "none")
    fresh = Catalog(locale="en", project="public pages", version="1", fuzzy=False, **same, **about)
    for message in sorted(wanted, key=str):
        written = known.get(message if isinstance(message, str) else message[0])
        fresh.add(message, written.string if written else "")
    with PO.open("wb") as file:
        write_po(file, fresh, width=0, omit_header=False)
    PO.with_suffix(".mo").write_bytes(compiled())
    return [str(each.id) for each in catalogue() if each.id and not each.string]
