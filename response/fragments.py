"""A rendered part of a page, made once per change and scope however many watch it."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Final

LONGEST_AGE_S: Final = 5.0
ROOM: Final = 256


@dataclass(frozen=True, slots=True)
class _Made:
    text: Future[str] = field(default_factory=Future)
    at: float = field(default_factory=time.monotonic)


class Fragments:
    """This process's rendered parts: few, young, and each under the scope it was rendered for."""

    def __init__(self, *, longest_age_s: float = LONGEST_AGE_S) -> None:
        self._longest_age_s = longest_age_s
        self._lock = threading.Lock()
        self._made: OrderedDict[Hashable, _Made] = OrderedDict()

    def once(self, key: Hashable, render: Callable[[], str]) -> str:
        """Return the part under this key; of many that ask at once one renders and the others wait for it."""
        with self._lock:
            made = self._made.get(key)
            is_ours = made is None or time.monotonic() - made.at > self._longest_age_s
            if made is None or is_ours:
                made = self._made[key] = _Made()
                self._made.move_to_end(key)
                while len(self._made) > ROOM:
                    self._made.popitem(last=False)
        if is_ours:
            self._fill(key, made, render)
        return made.text.result()

    def _fill(self, key: Hashable, made: _Made, render: Callable[[], str]) -> None:
        try:
            made.text.set_result(render())
        except BaseException as error:
            made.text.set_exception(error)
            with self._lock:
                if self._made.get(key) is made:
                    del self._made[key]
            raise
