"""The English catalogue: which strings belong in it, and its compiled file."""

import ast
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

from plan.clauses import headings

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
APPS = (*(path.parent.name for path in ROOT.glob("*/migrations")), "config")
NAMING = (
    "plan/**/*.py",
    "accounts/data/[jo]*.py",
    "incidents/codes.py",
    "response/way.py",
    "response/brief/brief.py",
    "reporting/api/*.py",
)
KEYWORDS = {"gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2)}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What the plan recognises in a text is a regular expression and nothing to read.
PATTERN = re.compile(r"[|\\]")

Message = str | tuple[str, ...]


def strings() -> set[Message]:
    """Every string of the product, as the code and the templates give it, and every term of the plan."""
    spoken = [
        *ROOT.glob("templates/**/*.html"),
        *(path for app in APPS for path in ROOT.glob(f"{app}/**/*.py")),
    ]
    terms = {term for pattern in NAMING for path in ROOT.glob(pattern) for term in named(path)}
    return terms | headings() | {message for path in spoken for message in within(path)}


def within(path: Path) -> Iterator[Message]:
    """The strings of one file, a template read as Django itself reads it."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # A program of calls alone: without its indentation it can be read as one.
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    for call in extract_python(io.BytesIO(source.encode()), KEYWORDS, (), {}):
        message: Any = call[2]
        if message:
            yield message if isinstance(message, str) else message[:2]


def named(path: Path) -> Iterator[str]:
    """What data name in Chinese: the plan knows no Django, so its terms and sentences stand there unmarked."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    built = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    passed = {id(part) for node in built for part in ast.walk(node) if part is not node}
    passed |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = "" if id(node) in passed else in_full(node)
        if CHINESE.search(text) and not PATTERN.search(text):
            yield text


def in_full(node: ast.AST) -> str:
    """A text as written, one with gaps as a sentence with `%s`."""
    if isinstance(node, ast.JoinedStr):
        return "".join(in_full(part) or "%s" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


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
    fresh = Catalog(locale="en", project="ningbo", version="1", fuzzy=False, **same, **about)
    for message in sorted(wanted, key=str):
        written = known.get(message if isinstance(message, str) else message[0])
        fresh.add(message, written.string if written else "")
    with PO.open("wb") as file:
        write_po(file, fresh, width=0, omit_header=False)
    PO.with_suffix(".mo").write_bytes(compiled())
    return [str(each.id) for each in catalogue() if each.id and not each.string]
