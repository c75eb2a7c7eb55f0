"""Where the web server listens."""

import socket
from collections.abc import Iterator

import pytest

from ops.house import choose_address
from ops.ports import first_free, private_port
from ops.supervisor import Died


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", private_port())) as server:
        yield server.getsockname()[1]


def test_next_free_port_when_the_first_is_taken(taken: int) -> None:
    found = first_free(taken, host="127.0.0.1", tries=50)
    assert found is not None
    assert found > taken


def test_port_that_was_asked_for_and_is_taken_is_refused(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(taken))
    with pytest.raises(Died, match=f"Port {taken} is taken"):
        choose_address()


def test_port_that_was_asked_for_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    port = private_port()
    monkeypatch.setenv("PORT", str(port))
    assert choose_address().url == f"http://127.0.0.1:{port}/"


@pytest.mark.parametrize("port", ["", "web", "70000"])
def test_port_that_is_none_is_refused_in_a_sentence(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Died, match="PORT"):
        choose_address()
