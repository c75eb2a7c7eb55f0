"""What a channel may run into. The texts name no address and no secret: they are kept and shown."""


class Undelivered(Exception):
    """It did not go out and may be tried again."""


class Unanswered(Undelivered):
    """It went out and nobody said whether it arrived: trying again may repeat it."""


class Undeliverable(Undelivered):
    """It will never go out like this: trying again is of no use."""
