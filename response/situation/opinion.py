"""What is said in public: texts on their way to release, rumours and questions without an answer (6.3.5)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.models import Incident
from response.models import MeasureRecord

# Where a record says what it is about.
TITLES: Final = {"release_draft": "title", "rumour": "item", "concern": "question"}
FOLLOW_UPS: Final = ("release_review", "release", "rumour_verification", "clarification", "concern_answer")


class Spoken(models.TextChoices):
    """How it stands with a text, a rumour or a question."""

    DRAFTED = "drafted", _("拟稿")
    RETURNED = "returned", _("退回修改")
    APPROVED = "approved", _("已审核，待发布")
    RELEASED = "released", _("已发布")
    UNVERIFIED = "unverified", _("待核实")
    VERIFIED = "verified", _("已核实，待澄清")
    FOUND_TRUE = "found_true", _("核实属实")
    CLARIFIED = "clarified", _("已澄清")
    ASKED = "asked", _("待回应")
    ANSWERED = "answered", _("已回应")


DONE: Final = frozenset({Spoken.RELEASED, Spoken.FOUND_TRUE, Spoken.CLARIFIED, Spoken.ANSWERED})


@dataclass(frozen=True, slots=True)
class OpinionNow:
    """One text, rumour or question, and how it stands."""

    record: MeasureRecord
    title: str
    standing: Spoken

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.standing in DONE


def opinion_now(incident_ids: Collection[int]) -> list[OpinionNow]:
    """Return what is said about these incidents and what was merged into them: what is open first, oldest first; one query."""
    family = Incident.objects.filter(Q(pk__in=incident_ids) | Q(merged_into__in=incident_ids)).values("pk")
    rows = MeasureRecord.objects.filter(
        incident__in=family, kind__in=(*TITLES, *FOLLOW_UPS), retracts__isnull=True, retracted_by__isnull=True
    )
    records = list(rows.select_related("incident", "organisation").order_by("done_at", "pk"))
    after: dict[int, list[MeasureRecord]] = defaultdict(list)
    for record in records:
        if record.about_id is not None:
            after[record.about_id].append(record)
    found = [
        OpinionNow(record, str(record.details.get(TITLES[record.kind], "")), _standing(record, after))
        for record in records
        if record.kind in TITLES
    ]
    return sorted(found, key=lambda each: (each.is_done, each.record.done_at, each.record.pk))


def _standing(record: MeasureRecord, after: Mapping[int, Iterable[MeasureRecord]]) -> Spoken:
    followed = {each.kind: each for each in after[record.pk]}
    if record.kind == "concern":
        return Spoken.ANSWERED if "concern_answer" in followed else Spoken.ASKED
    if record.kind == "rumour":
        if "clarification" in followed:
            return Spoken.CLARIFIED
        verified = followed.get("rumour_verification")
        if verified is None:
            return Spoken.UNVERIFIED
        return Spoken.FOUND_TRUE if verified.details.get("verdict") == "true" else Spoken.VERIFIED
    if "release" in followed:
        return Spoken.RELEASED
    review = followed.get("release_review")
    if review is None:
        return Spoken.DRAFTED
    return Spoken.APPROVED if review.details.get("verdict") == "approved" else Spoken.RETURNED
