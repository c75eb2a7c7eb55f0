"""A warning and what is being written of it, as its actions and pages look it up (4.2)."""

from accounts.models import Organisation
from monitoring.models import Bulletin, FoodWarning, WarningDraft
from monitoring.policies import check_is_issued, check_was_sent


def lock_warning(warning: FoodWarning) -> FoodWarning:
    """Return the warning, its row locked first of all that an action locks."""
    rows = FoodWarning.objects.select_for_update(of=("self",))
    return rows.select_related("organisation__jurisdiction__host").get(pk=warning.pk)


def open_draft(warning: FoodWarning) -> WarningDraft | None:
    """Return what is being written, if anything is."""
    return warning.drafts.filter(is_open=True).first()


def issuers_of(warning: FoodWarning) -> list[Organisation]:
    """Return who issues a warning: who issued it first, or as its draft says; who began it first."""
    first = warning.drafts.order_by("-is_open", "pk").first()
    issued = warning.bulletins.order_by("serial").first()
    said = issued.content["issuers"] if issued else first.issuers if first else []
    rows = Organisation.objects.select_related("jurisdiction__host").filter(code__in=said)
    return sorted(rows, key=lambda each: said.index(each.code))


def signed_offices(draft: WarningDraft) -> set[str]:
    """Return the codes of the issuers that signed a draft as it stands."""
    standing = draft.signatures.filter(sha256=draft.sha256)
    return set(standing.values_list("organisation__code", flat=True))


def addressee(
    warning: FoodWarning, office: Organisation | None, *, of_issuers: bool
) -> tuple[Organisation, Bulletin]:
    """Return the office and the latest bulletin; a refusal unless it was issued (409) and sent to the office, or comes from it (403)."""
    check_is_issued(warning)
    bulletins = list(warning.bulletins.order_by("serial"))
    audience = {code for each in bulletins for code in each.content["departments"]}
    if of_issuers:
        audience |= set(bulletins[0].content["issuers"])
    return check_was_sent(office, audience), bulletins[-1]
