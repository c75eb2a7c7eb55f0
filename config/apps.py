"""Wires the apps together once every model is loaded."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The project itself, as the last app: it may reach into every other."""

    name = "config"

    def ready(self) -> None:
        """Fill the lists of steps that lower apps declare (architecture: the only upward path)."""
        from config.wiring import wire

        wire()
