"""Does a record or an entry say what its kind asks for? (3.1, 6.3)"""

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _

from accounts.models import Organisation
from plan.offices import OfficeKind
from plan.records import RecordKind
from plan.records.kinds import Answer, Asked
from plan.refusal import PlanRefusal

LONGEST_TEXT = 500
MOST = 10_000_000


class Asking(Protocol):
    """A kind of record or of entry: what it asks for, and on which clause."""

    @property
    def asks(self) -> tuple[Asked, ...]: ...

    @property
    def clause(self) -> str: ...


def check_says_enough(spec: RecordKind, details: Mapping[str, Any], *, note: str, official: str) -> None:
    """Raise a refusal (422) unless everything asked for is answered, and nothing else."""
    check_answers(spec, details)
    if spec.note_zh and not note.strip():
        raise _refusal(spec, _("请填写%s。") % spec.note_zh)
    if spec.names_official and not official.strip():
        raise _refusal(spec, _("请写明作出决定或出具意见的人员及职务。"))


def check_answers(spec: Asking, details: Mapping[str, Any]) -> None:
    """Raise a refusal (422) unless what a kind asks for is answered, and nothing else."""
    known = {asked.name: asked for asked in spec.asks}
    unknown = sorted(details.keys() - known)
    if unknown:
        raise _refusal(spec, _("“%s”不是这类记录的内容。") % "、".join(unknown))
    for asked in spec.asks:
        _check_answer(spec, asked, details.get(asked.name))


def _check_answer(spec: Asking, asked: Asked, value: Any) -> None:
    if value is None or (isinstance(value, str) and not value.strip()):
        if asked.is_required:
            raise _refusal(spec, _("请填写%s。") % asked.label_zh)
        return
    if not _FITS[asked.answer](asked, value):
        raise _refusal(spec, _("%s填写有误。") % asked.label_zh)


def _is_hospital(_asked: Asked, value: Any) -> bool:
    return Organisation.objects.filter(code=str(value), kind=OfficeKind.HOSPITAL).exists()


_FITS = {
    Answer.TEXT: lambda _asked, value: isinstance(value, str) and len(value) <= LONGEST_TEXT,
    Answer.NUMBER: lambda _asked, value: type(value) is int and 0 <= value <= MOST,
    Answer.CHOICE: lambda asked, value: value in dict(asked.choices),
    Answer.TICK: lambda _asked, value: isinstance(value, bool),
    Answer.HOSPITAL: _is_hospital,
}


def _refusal(spec: Asking, message: str) -> PlanRefusal:
    return PlanRefusal(message, clause=spec.clause, code="record_incomplete")
