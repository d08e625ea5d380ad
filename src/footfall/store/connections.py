"""Connections to a ClickHouse server that send nothing twice and can be broken off.

The client would send an insert again by itself when its connection is reset. The insert may have been done then, and
whether it was is for the applier to find out.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from weakref import WeakSet

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, PoolManager
from urllib3.exceptions import HTTPError


class Connections(PoolManager):
    """Shared by all clients of one engine."""

    def __init__(self) -> None:
        super().__init__(maxsize=8)
        self._opened: WeakSet[Any] = WeakSet()
        self._is_broken_off = False

    def request(self, *args: Any, **options: Any) -> BaseHTTPResponse:
        """Send a request once. Raises HTTPError without its cause: by that the client tells what it may repeat."""
        if self._is_broken_off:
            raise HTTPError("the connections to the store are closed")
        try:
            response = super().request(*args, **options)
        except HTTPError as error:
            raise HTTPError(type(error).__name__) from None
        if all(name.lower() == "x-clickhouse-progress" for name in response.headers):
            raise HTTPError("the answer was cut off")  # the client would repeat this one, too
        return response

    def break_off(self) -> None:
        """Wake every thread that waits for an answer; later requests fail at once."""
        self._is_broken_off = True
        for connection in list(self._opened):
            with suppress(OSError, AttributeError):  # one that has no socket any more
                connection.sock.shutdown(socket.SHUT_RDWR)

    def _new_pool(
        self, scheme: str, host: str, port: int, request_context: dict[str, Any] | None = None
    ) -> HTTPConnectionPool:
        pool = super()._new_pool(scheme, host, port, request_context)
        pool.ConnectionCls = self._remembering(pool.ConnectionCls)  # type: ignore[assignment]
        return pool

    def _remembering(self, make: Callable[..., Any]) -> Callable[..., Any]:
        def connect(*args: Any, **options: Any) -> Any:
            connection = make(*args, **options)
            self._opened.add(connection)
            return connection

        return connect
