"""Callers who leave before they are answered: what they asked for ends with them.

Only where nothing is changed: a deletion that has begun goes on to its end, whoever waits for it.
"""

import asyncio

from footfall.collect.asgi import App
from footfall.collect.http import Message, Receive, Scope, Send

_READING = ("GET", "HEAD")
_QUESTIONS = "/api/v2/query"  # a POST that changes nothing either


def ending_with_callers(app: App) -> App:
    """Let each request of ``app`` that only reads end when its caller leaves."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not (scope["method"] in _READING or scope["path"] == _QUESTIONS):
            await app(scope, receive, send)
            return
        await _Exchange(receive, send).carry_out(app, scope)

    return answer


class _Exchange:
    """One request and its answer."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        # One message at a time, so that a body is read no faster than it is wanted.
        self._messages: asyncio.Queue[Message] = asyncio.Queue(1)
        self._is_answered = False

    async def carry_out(self, app: App, scope: Scope) -> None:
        """Let ``app`` answer."""
        answering = asyncio.ensure_future(app(scope, self._messages.get, self._pass_on))
        watching = asyncio.create_task(self._watch(answering))
        try:
            await answering
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
        finally:
            watching.cancel()

    async def _pass_on(self, message: Message) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            self._is_answered = True  # the server, too, calls that a disconnection
        await self._send(message)

    async def _watch(self, answering: asyncio.Future[None]) -> None:
        while (message := await self._receive())["type"] != "http.disconnect":
            await self._messages.put(message)
        if not self._is_answered:
            answering.cancel()
        await self._messages.put(message)
