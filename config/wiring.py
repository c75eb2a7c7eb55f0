"""The only upward path: what apps above do when something below them changes."""


def wire() -> None:
    """Fill the step lists once, at start."""
