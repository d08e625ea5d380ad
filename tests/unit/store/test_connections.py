"""Requests are sent once, and what waits for an answer can be woken."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from urllib3.exceptions import HTTPError

from footfall.store.connections import Connections


@contextmanager
def served(answer: bytes | None, heard: list[bytes]) -> Iterator[str]:
    """Note what each connection says first, then send ``answer`` and close; None: say nothing for ever."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        kept = []

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                heard.append(connection.recv(65_536))
                kept.append(connection)
                if answer is not None:
                    connection.sendall(answer)
                    connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in kept:
            connection.close()


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 200 OK\r\nX-ClickHouse-Progress: {}\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1"],
)
def test_it_sends_an_insert_once_and_hides_what_the_client_would_repeat_it_for(answer: bytes) -> None:
    heard: list[bytes] = []
    with served(answer, heard) as url, pytest.raises(HTTPError) as raised:
        Connections().request("POST", url, body=b"INSERT", retries=0)

    assert len(heard) == 1
    assert raised.value.__cause__ is None
    assert not isinstance(raised.value.__context__, OSError)


def test_it_wakes_what_waits_and_refuses_what_comes_later() -> None:
    heard: list[bytes] = []
    connections = Connections()
    with served(None, heard) as url:
        failed = threading.Event()

        def wait() -> None:
            with pytest.raises(HTTPError):
                connections.request("POST", url, body=b"SELECT", retries=0, timeout=30)
            failed.set()

        waiting = threading.Thread(target=wait)
        waiting.start()
        while not heard:
            pass
        connections.break_off()
        assert failed.wait(10)
        waiting.join()

        with pytest.raises(HTTPError, match="closed"):
            connections.request("POST", url, body=b"SELECT")
