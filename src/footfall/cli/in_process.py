"""An ASGI application in this process, behind the interface of an HTTP client; answers stream."""

import asyncio
import queue
import threading
from collections.abc import Iterator
from typing import Any

import httpx2 as httpx

_BLOCKS_AHEAD = 8


class InProcessTransport(httpx.BaseTransport):
    """Runs the application on an event loop in a thread of its own."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="application", daemon=True)
        self._thread.start()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Start the application on one request; returns as soon as its answer begins."""
        answer = _Answer(request.read())
        asyncio.run_coroutine_threadsafe(answer.run(self._app, _scope(request)), self._loop)
        start = answer.next()
        if isinstance(start, BaseException):
            raise start
        return httpx.Response(start["status"], headers=start["headers"], stream=_Body(answer))

    def close(self) -> None:
        """Stop the loop."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class _Answer:
    """Messages of the application, handed from its loop to the calling thread."""

    def __init__(self, body: bytes) -> None:
        self._body: bytes | None = body
        self._messages: queue.Queue[Any] = queue.Queue(_BLOCKS_AHEAD)

    async def run(self, app: Any, scope: dict[str, Any]) -> None:
        try:
            await app(scope, self._receive, self._send)
        except Exception as error:
            await self._send(error)

    def next(self) -> Any:
        return self._messages.get()

    async def _receive(self) -> dict[str, Any]:
        if self._body is None:
            # The caller never hangs up before the end.
            await asyncio.Event().wait()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}

    async def _send(self, message: Any) -> None:
        await asyncio.to_thread(self._messages.put, message)


class _Body(httpx.SyncByteStream):
    """The blocks of an answer's body."""

    def __init__(self, answer: _Answer) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        while True:
            message = self._answer.next()
            if isinstance(message, BaseException):
                raise message
            yield message.get("body", b"")
            if not message.get("more_body"):
                return


def _scope(request: httpx.Request) -> dict[str, Any]:
    path, _, query = request.url.raw_path.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.url.path,
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": ("127.0.0.1", 0),
        "server": ("footfall", 80),
    }
