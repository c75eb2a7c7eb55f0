"""What waits for an office in the apps above; `config.wiring` fills the list once, at start."""

from collections.abc import Callable, Iterator
from datetime import datetime

from accounts.actors import Actor
from response.desk.todo import ToDo

# Each asks as many queries with much to do as with nothing.
WAITING_ABOVE: list[Callable[[Actor, datetime], Iterator[ToDo]]] = []
