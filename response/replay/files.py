"""What a storyline expects of accountability files: each as `delayed 330212-gov open organ:accepted evidence:3`."""

from incidents.models import Incident
from incidents.selectors import family_ids
from response.models import (
    AccountabilityAnswer,
    AccountabilityClosing,
    AccountabilityDecision,
    AccountabilityEntry,
)
from response.selectors.accountability_files import exhibits_of, referrals_of


def files_in_words(incident: Incident) -> set[str]:
    """Return the files of an incident: ground, accused, whether it answered, referrals, whether evidence is unchanged."""
    rows = AccountabilityEntry.objects.filter(
        incident__in=family_ids(incident), decision=AccountabilityDecision.OPENED
    )
    return {_in_words(each) for each in rows.select_related("accused", "incident__merged_into")}


def _in_words(entry: AccountabilityEntry) -> str:
    exhibits = exhibits_of(entry)
    parts = [
        entry.ground,
        entry.accused.code,
        "closed" if AccountabilityClosing.objects.filter(entry=entry).exists() else "open",
        f"evidence:{len(exhibits)}{'' if all(each.is_unchanged for each in exhibits) else ' changed'}",
        *("answered" for _each in AccountabilityAnswer.objects.filter(entry=entry)),
        *(f"{each.referral.kind}:{each.standing or 'drawn'}" for each in referrals_of(entry)),
    ]
    return " ".join(parts)
