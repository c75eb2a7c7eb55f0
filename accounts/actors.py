"""Who acts: a person in an office, a hospital's key, a screen on a wall, the clock, or nobody known; every action takes one as `by`."""

import enum
from dataclasses import dataclass

from accounts.models import HospitalKey, OfficeHolding, Organisation, WallToken


class ActorKind(enum.StrEnum):
    """The kinds of actor, as the evidence log writes them."""

    USER = "user"
    KEY = "key"
    WALL = "wall"
    CLOCK = "clock"
    ANONYMOUS = "anonymous"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor and, for people and keys, the organisation it acts for."""

    kind: ActorKind
    ident: int | None = None
    organisation: Organisation | None = None
    label: str = ""
    is_manager: bool = False
    is_stand_in: bool = False
    is_test: bool = False

    @property
    def ref(self) -> str:
        """How the evidence log names the actor, e.g. `user:12`, `key:3`, `clock`."""
        return self.kind.value if self.ident is None else f"{self.kind.value}:{self.ident}"

    @property
    def office(self) -> str:
        """The code of the organisation acted for, or nothing."""
        return self.organisation.code if self.organisation else ""

    @classmethod
    def in_office(cls, holding: OfficeHolding) -> "Actor":
        """A person acting in one of their offices; `holding.user` and `holding.organisation` are read."""
        label = f"{holding.user} ({holding.organisation})"
        return cls(
            ActorKind.USER,
            holding.user_id,
            holding.organisation,
            label,
            holding.is_manager,
            holding.stands_in_for_id is not None,
        )

    @classmethod
    def with_key(cls, key: HospitalKey) -> "Actor":
        """A hospital's system using its API key."""
        return cls(ActorKind.KEY, key.pk, key.organisation, key.organisation.name, is_test=key.is_test)

    @classmethod
    def on_screen(cls, token: WallToken) -> "Actor":
        """A screen that shows what its office may see; no request ever acts as one."""
        return cls(ActorKind.WALL, token.pk, token.organisation, token.label)


CLOCK = Actor(ActorKind.CLOCK, label="时钟")
ANONYMOUS = Actor(ActorKind.ANONYMOUS, label="未登录者")
SYSTEM = Actor(ActorKind.SYSTEM, label="系统")
