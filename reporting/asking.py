"""Asking a check instead of obeying it: the same check that guards the action greys its button with the reason."""

from collections.abc import Callable

from plan.refusal import PlanRefusal


def refusal_of(check: Callable[[], object]) -> PlanRefusal | None:
    """Return the refusal a check raises, None when it lets pass."""
    try:
        check()
    except PlanRefusal as refusal:
        return refusal
    return None
