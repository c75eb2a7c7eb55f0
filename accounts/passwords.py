"""The rule for passwords, and passwords to hand to people."""

import secrets

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

CLASSES_NEEDED = 3
GROUPS, GROUP_LENGTH = 4, 4
# No letter or digit that looks like another one, and nothing that needs a phone's second keyboard page but digits.
LETTERS = "abcdefghjkmnpqrstuvwxyz"
DIGITS = "23456789"


class CharacterClassesValidator:
    """At least three of: lower case, upper case, digits, other characters."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when too few kinds of characters are used."""
        kinds = (
            any(character.islower() for character in password),
            any(character.isupper() for character in password),
            any(character.isdigit() for character in password),
            any(not character.isalnum() for character in password),
        )
        if sum(kinds) < CLASSES_NEEDED:
            raise ValidationError(self.get_help_text(), code="password_too_few_classes")

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("密码须包含小写字母、大写字母、数字、其他字符中的至少三类。")


def readable_password() -> str:
    """Return a random password of four typable groups, about 75 bits, that meets the rules."""
    while True:
        groups = [
            "".join(secrets.choice(LETTERS + DIGITS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS)
        ]
        password = "-".join(groups)
        if any(c in DIGITS for c in password) and any(c in LETTERS for c in password):
            return password
