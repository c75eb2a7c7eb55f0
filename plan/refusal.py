"""The one way in which the software says no: with a reason, the clause it rests on, and what to do instead."""


class PlanRefusal(Exception):
    """A refused act; `status` is 403 for the person, 409 for a race or the state, 422 for the plan or the data."""

    def __init__(
        self, message_zh: str, *, clause: str, code: str, status: int = 422, next_step: str = ""
    ) -> None:
        super().__init__(message_zh)
        self.message_zh = message_zh
        self.clause = clause
        self.code = code
        self.status = status
        self.next_step = next_step
