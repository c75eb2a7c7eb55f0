"""What a hospital stated of a person, under the names the forms print; what the form has no name for, as it was sent."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

LABELS: Final = {
    "name": _("姓名"),
    "id_number": _("证件号"),
    "phone": _("电话"),
    "birth_on": _("出生日期"),
    "address": _("现住址"),
    "guardian": _("监护人"),
    "workplace": _("工作单位"),
    "inpatient_number": _("住院号"),
    "medical_history": _("其他既往病史"),
}


def stated_person(stated: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """Return labels and values, those with a name of ours first."""
    known = [name for name in LABELS if name in stated]
    rest = [name for name in stated if name not in LABELS]
    return [(str(LABELS.get(name, name)), str(stated[name])) for name in (*known, *rest)]
