"""A column for words that name a person or say where one is reached: sealed in the database, clear in the program."""

from typing import TYPE_CHECKING, Any

from django.db import models

from audit.envelopes import opened, sealed

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class SealedTextField(_Text):
    """Text kept in an envelope that is bound to its column; nothing is kept of nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "default": "", **kwargs})

    def get_internal_type(self) -> str:
        """Say that the database holds bytes."""
        return "BinaryField"

    def from_db_value(self, value: Any, *_where: Any) -> str | None:
        """Open what the database holds."""
        if value is None:
            return None
        return opened(bytes(value), bound_to=self._place()).decode() if value else ""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Seal what goes into the database."""
        if value is None:
            return None
        envelope = sealed(str(value).encode(), bound_to=self._place()) if value else b""
        return connection.Database.Binary(envelope)

    def _place(self) -> str:
        return f"{self.model._meta.label_lower}.{self.attname}"
