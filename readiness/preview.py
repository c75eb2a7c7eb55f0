"""What would become of each row of a workbook, before anything is stored (3.2); and the file on its way to the confirmation."""

import base64
import binascii
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidTag
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Jurisdiction
from audit.envelopes import opened, sealed
from audit.record import canonical_json
from plan.refusal import PlanRefusal
from readiness.reading import changed, read_onto
from readiness.register import Register
from readiness.selectors.entries import by_key
from readiness.sheets import Sheet, SheetRow

DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class RowFate:
    """What would become of one row, what it is called, and why it can't be taken."""

    number: int
    title: str
    fate: str
    problems: Sequence[str] = ()

    @property
    def is_wrong(self) -> bool:
        """Whether it keeps the whole file out."""
        return bool(self.problems)


@dataclass(frozen=True, slots=True)
class Preview:
    """Every row's fate; the file may be taken only while no row is wrong and there is one at all."""

    sheet: Sheet
    fates: Sequence[RowFate]

    @property
    def is_right(self) -> bool:
        """Whether the file may be taken."""
        return bool(self.sheet.entries) and not any(each.is_wrong for each in self.fates)

    @property
    def tally(self) -> list[tuple[str, int]]:
        """How many rows have which fate."""
        return sorted(Counter(each.fate for each in self.fates).items())

    @property
    def shown(self) -> list[RowFate]:
        """The rows, first those that are wrong."""
        return sorted(self.fates, key=lambda each: not each.is_wrong)

    @property
    def digest(self) -> bytes:
        """The hash of what was shown."""
        return hashlib.sha256(
            canonical_json([[each.number, each.fate] for each in self.fates]).encode()
        ).digest()


def preview_of(register: Register, area: Jurisdiction, sheet: Sheet, *, today: date) -> Preview:
    """Return what the rows would do to an area's register; nothing is stored."""
    known, seen = by_key(register, area), dict[tuple[object, ...], int]()
    fates = []
    for row in sheet.rows:
        if row.skipped:
            fates.append(RowFate(row.number, "", row.skipped))
            continue
        found, key, earlier = read_onto(register, row.said, known, today=today)
        problems = found.listed
        if not problems and key in seen:
            problems.append(_("与第%d行是同一项。") % seen[key])
        seen.setdefault(key, row.number)
        if problems:
            fate = _("须更正")
        elif earlier is None:
            fate = _("新增")
        else:
            fate = _("更新") if changed(earlier, found.values) else _("无变化")
        fates.append(RowFate(row.number, _title(register, row), fate, problems))
    return Preview(sheet, fates)


def packed(preview: Preview, raw: bytes, place: str) -> str:
    """Return a file and the hash of its preview as the page carries them to the confirmation: nobody can read or change them."""
    return base64.urlsafe_b64encode(sealed(preview.digest + raw, bound_to=place)).decode()


def unpacked(carried: str, place: str, clause: str) -> tuple[bytes, bytes]:
    """Return the hash of a preview and its file; a refusal if they are not what this person was shown."""
    try:
        both = opened(base64.urlsafe_b64decode(carried), bound_to=place)
    except (binascii.Error, InvalidTag, LookupError, ValueError) as wrong:
        raise lost(clause) from wrong
    return both[:DIGEST_BYTES], both[DIGEST_BYTES:]


def place_of(register: Register, area: Jurisdiction, by: Actor) -> str:
    """Return where a carried file belongs: this register, this area, this person in this office."""
    return f"register:{register.slug}:{area.code}:{by.office}:{by.ref}"


def lost(clause: str) -> PlanRefusal:
    """Return the refusal for a confirmation of something else than what was shown."""
    return PlanRefusal(
        _("预览已失效，或登记册在预览之后有变动，没有导入。"),
        clause=clause,
        code="preview_lost",
        next_step=_("请重新上传文件。"),
    )


def _title(register: Register, row: SheetRow) -> str:
    """Return what a row is called, as it was typed; a person's name stays in the file."""
    names = [name for name in register.key if not register.field(name).is_personal]
    return " ".join(str(row.said[name].value or "") for name in names if name in row.said)
