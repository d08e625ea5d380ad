"""Sending many events through the keyed batch API, for the commands that bring some."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from footfall.cli.connection import Connection
from footfall.errors import TooManyRequests
from footfall.importers.batches import BatchAnswer, BatchEvent

# Waiting now and then until a batch is stored keeps what waits in the spool small, and costs next to nothing.
_BATCHES_BETWEEN_WAITS = 20


class BatchSender:
    """Sends batches of one site. The salts of past days live as long as ``import_id`` is in use."""

    def __init__(self, connection: Connection, domain: str, import_id: str) -> None:
        self._connection = connection
        self._domain = domain
        self._headers = {"content-type": "application/json", "x-footfall-import": import_id}
        self._sent = 0

    def __call__(self, events: list[BatchEvent], *, is_last: bool) -> BatchAnswer:
        """Send one batch; the last can be queried when this returns."""
        self._sent += 1
        waits = is_last or self._sent % _BATCHES_BETWEEN_WAITS == 0
        body = msgspec.json.encode({"site": self._domain, "events": events})
        answer = self._post("/api/v1/events?wait=true" if waits else "/api/v1/events", body)
        return msgspec.convert(answer, BatchAnswer)

    def _post(self, path: str, body: bytes) -> Any:
        """Send as fast as the site's rate allows."""
        while True:
            try:
                return self._connection.call("POST", path, content=body, headers=self._headers)
            except TooManyRequests as error:
                time.sleep(error.retry_after_seconds)


@contextmanager
def sending(connection: Connection, domain: str) -> Iterator[BatchSender]:
    """Give a sender for ``domain``; at the end the salts it used are destroyed."""
    import_id = secrets.token_hex(16)
    try:
        yield BatchSender(connection, domain, import_id)
    finally:
        connection.call("DELETE", f"/internal/imports/{import_id}")
